import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

/** A distance ‖W (x − c)‖: Mahalanobis distances, Hotelling's T² and leverages are all of this form. */
export interface WhitenedForm {
  /** c, length p. */
  readonly centre: Float64Array;
  /** W, k × p, row by row. */
  readonly axes: Float64Array;
}

/** The squared distance of each row; NaN for a row with a missing value. */
export function whitenedDistances(x: Matrix, { centre, axes }: WhitenedForm): Float64Array {
  const p = centre.length;
  return Float64Array.from({ length: x.rows }, (_, i) => {
    const deviation = rowOf(x, i).map((value, j) => value - centre[j]);
    let squared = deviation.every(Number.isFinite) ? 0 : NaN;
    for (let at = 0; at < axes.length; at += p) {
      let score = 0;
      for (let j = 0; j < p; j++) score += axes[at + j] * deviation[j];
      squared += score * score;
    }
    return squared;
  });
}

/** W from its rows. */
export function stackedAxes(rows: readonly Float64Array[]): Float64Array {
  const p = rows[0]?.length ?? 0;
  const axes = new Float64Array(rows.length * p);
  rows.forEach((row, k) => axes.set(row, k * p));
  return axes;
}

/** One byte a value: 1 where it is at most `limit`. NaN is above every limit. */
export const withinLimit = (values: Float64Array, limit: number): Uint8Array =>
  Uint8Array.from(values, (value) => (value <= limit ? 1 : 0));
