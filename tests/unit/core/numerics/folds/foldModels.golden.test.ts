import { expect, test } from 'vitest';
import { golden, tecator } from '#tests/support/golden.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';
import { largestRelativeError } from '#tests/support/tolerance.ts';

const RTOL = 1e-8;
const { x, target } = tecator();
const y = target('fat');

/** RMSECV of KFold(10) by a run, in the order of the sweep; fails unless the folds were solved together. */
async function rmsecvOf(model: string): Promise<number[]> {
  const text = `refit: false\npipeline:\n  - KFold: {n_splits: 10}\n  - ${model}\n`;
  const { error, pool, variants } = await runInMemory(unitDataOf({ x, y }), text);
  expect(error).toBeNull();
  expect(pool.solved.flatMap(({ folds }) => folds)).toHaveLength(10);
  expect(pool.fits.filter(({ keepChains }) => !keepChains)).toHaveLength(0);
  return [...variants.values()].map(({ rmsecv }) => rmsecv ?? NaN);
}

test('Ridge on Tecator agrees with scikit-learn', async () => {
  const { alphas } = golden('ridge-tecator-fat.json') as { alphas: Record<string, { rmsecv: number }> };
  const found = await rmsecvOf(`Ridge: {alpha: {_or_: [${Object.keys(alphas).join(', ')}]}}`);
  expect(
    largestRelativeError(
      found,
      Object.values(alphas).map(({ rmsecv }) => rmsecv),
    ),
  ).toBeLessThan(RTOL);
});
