import { columnMeans } from '#core/numerics/columnMeans.ts';
import { columnOf, type Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';

/** F of the regression of the target on each channel alone, r² (n − 2) / (1 − r²); length p. 0 for a constant channel. */
export function regressionScores(x: Matrix, y: Float64Array): Float64Array {
  const middle = mean(y);
  const target = y.map((value) => value - middle);
  const targetSquares = target.reduce((sum, value) => sum + value * value, 0);
  const means = columnMeans(x);
  return means.map((centre, j) => {
    let product = 0;
    let squares = 0;
    for (let i = 0; i < x.rows; i++) {
      const value = x.data[i * x.cols + j] - centre;
      product += value * target[i];
      squares += value * value;
    }
    if (squares === 0 || targetSquares === 0) return 0;
    const r2 = (product / Math.sqrt(squares * targetSquares)) ** 2;
    return r2 >= 1 ? Number.MAX_VALUE : (r2 / (1 - r2)) * (x.rows - 2);
  });
}

/**
 * F of the one-way analysis of variance of each channel over the classes (distinct values of y); length p. A channel
 * that is constant within all classes has the largest score, a constant channel the smallest.
 */
export function classificationScores(x: Matrix, y: Float64Array): Float64Array {
  const classes = [...new Set(y)];
  const codes = Int32Array.from(y, (value) => classes.indexOf(value));
  return Float64Array.from({ length: x.cols }, (_, j) => {
    const values = columnOf(x, j);
    const overall = mean(values);
    const sums = new Float64Array(classes.length);
    const counts = new Float64Array(classes.length);
    values.forEach((value, i) => {
      sums[codes[i]] += value - overall;
      counts[codes[i]] += 1;
    });
    const centres = sums.map((sum, k) => sum / counts[k]);
    let within = 0;
    values.forEach((value, i) => (within += (value - overall - centres[codes[i]]) ** 2));
    const between = centres.reduce((sum, centre, k) => sum + counts[k] * centre * centre, 0);
    if (within === 0) return between === 0 ? -Number.MAX_VALUE : Number.MAX_VALUE;
    return between / (classes.length - 1) / (within / (x.rows - classes.length));
  });
}
