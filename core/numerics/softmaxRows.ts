import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** exp(sₖ) / Σ exp(sⱼ) for each row (n × K → n × K), safe against overflow. */
export function softmaxRows(scores: Matrix): Matrix {
  return mapRows(scores, scores.cols, (row, out) => {
    let largest = -Infinity;
    for (let k = 0; k < row.length; k++) largest = Math.max(largest, row[k]);
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += out[k] = Math.exp(row[k] - largest);
    for (let k = 0; k < row.length; k++) out[k] /= sum;
  });
}
