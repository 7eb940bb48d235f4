import { expect, test } from 'vitest';
import { referenceGolden, referenceSet } from '#tests/support/golden.ts';
import { referenceData } from '#tests/support/referenceData.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';
import { largestRelativeError } from '#tests/support/tolerance.ts';
import { withReferenceData } from '#tests/support/withReferenceData.ts';

/** The worked example of the manual of R's pls: octane, 50 samples left out one by one, then 10 that nobody saw. */
interface Example {
  /** Without a component, then with 1 to 10. */
  readonly loo_rmsep: number[];
  readonly test_rmsep: number[];
}

withReferenceData('gasoline as in the manual of R pls', () => {
  const set = referenceSet(referenceData('gasoline', 'X.csv'), referenceData('gasoline', 'Y.csv'));
  const places = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const data = unitDataOf(
    { x: set.x, y: set.target('octane'), axis: set.axis },
    { train: places(0, 50), test: places(50, 60) },
  );
  const { gasoline_vignette: expected } = referenceGolden('r_pls.json') as { gasoline_vignette: Example };
  const document = (components: string) =>
    `pipeline:\n  - LeaveOneOut\n  - PLS: {n_components: ${components}, scale: false}\n`;

  test('RMSECV of 1 to 10 components, leaving one out', async () => {
    const { result, error, pool } = await runInMemory(data, document('{_range_: [1, 10]}'));
    expect(error).toBeNull();
    expect(pool.solved.reduce((sum, { folds }) => sum + folds.length, 0)).toBe(50);
    const found = (result?.rmsecvByComponents ?? []).map((one) => one ?? NaN);
    expect(largestRelativeError(found, expected.loo_rmsep.slice(1))).toBeLessThan(1e-8);
  });

  test.each([1, 2, 3, 10])('RMSEP of the ten others with %i components', async (components) => {
    const { result } = await runInMemory(data, document(String(components)));
    expect(largestRelativeError([result?.rmsep ?? NaN], [expected.test_rmsep[components] ?? NaN])).toBeLessThan(1e-8);
  });
});
