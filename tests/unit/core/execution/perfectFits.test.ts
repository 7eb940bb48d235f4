import { expect, test } from 'vitest';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** One neighbour says of a training sample exactly what was measured of it. */
const data = () => {
  const { source, targets } = syntheticSpectra(60, 30, 3);
  const site = Array.from({ length: 60 }, (_, row) => (row % 2 === 0 ? 'north' : 'south'));
  return unitDataOf(
    { x: source.x, y: targets[0]?.values ?? new Float64Array(60) },
    {
      metadata: { site },
      train: Int32Array.from({ length: 45 }, (_, k) => k),
      test: Int32Array.from({ length: 15 }, (_, k) => 45 + k),
    },
  );
};
const NEIGHBOUR = '{KNeighborsRegressor: {n_neighbors: 1}}';
const stack = (training: string) => `
refit: {stackingMetaTraining: ${training}}
pipeline:
  - KFold: {n_splits: 3}
  - branch: {one: [SNV, ${NEIGHBOUR}], pls: [{PLS: {n_components: 3}}]}
  - merge: predictions
  - Ridge
`;
const told = (warnings: readonly string[] = []) => warnings.filter((one) => one.includes('fits its training data'));

test('a meta-model that learns from a base model which knows its training data by heart is told so', async () => {
  const { result } = await runInMemory(data(), stack('in_sample'));
  expect(told(result?.warnings)).toEqual([
    expect.stringMatching(
      /KNeighborsRegressor \(branch one\) fits its training data almost exactly \(R² 1\.000, cross-validated 0\.\d+\).*oof/,
    ),
  ]);
});

test('not when it learns from out-of-fold predictions, nor where no meta-model learns', async () => {
  const oof = await runInMemory(data(), stack('oof'));
  expect(told(oof.result?.warnings)).toEqual([]);
  const groups = await runInMemory(
    data(),
    `pipeline:\n  - KFold: {n_splits: 3}\n  - branch: {by_metadata: site, steps: [SNV, ${NEIGHBOUR}]}\n  - merge: concat\n`,
  );
  expect(groups.error).toBeNull();
  expect(groups.result?.rmsep).toBeGreaterThan(0);
  expect(told(groups.result?.warnings)).toEqual([]);
});
