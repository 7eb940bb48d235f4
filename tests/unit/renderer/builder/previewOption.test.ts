import { expect, test } from 'vitest';
import type { PipelinePreview } from '#core/contract/pipelines.ts';
import { hoverSeries, nearestRow, previewOption, previewTable } from '#renderer/builder/previewOption.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const tokens = chartTokens('light');
const preview: PipelinePreview = {
  rows: Int32Array.of(0, 5),
  ids: ['a', 'b'],
  before: { axis: Float64Array.of(850, 900, 950), unit: 'nm', values: Float64Array.of(1, 2, 3, 4, 5, 6) },
  after: { axis: Float64Array.of(900, 950), unit: 'nm', values: Float64Array.of(-1, 0, 1, 2) },
  computedOn: 215,
  samples: 215,
  milliseconds: 3,
};
const option = (mode: 'before' | 'both' | 'after', zoom: [number, number] | null = null) =>
  previewOption({ preview, mode, colour: Float64Array.of(10, NaN), zoom, tokens }) as unknown as {
    grid: unknown[];
    xAxis: { min: number; max: number; name: string }[];
    yAxis: { min: number; max: number }[];
    dataZoom: { xAxisIndex: number[]; startValue?: number }[];
    series: { id: string; data: { coords: number[][]; lineStyle: { color: string } }[] }[];
  };

test('draws both sides on one x range, which a cut does not change, and zooms them together', () => {
  const both = option('both');
  expect(both.grid).toHaveLength(2);
  expect(both.xAxis.map(({ min, max }) => [min, max])).toEqual([
    [850, 950],
    [850, 950],
  ]);
  expect(both.dataZoom[0]?.xAxisIndex).toEqual([0, 1]);
  expect(both.xAxis[1]?.name).toBe('Wavelength (nm)');
});

test('keeps the zoom', () => {
  expect(option('both', [860, 880]).dataZoom[0]).toMatchObject({ startValue: 860, endValue: 880 });
  expect(option('both').dataZoom[0]).not.toHaveProperty('startValue');
});

test('shows every value of each side', () => {
  const { yAxis, series } = option('both');
  expect(yAxis[1]?.min).toBeLessThan(-1);
  expect(yAxis[1]?.max).toBeGreaterThan(2);
  const after = series.find(({ id }) => id === 'spectra-1');
  expect(after?.data.map(({ coords }) => coords)).toEqual([
    [
      [900, -1],
      [950, 0],
    ],
    [
      [900, 1],
      [950, 2],
    ],
  ]);
});

test('one series for all spectra of a side, whatever their number', () => {
  expect(option('both').series.map(({ id }) => id)).toEqual(['spectra-0', 'hover-0', 'spectra-1', 'hover-1']);
  expect(option('after').series).toHaveLength(2);
});

test('samples without a target value are grey', () => {
  const [known, unknown] = option('before').series[0]?.data ?? [];
  expect(unknown?.lineStyle.color).toBe(tokens.muted);
  expect(known?.lineStyle.color).not.toBe(tokens.muted);
});

test('finds the spectrum under the pointer and marks it on both sides', () => {
  expect(nearestRow(preview.before, 905, 4.2)).toBe(1);
  expect(nearestRow(preview.after, 860, 0)).toBeNull();
  expect(hoverSeries(preview, 'both', 1, tokens).map(({ data }) => data)).toEqual([
    [
      {
        coords: [
          [850, 4],
          [900, 5],
          [950, 6],
        ],
      },
    ],
    [
      {
        coords: [
          [900, 1],
          [950, 2],
        ],
      },
    ],
  ]);
});

test('the table has the drawn numbers', () => {
  const { columns, rows } = previewTable(preview, 'both');
  expect(columns).toEqual(['Spectra', 'Wavelength (nm)', 'a', 'b']);
  expect(rows).toHaveLength(5);
  expect(rows[3]).toEqual(['After', 900, -1, 1]);
});
