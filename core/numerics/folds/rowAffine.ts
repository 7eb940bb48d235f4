import type { Matrix } from '#core/numerics/matrix.ts';

/** ỹᵢ = factorᵢ xᵢ + offsetᵢ, for the rows asked for, in their order. */
export interface RowAffine {
  readonly factors: Float64Array;
  readonly offsets: Float64Array;
}

/**
 * The factor and the offset that lead from each row of `from` to the same row of `to`, by least squares over the
 * channels. Null where a row does not follow them, or is flat.
 */
export function rowAffine(from: Matrix, to: Matrix, rows: Int32Array): RowAffine | null {
  const p = from.cols;
  if (to.cols !== p) return null;
  const factors = new Float64Array(rows.length);
  const offsets = new Float64Array(rows.length);
  const step = Math.max(1, Math.floor(p / CHECKED));
  for (let i = 0; i < rows.length; i++) {
    const x = from.data.subarray(rows[i] * p, (rows[i] + 1) * p);
    const y = to.data.subarray(rows[i] * p, (rows[i] + 1) * p);
    let [xMean, yMean] = [0, 0];
    for (let j = 0; j < p; j++) {
      xMean += x[j];
      yMean += y[j];
    }
    xMean /= p;
    yMean /= p;
    let [xx, xy] = [0, 0];
    for (let j = 0; j < p; j++) {
      const d = x[j] - xMean;
      xx += d * d;
      xy += d * (y[j] - yMean);
    }
    const factor = xy / xx;
    const offset = yMean - factor * xMean;
    for (let j = 0; j < p; j += step) {
      const size = Math.abs(factor * x[j]) + Math.abs(offset);
      if (!(Math.abs(factor * x[j] + offset - y[j]) <= LARGEST_RESIDUAL * size)) return null;
    }
    factors[i] = factor;
    offsets[i] = offset;
  }
  return { factors, offsets };
}

/** Channels in which a row is compared. */
const CHECKED = 16;
const LARGEST_RESIDUAL = 1e-12;
