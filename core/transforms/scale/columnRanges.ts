import type { Matrix } from '#core/numerics/matrix.ts';

/** The least value of each column and the distance to its greatest; a constant column has range 1, as in scikit-learn. */
export function columnRanges(x: Matrix): { least: Float64Array; range: Float64Array } {
  const least = x.data.slice(0, x.cols);
  const greatest = least.slice();
  for (let i = 0, at = 0; i < x.rows; i++)
    for (let j = 0; j < x.cols; j++, at++) {
      if (x.data[at] < least[j]) least[j] = x.data[at];
      if (x.data[at] > greatest[j]) greatest[j] = x.data[at];
    }
  return { least, range: least.map((value, j) => (greatest[j] > value ? greatest[j] - value : 1)) };
}
