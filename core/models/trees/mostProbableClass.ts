import type { Matrix } from '#core/numerics/matrix.ts';

/** The class with the largest probability in each row, the first of equals; −1 where a probability is missing. */
export function mostProbableClass(p: Matrix): Float64Array {
  const codes = new Float64Array(p.rows);
  for (let i = 0; i < p.rows; i++) {
    let best = 0;
    for (let k = 1; k < p.cols; k++) if (p.data[i * p.cols + k] > p.data[i * p.cols + best]) best = k;
    codes[i] = Number.isNaN(p.data[i * p.cols + best]) ? -1 : best;
  }
  return codes;
}
