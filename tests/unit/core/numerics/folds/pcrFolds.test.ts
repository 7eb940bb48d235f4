import { expect, test } from 'vitest';
import { pcrFolds } from '#core/numerics/folds/pcrFolds.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { alonePredictions, foldKinds, foldRmsecv, togetherPredictions } from '#tests/support/modelFolds.ts';
import { modelCalled } from '#tests/support/operators.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';
import { largestRelativeError } from '#tests/support/tolerance.ts';

const COMPONENTS = [1, 2, 3, 4, 5, 6, 7, 8];
const TOLERANCE = 1e-9;

test.each([
  ['fewer samples than channels', 80, 130, false],
  ['more samples than channels', 150, 70, false],
  ['scaled channels', 80, 130, true],
])('every kind of folds: %s', (_, n, p, scale) => {
  const x = syntheticSpectra(n, p, 1);
  const y = syntheticTarget(x, 2);
  const pcr = modelCalled('PCR', { scale });
  for (const [kind, foldsOf] of Object.entries(foldKinds)) {
    // The smaller training sets of the uneven folds have hardly more directions than are needed: they go to a fit each.
    const folds = kind === 'uneven' ? foldsOf(n).slice(0, 1) : foldsOf(n);
    const found = togetherPredictions(pcr, x, y, folds, COMPONENTS, 'spectra');
    expect(
      found.every((one) => one !== null),
      kind,
    ).toBe(true);
    const alone = foldRmsecv(alonePredictions(pcr, x, y, folds, COMPONENTS), y, folds);
    expect(largestRelativeError(foldRmsecv(found, y, folds), alone), kind).toBeLessThan(TOLERANCE);
  }
});

test('a fold does not depend on the folds beside it, and both builds agree', () => {
  const x = syntheticSpectra(81, 97, 5);
  const y = syntheticTarget(x, 6);
  const pcr = modelCalled('PCR');
  const folds = foldKinds.overlapping?.(81) ?? [];
  const all = togetherPredictions(pcr, x, y, folds, COMPONENTS, 'spectra');
  folds.forEach((fold, f) => {
    expect(togetherPredictions(pcr, x, y, [fold], COMPONENTS, 'spectra')[0]).toEqual(all[f]);
  });
  const plain = togetherPredictions(pcr, x, y, folds, COMPONENTS, 'spectra', { build: 'plain' });
  expect(largestRelativeError(foldRmsecv(plain, y, folds), foldRmsecv(all, y, folds))).toBeLessThan(TOLERANCE);
});

test('spectra of a rank below the number of components are left to a fit by itself', () => {
  const x = syntheticSpectra(60, 90, 7);
  const flat = { ...x, data: x.data.map((_, at) => Math.sin(Math.floor(at / 90)) * Math.cos((at % 90) / 7)) };
  const folds = foldKinds.equal?.(60) ?? [];
  const found = togetherPredictions(modelCalled('PCR'), flat, syntheticTarget(x, 8), folds, [1, 2, 3], 'spectra');
  expect(found).toEqual(folds.map(() => null));
});

test('few samples: a fit a fold', () => {
  const shape = { rows: 30, cols: 700, folds: 5, shared: false };
  expect(pcrFolds.form(shape, { n_components: 10, scale: false }, [10])).toBeNull();
  expect(pcrFolds.form({ ...shape, rows: 200 }, { n_components: 10, scale: false }, [10])?.form).toBe('spectra');
});

test('a run solves the folds together and finds what single fits find', async () => {
  const x = syntheticSpectra(90, 120, 9);
  const data = unitDataOf({ x, y: syntheticTarget(x, 10) });
  const text = 'pipeline:\n  - KFold: {n_splits: 5}\n  - PCR: {n_components: {_range_: [1, 6]}}\n';
  const run = await runInMemory(data, text);
  expect(run.error).toBeNull();
  expect(run.pool.solved.flatMap(({ folds }) => folds)).toHaveLength(5);
  // A step that learns in the fold (and changes nothing here) keeps the folds apart.
  const apart = await runInMemory(data, text.replace('  - PCR', '  - MeanCenter\n  - PCR'));
  expect(apart.pool.solved).toHaveLength(0);
  const figures = (one: typeof run) => [...one.variants.values()].map(({ rmsecv }) => rmsecv ?? NaN);
  expect(largestRelativeError(figures(run), figures(apart))).toBeLessThan(1e-9);
});
