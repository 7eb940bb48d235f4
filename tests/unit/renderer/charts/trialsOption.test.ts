import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { bestSoFar, trialsOption, trialsTable } from '#renderer/charts/trialsOption.ts';
import type { TrialPoint, TrialsPicture } from '#renderer/charts/trialsOption.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const c = chartTokens('light');
const trial = (number: number, value: number | null, state: TrialPoint['state'] = 'completed'): TrialPoint => ({
  trial: number,
  value,
  state,
  params: { n_components: number + 3 },
});
const picture: TrialsPicture = {
  trials: [trial(0, 2.5), trial(1, 3), trial(2, null, 'pruned'), trial(3, 2.1), trial(4, null, 'failed')],
  higherIsBetter: false,
  of: 8,
  yName: 'RMSE / %',
};
interface Drawn {
  readonly series: readonly { readonly name: string; readonly symbol: string; readonly data: number[][] }[];
  readonly xAxis: { readonly max: number };
  readonly tooltip: { formatter(params: unknown): string };
}
const drawn = (change: Partial<TrialsPicture> = {}) =>
  trialsOption({ ...picture, ...change }, 600, c) as unknown as Drawn;

describe('the plot of finetuning trials', () => {
  test('gives stopped and failed trials marks of their own, below every value', () => {
    const { series } = drawn();
    expect(series.map(({ name }) => name)).toEqual(['Trial', 'Best so far', 'Stopped early', 'Failed']);
    const marks = series.filter((_, k) => k !== 1).map(({ symbol }) => symbol);
    expect(new Set(marks).size).toBe(3);
    expect(series[2].data[0][0]).toBe(3);
    expect(series[2].data[0][1]).toBeLessThan(2.1);
    expect(series[3].data[0]).toEqual([5, series[2].data[0][1]]);
  });

  test('leaves room for the trials to come', () => {
    expect(drawn().xAxis.max).toBe(8);
    expect(drawn({ of: 0 }).xAxis.max).toBe(5);
  });

  test('the best so far never gets worse, and is always one of the values', () => {
    const values = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }));
    fc.assert(
      fc.property(values, fc.boolean(), (all, higher) => {
        const trials = all.map((value, k) => trial(k, value, value === null ? 'failed' : 'completed'));
        const best = bestSoFar(trials, higher);
        best.forEach((value, k) => {
          const seen = all.slice(0, k + 1).flatMap((one) => one ?? []);
          expect(value).toBe(seen.length === 0 ? null : higher ? Math.max(...seen) : Math.min(...seen));
        });
      }),
    );
  });

  test('a study whose trials all failed can be drawn', () => {
    const chart = openSvgChart(600, 240, c);
    chart.setOption(trialsOption({ ...picture, trials: [trial(0, null, 'failed')] }, 600, c));
    expect(chart.renderToSVGString()).toContain('Failed');
    chart.dispose();
  });

  test('exports a column for each parameter', () => {
    const { columns, rows } = trialsTable(picture);
    expect(columns).toEqual(['Trial', 'n_components', 'RMSE / %', 'Best so far', 'State']);
    expect(rows[2]).toEqual([3, 5, null, 2.5, 'stopped early']);
    expect(drawn().tooltip.formatter({ value: [4, 2.1] })).toBe('Trial 4<br>n_components 6<br>2.10');
  });
});
