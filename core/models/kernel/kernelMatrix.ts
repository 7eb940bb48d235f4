import type { CancelToken } from '#core/base/cancellation.ts';
import { kernelValue, type KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';

/** k(xᵢ, xⱼ) of all pairs of rows: n × n, symmetric. */
export function kernelMatrix(spec: KernelSpec, x: Matrix, cancel: CancelToken): Matrix {
  const n = x.rows;
  const k = zeros(n, n);
  for (let i = 0; i < n; i++) {
    cancel.check();
    const row = rowOf(x, i);
    for (let j = 0; j <= i; j++) {
      const value = kernelValue(spec, row, rowOf(x, j));
      k.data[i * n + j] = value;
      k.data[j * n + i] = value;
    }
  }
  return k;
}
