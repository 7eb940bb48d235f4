import type { Matrix } from '#core/numerics/matrix.ts';
import type { NetworkOutput } from '#core/numerics/networks/activations.ts';

/** What early stopping looks at: R², the share of right classes, or the loss with its sign turned. */
export type NetworkScore = 'r2' | 'accuracy' | 'loss';

/**
 * Half the mean squared error, or the mean negative log-likelihood.
 *
 * @param results rows × outputs, in the order of `rows`
 * @param target n × outputs
 */
export function networkLoss(output: NetworkOutput, results: Float64Array, target: Matrix, rows: Int32Array): number {
  const { cols } = target;
  let sum = 0;
  for (let i = 0; i < rows.length; i++)
    for (let k = 0; k < cols; k++) {
      const wanted = target.data[rows[i] * cols + k];
      const found = results[i * cols + k];
      if (output === 'identity') sum += (wanted - found) ** 2 / (2 * cols);
      else {
        const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, found));
        if (wanted !== 0) sum -= wanted * Math.log(p);
        else if (output === 'logistic') sum -= Math.log(1 - p);
      }
    }
  return sum / rows.length;
}

export function networkScore(
  score: NetworkScore,
  results: Float64Array,
  target: Matrix,
  rows: Int32Array,
  loss: number,
): number {
  const { cols } = target;
  // R² of a single sample does not exist.
  if (score === 'loss' || (score === 'r2' && rows.length < 2)) return -loss;
  if (score === 'accuracy') {
    let right = 0;
    rows.forEach((row, i) => {
      const found = results.subarray(i * cols, (i + 1) * cols);
      const wanted = target.data.subarray(row * cols, (row + 1) * cols);
      if (cols === 1 ? found[0] > 0.5 === wanted[0] > 0.5 : largest(found) === largest(wanted)) right++;
    });
    return right / rows.length;
  }
  let mean = 0;
  for (const row of rows) mean += target.data[row] / rows.length;
  let about = 0;
  for (const row of rows) about += (target.data[row] - mean) ** 2;
  const errors = 2 * loss * rows.length;
  if (about === 0) return errors === 0 ? 1 : 0;
  return 1 - errors / about;
}

const largest = (values: Float64Array): number => values.indexOf(Math.max(...values));
