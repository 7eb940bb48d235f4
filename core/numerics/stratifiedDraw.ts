import type { RandomState } from '#core/base/randomState.ts';

/**
 * Draws two parts of samples, each with the strata in proportion, draw by draw as scikit-learn's
 * `StratifiedShuffleSplit`.
 *
 * @param codes stratum of each sample, 0 … K − 1
 * @param sizes members of each stratum
 */
export function stratifiedDraw(
  codes: Int32Array,
  sizes: Int32Array,
  { train, validation }: { readonly train: number; readonly validation: number },
  draws: RandomState,
): { train: Int32Array; validation: Int32Array } {
  const forTrain = shares(sizes, train, draws);
  const forValidation = shares(
    sizes.map((size, k) => size - forTrain[k]),
    validation,
    draws,
  );
  const parts: [number[], number[]] = [[], []];
  sizes.forEach((_, k) => {
    const rows = [...codes.keys()].filter((row) => codes[row] === k);
    const order = Array.from(draws.permutation(rows.length), (i) => rows[i]);
    parts[0].push(...order.slice(0, forTrain[k]));
    parts[1].push(...order.slice(forTrain[k], forTrain[k] + forValidation[k]));
  });
  const [trainRows, validationRows] = parts.map((rows) => Int32Array.from(rows));
  draws.shuffleInto(trainRows);
  draws.shuffleInto(validationRows);
  return { train: trainRows, validation: validationRows };
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
