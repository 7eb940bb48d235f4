import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { fromRows, takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { randomState } from '#core/base/randomState.ts';
import { plsOfResponses } from '#core/transforms/select/plsOfResponses.ts';
import { classificationScores, regressionScores } from '#core/transforms/select/univariateScores.ts';
import { importanceOf } from '#core/transforms/select/importanceOf.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { withReferenceData } from '#tests/support/withReferenceData.ts';
import { fitContext, transformCalled } from '#tests/support/operators.ts';
import { referenceData } from '#tests/support/referenceData.ts';
import { largestRelativeError } from '#tests/support/tolerance.ts';

const known = golden('features.json') as {
  select: {
    f_regression: number[];
    f_classif_10_25: number[];
    k7_regression: number[];
    k7_classif: number[];
    ties_k3: number[];
    'variance_0.25': number[];
  };
  vip: Record<'True' | 'False', number[]>;
  interval_forward: [number, number][];
};
const { x, target } = tecator();
const fat = target('fat');
const codes = fat.map((value) => (value < 10 ? 0 : value < 25 ? 1 : 2));

/** Numbers of the channels that stay. */
function selected(id: string, params: Record<string, unknown>, on: Matrix = x, y: Float64Array = fat, classCount = 0) {
  const { operator, params: parsed } = transformCalled(id, params);
  const context = fitContext(on, { y, classCount, seed: 11 });
  const state = operator.fit(on, parsed, context);
  const numbered = fromRows([Array.from({ length: on.cols }, (_, j) => j)]);
  return { channels: [...operator.apply(numbered, state, parsed).data], notices: context.notices };
}

describe('agrees with scikit-learn on Tecator', () => {
  test('F statistics', () => {
    expect(largestRelativeError(regressionScores(x, fat), known.select.f_regression)).toBeLessThan(1e-9);
    expect(largestRelativeError(classificationScores(x, codes), known.select.f_classif_10_25)).toBeLessThan(1e-9);
  });
  test('SelectKBest', () => {
    expect(selected('SelectKBest', { k: 7 }).channels).toEqual(known.select.k7_regression);
    expect(selected('SelectKBest', { k: 7 }, x, codes, 3).channels).toEqual(known.select.k7_classif);
    // The class path of the score function, and classes that are not declared as such.
    const score_func = 'sklearn.feature_selection.f_classif';
    expect(selected('SelectKBest', { k: 7, score_func }, x, codes).channels).toEqual(known.select.k7_classif);
  });
  test('SelectKBest with equal scores', () => {
    const repeated = zeros(x.rows, 8);
    for (let i = 0; i < x.rows; i++)
      for (let j = 0; j < 8; j++) repeated.data[i * 8 + j] = x.data[i * x.cols + (j % 2)] ?? 0;
    expect(selected('SelectKBest', { k: 3 }, repeated).channels).toEqual(known.select.ties_k3);
  });
  test('VarianceThreshold', () => {
    expect(selected('VarianceThreshold', { threshold: 0.25 }).channels).toEqual(known.select['variance_0.25']);
  });
  test('forward interval selection, by PLSRegression in a loop', () => {
    const { channels } = selected('IntervalPLSSelection', { n_intervals: 10, n_components: 5 });
    const expected = known.interval_forward.map(([interval]) => interval).sort((a, b) => a - b);
    expect([...new Set(channels.map((j) => Math.floor(j / 10)))]).toEqual(expected);
    expect(channels).toHaveLength(10 * expected.length);
  });
});

describe('constant channels', () => {
  const flat = fromRows([1, 2, 3, 4, 5, 6].map((i) => [7, i, 7, i * i]));
  const y = Float64Array.of(1, 2, 3, 4, 5, 6);
  test('are dropped by VarianceThreshold, and score last', () => {
    expect(selected('VarianceThreshold', {}, flat, y).channels).toEqual([1, 3]);
    expect(selected('SelectKBest', { k: 2 }, flat, y).channels).toEqual([1, 3]);
    expect(regressionScores(flat, y)[0]).toBe(0);
    expect(regressionScores(flat, y)[1]).toBeGreaterThan(1e30);
  });
  test('all constant is an error', () => {
    expect(() => selected('VarianceThreshold', {}, fromRows([[1], [1]]))).toThrow('keeps no channel');
  });
});

describe('VIP', () => {
  test('agrees with weights, scores and loadings of scikit-learn', () => {
    for (const scale of [true, false]) {
      const { components } = plsOfResponses(x, [fat], 6, scale, neverCancelled);
      const expected = known.vip[scale ? 'True' : 'False'];
      expect(largestRelativeError(importanceOf(components, x.cols), expected)).toBeLessThan(1e-8);
      const kept = [...expected.keys()].filter((j) => (expected[j] ?? 0) >= 1);
      expect(selected('VIP', { n_components: 6, scale }).channels).toEqual(kept);
    }
  });

  withReferenceData('agrees with MATLAB on the People data, which weighs by SIMPLS weights', () =>
    test('values', () => {
      const auxiliary = (name: string): string =>
        readFileSync(referenceData('golden', 'external', 'mdatools-auxfiles', name), 'utf8').trim();
      const people = auxiliary('People.csv')
        .split(/\r?\n/)
        .slice(1)
        .map((line) =>
          line
            .split(';')
            .slice(1)
            .map((text) => Number(text.replace(',', '.'))),
        );
      const y = Float64Array.from(people, (row) => row[3] ?? NaN);
      const others = fromRows(people.map((row) => row.filter((_, j) => j !== 3)));
      const { components } = plsOfResponses(others, [y], 4, true, neverCancelled);
      const expected = auxiliary('pls-vipscores.csv').split(/\s+/).map(Number);
      const simpls = components.map((component) => {
        const length = Math.hypot(...component.r);
        return { ...component, w: component.r.map((value) => value / length) };
      });
      // The file has five digits.
      expect(largestRelativeError(importanceOf(simpls, 11), expected)).toBeLessThan(1e-4);
    }),
  );

  test('the mean of the squares is 1, so something is always kept at 1', () => {
    fc.assert(
      fc.property(spectra(6, 15), fc.integer({ min: 1, max: 4 }), fc.nat(), (some, count, seed) => {
        const draws = randomState(seed);
        const y = Float64Array.from({ length: some.rows }, () => draws.normal());
        const { components } = plsOfResponses(some, [y], count, true, neverCancelled);
        const squares = importanceOf(components, some.cols).map((value) => value * value);
        expect(Math.abs(squares.reduce((a, b) => a + b, 0) / some.cols - 1)).toBeLessThan(1e-10);
        expect(selected('VIP', { n_components: count }, some, y).channels.length).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });

  test('a threshold that nothing reaches is an error with the largest importance', () => {
    expect(() => selected('VIP', { threshold: 50 })).toThrow(/keeps no channel: the largest importance is [\d.]+\./);
  });
});

/** Sixty spectra of independent channels; the target is made of channels 3, 11 and 25 and a little noise. */
function planted(): { spectra: Matrix; y: Float64Array } {
  const draws = randomState(5);
  const noise = zeros(60, 30);
  noise.data.forEach((_, at) => (noise.data[at] = draws.normal()));
  const y = Float64Array.from({ length: 60 }, (_, i) => {
    const at = (j: number): number => noise.data[i * 30 + j] ?? 0;
    return 3 * at(3) - 2 * at(11) + 2 * at(25) + 0.05 * draws.normal();
  });
  return { spectra: noise, y };
}

describe('finds the planted channels', () => {
  const { spectra: some, y } = planted();
  test.each([
    ['VIP', { n_components: 2 }],
    ['MCUVE', { n_components: 3 }],
    ['CARS', { n_components: 3 }],
    ['SelectKBest', { k: 3 }],
    ['IntervalPLSSelection', { n_intervals: 30, n_components: 3 }],
  ])('%s', (id, params) => {
    const { channels } = selected(id, params, some, y);
    expect(channels).toEqual(expect.arrayContaining([3, 11, 25]));
    expect(channels.length).toBeLessThan(15);
  });
  test('also for classes', () => {
    const classes = y.map((value) => (value < -2 ? 0 : value < 2 ? 1 : 2));
    for (const [id, params] of [
      ['VIP', { n_components: 2 }],
      ['CARS', { n_components: 3 }],
      ['MCUVE', { n_components: 3 }],
    ] as const)
      expect(selected(id, params, some, classes, 3).channels).toEqual(expect.arrayContaining([3]));
  });
});

describe('chance is seeded', () => {
  const few = takeRows(x, [...Array(60).keys()]);
  const y = fat.slice(0, 60);
  test.each(['CARS', 'MCUVE'])('%s', (id) => {
    const quick = id === 'CARS' ? { n_sampling_runs: 10, n_components: 4 } : { n_iterations: 20, n_components: 4 };
    const chosen = (random_state: number | null) => selected(id, { ...quick, random_state }, few, y).channels;
    expect(chosen(1)).toEqual(chosen(1));
    expect(chosen(null)).toEqual(chosen(11)); // the seed of the run
    expect(chosen(1)).not.toEqual(chosen(2));
  });
  test('MCUVE keeps the steadiest tenth when nothing passes, and says so', () => {
    const params = { n_iterations: 10, n_components: 2, threshold_method: 'fixed', threshold_value: 1e6 };
    const { channels, notices } = selected('MCUVE', params, few, y);
    expect(channels).toHaveLength(10);
    expect(notices.join()).toContain('steadiest tenth');
  });
  test('CARS ends with the share asked, when the smallest set is best', () => {
    const { channels } = selected('CARS', { n_sampling_runs: 1, n_variables_ratio_start: 0.2 }, few, y);
    expect(channels).toHaveLength(20);
  });
});

describe('interval selection', () => {
  test('backward removes what disturbs', () => {
    const { spectra: some, y } = planted();
    const { channels } = selected(
      'IntervalPLSSelection',
      { mode: 'backward', n_intervals: 30, n_components: 3 },
      some,
      y,
    );
    expect(channels).toEqual(expect.arrayContaining([3, 11, 25]));
    expect(channels.length).toBeLessThan(28);
  });
  test('stops at the number of intervals asked', () => {
    expect(selected('IntervalPLSSelection', { max_intervals: 1, n_components: 3 }).channels).toHaveLength(10);
  });
  test('covers all channels when they cannot be shared out evenly', () => {
    const some = takeRows(x, [...Array(30).keys()]);
    const { channels } = selected(
      'IntervalPLSSelection',
      { mode: 'backward', n_intervals: 7, max_intervals: 1 },
      some,
      fat.slice(0, 30),
    );
    expect([14, 15, 100]).toContain(100 - (channels.length % 100));
  });
  test('more intervals than channels are refused', () => {
    expect(() => selected('IntervalPLSSelection', { n_intervals: 101 })).toThrow('only 100 channels');
  });
});

test('every selection needs a target', () => {
  for (const id of ['VIP', 'CARS', 'MCUVE', 'IntervalPLSSelection', 'SelectKBest'])
    expect(() => transformCalled(id).fit(x)).toThrow(`${id}: the target is missing, and this step learns from it.`);
});
