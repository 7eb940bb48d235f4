import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** ‖xᵢ − xⱼ‖² of all pairs of rows: n × n, from the differences, so that near rows keep their digits. */
export function squaredDistances(x: Matrix): Matrix {
  const { rows: n, cols: p, data } = x;
  const out = zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < p; k++) {
        const d = data[i * p + k] - data[j * p + k];
        sum += d * d;
      }
      out.data[i * n + j] = sum;
      out.data[j * n + i] = sum;
    }
  return out;
}
