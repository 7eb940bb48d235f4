import type { RandomState } from '#core/base/randomState.ts';
import { EngineError } from '#core/base/errors.ts';
import { stratifiedDraw } from '#core/numerics/stratifiedDraw.ts';

/**
 * Rows to learn from and rows set aside for early stopping, all of them training rows, drawn as by scikit-learn's
 * `train_test_split` (and `ShuffleSplit`, which draws alike). With class codes both parts hold the classes in proportion.
 * Throws `numerics.too-few` where a part would be empty.
 *
 * @param fraction share set aside, rounded up
 * @param codes 0 … K − 1, each with members; null: no strata, or strata that cannot be held in proportion
 */
export function partSetAside(
  operator: string,
  n: number,
  fraction: number,
  codes: Int32Array | null,
  random: RandomState,
): { train: Int32Array; held: Int32Array } {
  const validation = Math.ceil(fraction * n);
  const train = n - validation;
  if (train < 1)
    throw new EngineError('numerics.too-few', {
      operator,
      what: 'training samples beside the part set aside for early stopping',
      needed: 1,
      found: train,
    });
  const strata = codes === null ? null : sizesOf(codes);
  // Where a class is too small to be in both parts, scikit-learn refuses; a random part serves nearly as well.
  if (codes !== null && strata !== null && Math.min(train, validation) >= strata.length && strata.every((m) => m > 1)) {
    const drawn = stratifiedDraw(codes, strata, { train, validation }, random);
    return { train: drawn.train, held: drawn.validation };
  }
  const order = random.permutation(n);
  return { train: order.slice(validation), held: order.slice(0, validation) };
}

function sizesOf(codes: Int32Array): Int32Array {
  const sizes = new Int32Array(codes.reduce((most, code) => Math.max(most, code + 1), 0));
  for (const code of codes) sizes[code]++;
  return sizes;
}
