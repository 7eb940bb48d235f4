import { EngineError } from '#core/base/errors.ts';

/**
 * All choices of `size` of the numbers 0 … n − 1, in lexicographic order. Throws `numerics.parameter` when there are more
 * than 100 000 of them: each is a fold that fits every model again.
 *
 * @param parameter the parameter that sets `size`, for the error
 */
export function combinations(operator: string, parameter: string, n: number, size: number): Int32Array[] {
  let count = 1;
  for (let k = 1; k <= size; k++) count = (count * (n - size + k)) / k;
  if (count > MOST_FOLDS)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter,
      problem: `gives ${Math.round(count).toExponential(1)} folds. Take a smaller number, or a splitter that draws at random.`,
    });
  const all: Int32Array[] = [];
  const current = Int32Array.from({ length: size }, (_, k) => k);
  for (;;) {
    all.push(current.slice());
    let k = size - 1;
    while (k >= 0 && current[k] === n - size + k) k--;
    if (k < 0) return all;
    current[k]++;
    for (let j = k + 1; j < size; j++) current[j] = current[j - 1] + 1;
  }
}

const MOST_FOLDS = 100_000;
