import { expect, test } from 'vitest';
import { ridgeFolds } from '#core/numerics/folds/ridgeFolds.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { alonePredictions, foldKinds, foldRmsecv, togetherPredictions } from '#tests/support/modelFolds.ts';
import { modelCalled } from '#tests/support/operators.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';
import { largestRelativeError } from '#tests/support/tolerance.ts';

const ALPHAS = [100, 1, 1e-2, 1e-4];
const TOLERANCE = 1e-9;
const ridge = modelCalled('Ridge');

test.each([
  ['fewer samples than channels', 30, 90],
  ['more samples than channels', 60, 25],
  ['about as many', 70, 68],
])('every kind of folds: %s', (_, n, p) => {
  const x = syntheticSpectra(n, p, 1);
  const y = syntheticTarget(x, 2);
  for (const foldsOf of Object.values(foldKinds)) {
    const folds = foldsOf(n);
    const alone = foldRmsecv(alonePredictions(ridge, x, y, folds, ALPHAS), y, folds);
    for (const withSpectra of [true, false]) {
      const found = togetherPredictions(ridge, x, y, folds, ALPHAS, 'gram', { withSpectra });
      expect(largestRelativeError(foldRmsecv(found, y, folds), alone)).toBeLessThan(TOLERANCE);
    }
    const found = togetherPredictions(ridge, x, y, folds, ALPHAS, 'spectra');
    expect(largestRelativeError(foldRmsecv(found, y, folds), alone)).toBeLessThan(TOLERANCE);
  }
});

test('a penalty near the rounding of the spectra is left to the spectra, and then to a fit by itself', () => {
  const x = higher(syntheticSpectra(40, 60, 3), 1e4);
  const y = syntheticTarget(x, 4);
  const folds = foldKinds.equal?.(40) ?? [];
  const hard = [1e-12];
  expect(togetherPredictions(ridge, x, y, folds, hard, 'gram', { withSpectra: false })).toEqual(folds.map(() => null));
  const alone = foldRmsecv(alonePredictions(ridge, x, y, folds, [1e-4]), y, folds);
  const found = togetherPredictions(ridge, x, y, folds, [1e-4], 'gram');
  expect(largestRelativeError(foldRmsecv(found, y, folds), alone)).toBeLessThan(1e-8);
});

test('a fold does not depend on the folds or penalties beside it, and both builds agree', () => {
  const x = syntheticSpectra(41, 57, 5);
  const y = syntheticTarget(x, 6);
  const folds = foldKinds.overlapping?.(41) ?? [];
  for (const form of ['gram', 'spectra'] as const) {
    const all = togetherPredictions(ridge, x, y, folds, ALPHAS, form);
    folds.forEach((fold, f) => {
      const alone = togetherPredictions(ridge, x, y, [fold], ALPHAS.slice(1, 2), form);
      expect(alone[0]?.[0]).toEqual(all[f]?.[1]);
    });
    const plain = togetherPredictions(ridge, x, y, folds, ALPHAS, form, { build: 'plain' });
    expect(largestRelativeError(foldRmsecv(plain, y, folds), foldRmsecv(all, y, folds))).toBeLessThan(TOLERANCE);
  }
});

test('a constant target is predicted by its mean', () => {
  const x = syntheticSpectra(20, 30, 7);
  const folds = foldKinds.uneven?.(20) ?? [];
  for (const form of ['gram', 'spectra'] as const)
    for (const found of togetherPredictions(ridge, x, new Float64Array(20).fill(7), folds, [1], form))
      expect(found?.[0]).toEqual(new Float64Array(20).fill(7));
});

test('a sweep of penalties in a run is one group whose folds are solved together', async () => {
  const x = syntheticSpectra(45, 80, 8);
  const y = syntheticTarget(x, 9);
  const alphas = [0.001, 0.1, 10];
  const text = `refit: false\npipeline:\n  - KFold: {n_splits: 5}\n  - Ridge: {alpha: [${alphas.join(', ')}]}\n`;
  const run = await runInMemory(unitDataOf({ x, y }), text.replace(/\[(.*)\]/, '{_or_: [$1]}'));
  expect(run.error).toBeNull();
  expect(run.pool.solved.map(({ pathValues }) => pathValues)).toEqual([alphas]);
  // Only the folds of the winner are fitted by themselves, for their models.
  expect(run.pool.fits.filter(({ keepChains }) => !keepChains)).toHaveLength(0);
  const folds = run.pool.solved.flatMap((task) => task.folds);
  const alone = foldRmsecv(alonePredictions(ridge, x, y, folds, alphas), y, folds);
  const scores = [...run.variants.values()].map(({ rmsecv }) => rmsecv ?? NaN);
  expect(largestRelativeError(scores, alone)).toBeLessThan(TOLERANCE);
});

test('no form without an intercept or without a penalty', () => {
  const shape = { rows: 100, cols: 200, folds: 10, shared: false };
  expect(ridgeFolds.form(shape, { alpha: 1, fit_intercept: false }, [1])).toBeNull();
  expect(ridgeFolds.form(shape, { alpha: 1, fit_intercept: true }, [0, 1])).toBeNull();
  expect(ridgeFolds.form(shape, { alpha: 1, fit_intercept: true }, [1])?.form).toBe('gram');
  expect(ridgeFolds.form({ ...shape, rows: 5000 }, { alpha: 1, fit_intercept: true }, [1])?.form).toBe('spectra');
});

const higher = (x: Matrix, level: number): Matrix => ({ ...x, data: x.data.map((value) => value + level) });
