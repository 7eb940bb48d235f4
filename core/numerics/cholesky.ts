import { dot } from '#core/numerics/dot.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

/** A = L L' of a symmetric positive definite matrix. */
export interface Cholesky {
  /** n × n, lower triangle; zeros above. */
  readonly lower: Matrix;
  /** A⁻¹ b. */
  solve(b: Float64Array): Float64Array;
  /** A⁻¹, n × n. */
  inverse(): Matrix;
  /** log |A|. */
  readonly logDeterminant: number;
}

/** Factorises the lower triangle of A (n × n); null when A is not positive definite in double precision. */
export function cholesky(a: Matrix): Cholesky | null {
  const n = a.rows;
  const lower: Matrix = { rows: n, cols: n, data: new Float64Array(n * n) };
  const l = lower.data;
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    const row = l.subarray(i * n, i * n + i);
    for (let j = 0; j < i; j++)
      row[j] = (a.data[i * n + j] - dot(row.subarray(0, j), l.subarray(j * n, j * n + j))) / l[j * n + j];
    const square = a.data[i * n + i] - dot(row, row);
    if (!(square > 0)) return null;
    l[i * n + i] = Math.sqrt(square);
    logDeterminant += Math.log(square);
  }

  function solve(b: Float64Array): Float64Array {
    const z = b.slice();
    for (let i = 0; i < n; i++) z[i] = (z[i] - dot(rowOf(lower, i).subarray(0, i), z.subarray(0, i))) / l[i * n + i];
    for (let i = n - 1; i >= 0; i--) {
      z[i] /= l[i * n + i];
      for (let j = 0; j < i; j++) z[j] -= l[i * n + j] * z[i];
    }
    return z;
  }
  function inverse(): Matrix {
    // Row i holds column i of L⁻¹ from its diagonal on, so that all sums run along memory.
    const columns = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      const column = columns.subarray(i * n, (i + 1) * n);
      column[i] = 1 / l[i * n + i];
      for (let k = i + 1; k < n; k++)
        column[k] = -dot(l.subarray(k * n + i, k * n + k), column.subarray(i, k)) / l[k * n + k];
    }
    const out: Matrix = { rows: n, cols: n, data: new Float64Array(n * n) };
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        const value = dot(columns.subarray(i * n + i, (i + 1) * n), columns.subarray(j * n + i, (j + 1) * n));
        out.data[i * n + j] = value;
        out.data[j * n + i] = value;
      }
    return out;
  }
  return { lower, solve, inverse, logDeterminant };
}
