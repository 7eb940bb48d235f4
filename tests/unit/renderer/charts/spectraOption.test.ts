import { expect, test } from 'vitest';
import { arraySource } from '#renderer/charts/arraySource.ts';
import { axisRange, spectraOption, spectrumPoints } from '#renderer/charts/spectraOption.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';
import { syntheticSpectra } from '#tests/support/datasets.ts';

const { axis, values } = syntheticSpectra(300, 100);
const ids = Array.from({ length: 300 }, (_, k) => `s${k}`);
const source = arraySource({ key: 's', axis, unit: 'nm', signal: 'absorbance', ids, values });
const base = {
  axis,
  view: { left: 850, right: 1050, bottom: 2, top: 5 },
  lines: null,
  bands: null,
  selected: null,
  scale: null,
  bar: null,
  grid: true,
  xName: 'Wavelength / nm',
  yName: 'Absorbance',
  caption: 'lines: 300',
};
const seriesOf = (option: { series?: unknown }): { type: string; id?: string; data: unknown[] }[] =>
  option.series as { type: string; id?: string; data: unknown[] }[];

test('draws all spectra in one series: a series each takes seconds', async () => {
  const lines = await source.lines(null, 300, null);
  const series = seriesOf(spectraOption({ ...base, lines }, chartTokens('light')));
  expect(series.filter(({ type }) => type === 'lines')).toHaveLength(1);
  expect(series.find(({ id }) => id === 'lines')?.data).toHaveLength(300);
});

test('has at most 12 line series and 20,000 points in each', async () => {
  const bands = await source.bands();
  const series = seriesOf(spectraOption({ ...base, bands }, chartTokens('dark')));
  const lines = series.filter(({ type }) => type === 'line');
  expect(lines.length).toBeLessThanOrEqual(12);
  for (const { data } of lines) expect(data.length).toBeLessThanOrEqual(20_000);
});

test('says units and how much is drawn', () => {
  const option = spectraOption(base, chartTokens('light')) as { xAxis: { name: string }; title: { text: string } };
  expect(option.xAxis.name).toContain('nm');
  expect(option.title.text).toBe('lines: 300');
});

test('a view from high to low is a reversed axis', () => {
  expect(axisRange(4000, 400)).toEqual({ min: 400, max: 4000, inverse: true });
  expect(axisRange(400, 4000)).toEqual({ min: 400, max: 4000, inverse: false });
});

test('missing values interrupt nothing: they are left out', () => {
  expect(spectrumPoints(Float64Array.of(1, 2, 3), Float64Array.of(5, Number.NaN, 7), 0)).toEqual([[1, 5], [3, 7]]); // prettier-ignore
});
