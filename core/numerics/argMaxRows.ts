import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

/** The column of the largest value of each row (n × K → n), the first of equal ones; −1 where a value is missing. */
export function argMaxRows(scores: Matrix): Float64Array {
  return Float64Array.from({ length: scores.rows }, (_, i) => {
    const row = rowOf(scores, i);
    let best = 0;
    for (let k = 0; k < row.length; k++) {
      if (Number.isNaN(row[k])) return -1;
      if (row[k] > row[best]) best = k;
    }
    return best;
  });
}
