import { describe, expect, test } from 'vitest';
import { kernelPlsFolds } from '#core/models/latent/kernelPlsFolds.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { alonePredictions, foldKinds, foldRmsecv, togetherPredictions } from '#tests/support/modelFolds.ts';
import { modelCalled, transformCalled } from '#tests/support/operators.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';
import { largestRelativeError } from '#tests/support/tolerance.ts';

const TOLERANCE = 1e-9;
const COMPONENTS = [1, 2, 4, 6];

describe.each([
  ['rbf', { gamma: 1 }],
  ['rbf, gamma by the number of channels', {}],
  ['linear, normalised', { kernel: 'linear' }],
  ['linear', { kernel: 'linear', normalize_kernel: false }],
  ['poly, normalised', { kernel: 'poly', gamma: 0.01 }],
  ['poly', { kernel: 'poly', gamma: 0.01, normalize_kernel: false, coef0: 2 }],
  ['sigmoid', { kernel: 'sigmoid', gamma: 0.001 }],
] as const)('%s', (_, params) => {
  const model = modelCalled('KernelPLS', params);

  test.each([
    ['fewer samples than channels', 30, 50],
    ['more samples than channels', 45, 20],
  ])('agrees with a fit for each fold: %s', (__, n, p) => {
    const x = syntheticSpectra(n, p, 1);
    const y = syntheticTarget(x, 2);
    for (const foldsOf of Object.values(foldKinds)) {
      const folds = foldsOf(n);
      const alone = foldRmsecv(alonePredictions(model, x, y, folds, COMPONENTS), y, folds);
      const found = togetherPredictions(model, x, y, folds, COMPONENTS, 'gram');
      expect(largestRelativeError(foldRmsecv(found, y, folds), alone)).toBeLessThan(TOLERANCE);
    }
  });
});

test('without the spectra only kernels of the distance are known', () => {
  const x = syntheticSpectra(30, 40, 3);
  const y = syntheticTarget(x, 4);
  const folds = foldKinds.equal?.(30) ?? [];
  const options = { withSpectra: false };
  const rbf = modelCalled('KernelPLS', { gamma: 0.5 });
  const withSpectra = togetherPredictions(rbf, x, y, folds, COMPONENTS, 'gram');
  expect(togetherPredictions(rbf, x, y, folds, COMPONENTS, 'gram', options)).toEqual(withSpectra);
  const poly = modelCalled('KernelPLS', { kernel: 'poly' });
  expect(togetherPredictions(poly, x, y, folds, COMPONENTS, 'gram', options)).toEqual(folds.map(() => null));
});

test('no form for the variants that are no PLS of a centred kernel matrix', () => {
  const shape = { rows: 100, cols: 200, folds: 10, shared: false };
  const form = (given: Record<string, unknown>) =>
    kernelPlsFolds.form(shape, modelCalled('KernelPLS', given).params as never, [5]);
  for (const given of [{ algorithm: 'kernel_matrix' }, { center_kernel: false }, { scale_y: false }])
    expect(form(given)).toBeNull();
  expect(form({})?.form).toBe('gram');
});

test('a sweep of components in a run is solved together', async () => {
  const x = syntheticSpectra(40, 60, 5);
  const y = syntheticTarget(x, 6);
  const text =
    'refit: false\npipeline:\n  - SNV\n  - KFold: {n_splits: 4}\n  - KernelPLS: {gamma: 0.1, n_components: {_range_: [1, 5]}}\n';
  const run = await runInMemory(unitDataOf({ x, y }), text);
  expect(run.error).toBeNull();
  expect(run.pool.solved.flatMap(({ folds }) => folds)).toHaveLength(4);
  expect(run.pool.fits.filter(({ keepChains }) => !keepChains)).toHaveLength(0);
  const rmsecv = [...run.variants.values()].map((variant) => variant.rmsecv ?? NaN);
  const folds = run.pool.solved.flatMap((task) => task.folds);
  const model = modelCalled('KernelPLS', { gamma: 0.1 });
  const snv = transformCalled('SNV').fitApply(x);
  const alone = foldRmsecv(alonePredictions(model, snv, y, folds, [1, 2, 3, 4, 5]), y, folds);
  expect(largestRelativeError(rmsecv, alone)).toBeLessThan(TOLERANCE);
});
