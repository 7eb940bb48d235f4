import { kernelValue, type KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

/** Columns of a kernel matrix on demand. */
export interface KernelColumns {
  /** K(·, i), length n. */
  column(i: number): Float64Array;
  readonly diagonal: Float64Array;
}

/**
 * Kernel columns that are computed when they are first asked for and kept, the last used ones up to `megabytes`, so that
 * large training sets fit into memory.
 */
export function kernelColumns(spec: KernelSpec, x: Matrix, megabytes: number): KernelColumns {
  const kept = new Map<number, Float64Array>();
  const room = Math.max(2, Math.floor((megabytes * 2 ** 20) / (8 * x.rows)));
  return {
    column(i) {
      const known = kept.get(i);
      if (known && kept.size < room) return known; // nothing is ever dropped: the order does not matter
      const row = rowOf(x, i);
      const column = known ?? Float64Array.from({ length: x.rows }, (_, k) => kernelValue(spec, rowOf(x, k), row));
      kept.delete(i);
      kept.set(i, column);
      const [oldest] = kept.keys();
      if (kept.size > room && oldest !== undefined) kept.delete(oldest);
      return column;
    },
    diagonal: Float64Array.from({ length: x.rows }, (_, k) => kernelValue(spec, rowOf(x, k), rowOf(x, k))),
  };
}
