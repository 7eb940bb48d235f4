import { EngineError } from '#core/base/errors.ts';
import { randomState } from '#core/base/randomState.ts';
import type { Fold } from '#core/data/operator.ts';
import { stratifiedDraw } from '#core/numerics/stratifiedDraw.ts';
import type { SplitSizes } from '#core/splitters/splitSizes.ts';
import type { Strata } from '#core/splitters/strata.ts';

/**
 * Random splits that hold each stratum in proportion, draw by draw as scikit-learn's `StratifiedShuffleSplit`. Throws
 * `numerics.parameter` for a stratum with a single member, or for parts with fewer samples than strata.
 */
export function stratifiedShuffles(
  operator: string,
  { codes, count, sizes }: Strata,
  { train, validation }: SplitSizes,
  splits: number,
  seed: number,
): Fold[] {
  if (sizes.some((size) => size < 2))
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'the target',
      problem:
        'has a class with a single training sample, which cannot be in both parts. Exclude it, or use ShuffleSplit.',
    });
  if (Math.min(train, validation) < count)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: train < count ? 'train_size' : 'test_size',
      problem: `leaves ${Math.min(train, validation)} samples for ${count} classes. Each part needs one of each class.`,
    });
  const draws = randomState(seed);
  return Array.from({ length: splits }, () => stratifiedDraw(codes, sizes, { train, validation }, draws));
}
