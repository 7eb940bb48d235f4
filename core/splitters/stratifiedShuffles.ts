import { EngineError } from '#core/base/errors.ts';
import { randomState, type RandomState } from '#core/base/randomState.ts';
import type { Fold } from '#core/data/operator.ts';
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
  const members = Array.from(sizes, (_, stratum) => [...codes.keys()].filter((row) => codes[row] === stratum));
  return Array.from({ length: splits }, () => {
    const forTrain = shares(sizes, train, draws);
    const forValidation = shares(
      sizes.map((size, k) => size - forTrain[k]),
      validation,
      draws,
    );
    const parts: [number[], number[]] = [[], []];
    members.forEach((rows, k) => {
      const order = Array.from(draws.permutation(rows.length), (i) => rows[i]);
      parts[0].push(...order.slice(0, forTrain[k]));
      parts[1].push(...order.slice(forTrain[k], forTrain[k] + forValidation[k]));
    });
    const [trainRows, validationRows] = parts.map((rows) => Int32Array.from(rows));
    draws.shuffleInto(trainRows);
    draws.shuffleInto(validationRows);
    return { train: trainRows, validation: validationRows };
  });
}

/** How many of `total` fall to each stratum: whole parts first, then by largest remainder, ties drawn at random. */
function shares(sizes: Int32Array, total: number, draws: RandomState): Int32Array {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const exact = Float64Array.from(sizes, (size) => (size / all) * total);
  const share = Int32Array.from(exact, Math.floor);
  const remainder = exact.map((value, k) => value - share[k]);
  let missing = total - share.reduce((sum, value) => sum + value, 0);
  for (const value of [...new Set(remainder)].sort((a, b) => b - a)) {
    if (missing === 0) break;
    const tied = [...remainder.keys()].filter((k) => remainder[k] === value);
    const chosen = draws.choice(tied.length, Math.min(tied.length, missing));
    for (const k of chosen) share[tied[k]]++;
    missing -= chosen.length;
  }
  return share;
}
