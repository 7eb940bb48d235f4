import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import { fitMahalanobis } from '#core/filters/outliers/mahalanobis.ts';
import { growIsolationTrees, isolationScores } from '#core/filters/outliers/isolationTrees.ts';
import {
  fitLocalDensities,
  localOutlierFactors,
  type NeighbourMetric,
} from '#core/filters/outliers/localOutlierFactors.ts';
import { smallestScatter } from '#core/filters/outliers/smallestScatter.ts';
import { whitenedDistances } from '#core/filters/outliers/whitenedDistance.ts';
import { columnOf, fromRows, matrix, type Matrix } from '#core/numerics/matrix.ts';
import { golden } from '#tests/support/golden.ts';
import { fitContext, filterCalled } from '#tests/support/operators.ts';

interface Factors {
  params: { n_neighbors: number; metric?: NeighbourMetric; p?: number; contamination?: number };
  factor: number[];
  limit: number;
  keep: number[];
  newFactor: number[];
}
interface File {
  rtol: number;
  x: number[][];
  new: number[][];
  y: number[];
  targetLimits: { method: string; threshold: number; lower: number; upper: number; keep: number[] }[];
  mahalanobis: {
    components: number;
    squared: number[];
    new: number[];
    limits: { threshold: number; components: number; squared: number }[];
  };
  robust: { columns: number[]; squared: number[]; determinant: number; tight: number[] };
  t2: number[];
  t2Limit: number;
  q: number[];
  q95: number;
  leverage: { hat: number[]; uncentred: number[]; pca: number[]; wide: number[] };
  factors: Factors[];
  forests: {
    params: { max_samples?: number; n_estimators?: number; max_features?: number; bootstrap?: boolean };
    mean: number[];
    deviation: number[];
  }[];
}

const file = golden('filters.json') as File;
const x = fromRows(file.x);
const fresh = fromRows(file.new);
const y = Float64Array.from(file.y);
const context = fitContext(x);

const expectClose = (actual: ArrayLike<number>, expected: readonly number[], rtol = file.rtol): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    const difference = Math.abs((actual[i] ?? NaN) - value);
    expect(difference, `value ${i}`).toBeLessThanOrEqual(rtol * Math.max(1, Math.abs(value)));
  });
};
const verdict = (values: readonly number[], limit: number): number[] => values.map((value) => (value <= limit ? 1 : 0));

describe('YOutlierFilter has the limits and verdicts of NumPy', () => {
  test.each(file.targetLimits)('$method', ({ method, threshold, lower, upper, keep }) => {
    const given = { method, threshold, lower_percentile: 2.5, upper_percentile: 95 };
    const filter = filterCalled('YOutlierFilter', given);
    const state = filter.fit(x, { y });
    expectClose([state['lower'] as number, state['upper'] as number], [lower, upper], 1e-12);
    expect(filter.keep(x, state, { y })).toEqual(keep);
  });
});

describe('Mahalanobis distances', () => {
  const options = { robust: false, threshold: 3, supportFraction: null, seed: 0 };
  test('of training and new spectra are those of EmpiricalCovariance', () => {
    const form = fitMahalanobis('Mahalanobis', x, { ...options, components: 4 }, context);
    expectClose(whitenedDistances(x, form), file.mahalanobis.squared);
    expectClose(whitenedDistances(fresh, form), file.mahalanobis.new);
  });
  const columns = file.robust.columns.map((j) => columnOf(x, j));
  const few = fromRows(Array.from({ length: x.rows }, (_, i) => columns.map((column) => column[i] ?? NaN)));
  test('with few channels and a robust covariance are those of MinCovDet', () => {
    const settings = { ...options, components: 3, robust: true, supportFraction: 0.85 };
    expectClose(whitenedDistances(few, fitMahalanobis('Mahalanobis', few, settings, context)), file.robust.squared);
  });
  test('no set of just over half the samples with a smaller determinant is known to MinCovDet in 20 runs', () => {
    const scatter = smallestScatter(few, Math.ceil((x.rows + 4) / 2), randomState(0), neverCancelled);
    expect(scatter?.covariance.logDeterminant).toBeLessThan(file.robust.determinant + 1e-9);
  });
  test('in principal components too', () => {
    const settings = { ...options, components: 4, robust: true, supportFraction: 0.9 };
    expectClose(whitenedDistances(x, fitMahalanobis('Mahalanobis', x, settings, context)), file.robust.tight);
  });
  test.each(file.mahalanobis.limits)('$threshold deviations, $components components: SciPy’s limit', (expected) => {
    const wide = matrix(
      60,
      25,
      new Float64Array(60 * 25).map((_, i) => Math.sin(i * i) + Math.cos(3 * i * i * i)),
    );
    const settings = { ...options, components: expected.components, threshold: expected.threshold };
    const { limit } = fitMahalanobis('Mahalanobis', wide, settings, context);
    expectClose([limit], [expected.squared], 1e-10);
  });
  test('both filters judge by them', () => {
    const keep = verdict(file.mahalanobis.squared, file.mahalanobis.limits.find((l) => l.threshold === 3 && l.components === 4)?.squared ?? NaN); // prettier-ignore
    for (const [id, given] of [
      ['Mahalanobis', { n_components: 4 }],
      ['XOutlierFilter', { n_components: 4 }],
    ] as const)
      expect(filterCalled(id, given).fitKeep(x)).toEqual(keep);
    expect(keep).toContain(0);
  });
});

describe('XOutlierFilter in principal components agrees with scikit-learn’s PCA', () => {
  test('Hotelling’s T²', () => {
    const filter = filterCalled('XOutlierFilter', { method: 'pca_leverage', n_components: 4 });
    expectClose([filter.fit(x)['limit'] as number], [file.t2Limit]);
    expect(filter.fitKeep(x)).toEqual(verdict(file.t2, file.t2Limit));
  });
  test('Q', () => {
    const filter = filterCalled('XOutlierFilter', { method: 'pca_residual', n_components: 4 });
    expectClose([filter.fit(x)['limit'] as number], [file.q95]);
    expect(filter.fitKeep(x)).toEqual(verdict(file.q, file.q95));
  });
  test('with a threshold of the user', () => {
    const given = { method: 'pca_residual', n_components: 4, threshold: 0.01 };
    expect(filterCalled('XOutlierFilter', given).fitKeep(x)).toEqual(verdict(file.q, 0.01));
  });
});

describe('HighLeverageFilter has the leverages of the hat matrix', () => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  test.each([
    ['hat', {}, file.leverage.hat],
    ['uncentred', { center: false }, file.leverage.uncentred],
    ['pca', { method: 'pca', n_components: 4 }, file.leverage.pca],
  ])('%s', (_, given, expected) => {
    const filter = filterCalled('HighLeverageFilter', given);
    const state = filter.fit(x) as unknown as { centre: Float64Array; axes: Float64Array; limit: number };
    // The trace of ridge that keeps the inverse stable costs the last digits.
    expectClose(whitenedDistances(x, state), expected, 1e-6);
    expectClose([state.limit], [2 * mean(expected)], 1e-6);
    expect(filter.fitKeep(x)).toEqual(verdict(expected, 2 * mean(expected)));
  });
  test('more channels than samples', () => {
    const wide: Matrix = fromRows(file.x.slice(0, 9));
    const given = { n_components: 3, absolute_threshold: 0.4 };
    expect(filterCalled('HighLeverageFilter', given).fitKeep(wide)).toEqual(verdict(file.leverage.wide, 0.4));
  });
});

describe('LocalOutlierFactor has the factors of scikit-learn', () => {
  test.each(file.factors)('$params', ({ params, factor, limit, keep, newFactor }) => {
    const options = { neighbours: params.n_neighbors, metric: params.metric ?? 'minkowski', p: params.p ?? 2 };
    const known = fitLocalDensities(x, options, neverCancelled);
    expectClose(known.factor, factor);
    expectClose(localOutlierFactors(x, known, options), factor);
    expectClose(localOutlierFactors(fresh, known, options), newFactor);
    const filter = filterCalled('LocalOutlierFactor', params);
    expectClose([filter.fit(x)['limit'] as number], [limit]);
    expect(filter.fitKeep(x)).toEqual(keep);
  });
  test('XOutlierFilter’s method lof is the same with 20 neighbours and a tenth removed', () => {
    const filter = filterCalled('LocalOutlierFactor', { contamination: 0.1 });
    expect(filterCalled('XOutlierFilter', { method: 'lof' }).fitKeep(x)).toEqual(filter.fitKeep(x));
  });
});

// Own trees: scores agree with scikit-learn's within what the seed makes of them. 40 seeds on either side; the means of
// 90 samples may differ by four of their standard errors.
describe('IsolationForest scores like scikit-learn, up to the seed', () => {
  const SEEDS = 40;
  test.each(file.forests)('$params', ({ params, mean, deviation }) => {
    const runs = Array.from({ length: SEEDS }, (_, seed) => {
      const options = {
        trees: params.n_estimators ?? 100,
        samples: Math.min(params.max_samples ?? 256, x.rows),
        channels: Math.floor((params.max_features ?? 1) * x.cols),
        bootstrap: params.bootstrap ?? false,
        seed,
      };
      return isolationScores(x, growIsolationTrees(x, options, neverCancelled));
    });
    mean.forEach((expected, i) => {
      const ours = runs.map((scores) => scores[i] ?? NaN);
      const average = ours.reduce((sum, value) => sum + value, 0) / SEEDS;
      const spread = Math.sqrt(ours.reduce((sum, value) => sum + (value - average) ** 2, 0) / SEEDS);
      const error = Math.hypot(spread, deviation[i] ?? NaN) / Math.sqrt(SEEDS);
      expect(Math.abs(average - expected), `sample ${i}`).toBeLessThan(4 * error);
      expect(spread / (deviation[i] ?? NaN), `spread of sample ${i}`).toBeGreaterThan(0.5);
      expect(spread / (deviation[i] ?? NaN), `spread of sample ${i}`).toBeLessThan(2);
    });
  });
  test('the share of outliers is removed, and auto removes scores below −0.5', () => {
    const kept = filterCalled('IsolationForest', { contamination: 0.1, random_state: 1 }).fitKeep(x);
    expect(kept.filter((keep) => keep === 0)).toHaveLength(9);
    const filter = filterCalled('IsolationForest', { random_state: 1 });
    expect(filter.fit(x)['offset']).toBe(-0.5);
  });
});
