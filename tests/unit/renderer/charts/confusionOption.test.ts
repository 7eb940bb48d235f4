import { describe, expect, test } from 'vitest';
import { confusionOption, confusionTable } from '#renderer/charts/confusionOption.ts';
import type { ConfusionPicture } from '#renderer/charts/confusionOption.ts';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';
import type { Mode } from '#renderer/theme/palette.ts';

const picture: ConfusionPicture = {
  classes: ['Brasil', 'Ethiopia', 'Viet<nam'],
  columns: ['Brasil', 'Ethiopia', 'Viet<nam', 'none of them'],
  counts: [
    [18, 2, 0, 0],
    [1, 19, 0, 0],
    [0, 0, 19, 1],
  ],
};
const SIZE = { width: 640, height: 420 };
interface Cell {
  readonly value: readonly number[];
  readonly label: { readonly color: string };
  readonly itemStyle: { readonly borderColor: string; readonly borderWidth: number };
}
interface Drawn {
  readonly series: readonly [{ readonly data: readonly Cell[]; readonly label: { formatter(p: unknown): string } }];
  readonly tooltip: { formatter(params: unknown): string };
  readonly visualMap: { readonly inRange: { readonly color: readonly string[] } };
}
const drawn = (mode: Mode = 'light', size = SIZE) =>
  confusionOption(picture, size, chartTokens(mode)) as unknown as Drawn;

/** WCAG relative luminance of `rgb(…)` or `#rrggbb`. */
function luminance(colour: string): number {
  const parts = colour.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/[\d.]+/g) ?? []).map(Number);
  const [r = 0, g = 0, b = 0] = parts.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('a confusion matrix', () => {
  test('has a cell for each pair of classes with its share of the row', () => {
    const [{ data }] = drawn().series;
    expect(data).toHaveLength(12);
    expect(data.find(({ value }) => value[0] === 1 && value[1] === 0)?.value).toEqual([1, 0, 0.1, 2]);
    for (let row = 0; row < 3; row++)
      expect(data.filter(({ value }) => value[1] === row).reduce((sum, { value }) => sum + value[2], 0)).toBeCloseTo(1);
  });

  test('says counts and shares in text where there is room, counts alone where there is little', () => {
    const [{ label, data }] = drawn().series;
    const first = { value: [0, 0, 0.9, 18] };
    expect(data.map(({ value }) => value)).toContainEqual(first.value);
    expect(label.formatter(first)).toBe('18\n90%');
    const [small] = drawn('light', { width: 320, height: 190 }).series;
    expect(small.label.formatter(first)).toBe('18');
  });

  test('is shaded in steps of lightness, so that it reads without colour vision, in both themes', () => {
    for (const mode of ['light', 'dark'] as const) {
      const steps = drawn(mode).visualMap.inRange.color.map(luminance);
      const falls = steps.every((value, k) => k === 0 || value < (steps[k - 1] ?? 0));
      const rises = steps.every((value, k) => k === 0 || value > (steps[k - 1] ?? 1));
      expect(falls || rises).toBe(true);
    }
  });

  test('frames what is recognised, over everything else', () => {
    const [{ data }] = drawn().series;
    for (const { value, itemStyle } of data) expect(itemStyle.borderWidth > 1).toBe(value[0] === value[1]);
    expect(data.slice(-3).every(({ value }) => value[0] === value[1])).toBe(true);
  });

  test('tells a cell in a sentence, with names from files as text', () => {
    const text = drawn().tooltip.formatter({ value: [3, 2, 0.05, 1] });
    expect(text).toContain('measured Viet&lt;nam');
    expect(text).toContain('predicted none of them');
    expect(text).toContain('1 sample');
  });

  test('exports counts and the share recognised', () => {
    const table = confusionTable(picture);
    expect(table.columns.slice(1, 3)).toEqual(['predicted Brasil', 'predicted Ethiopia']);
    expect(table.rows[0]).toEqual(['Brasil', 18, 2, 0, 0, 20, 0.9]);
  });

  test('becomes SVG with its numbers as text', () => {
    const chart = openSvgChart(640, 420, chartTokens('light'));
    chart.setOption(confusionOption(picture, SIZE, chartTokens('light')));
    expect(chart.renderToSVGString()).toMatch(/>18</);
    chart.dispose();
  });
});
