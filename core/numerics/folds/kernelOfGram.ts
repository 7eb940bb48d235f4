import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import { eachBlock, type PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';
import type { FoldScene } from '#core/numerics/folds/foldsAtOnce.ts';

/** A kernel as a function of what a Gram matrix tells of two rows. */
export type GramKernel =
  | {
      /** Of their squared distance, less a constant (which centring removes) so that near rows keep their digits. */
      readonly of: 'distance';
      value(squaredDistance: number): number;
      /** The most that it changes with the squared distance. */
      readonly slope: number;
    }
  | {
      readonly of: 'product';
      value(product: number): number;
      slope(product: number): number;
      /** Divided by √(k(x, x) k(z, z)). */
      readonly normalised: boolean;
    };

/** A kernel matrix in the kernels' memory, up to a constant that centring removes. */
export interface PlacedKernel {
  readonly matrix: PlacedMatrix;
  /** What the rounding errors of each row are relative to, as a squared length in the space of the kernel. */
  readonly sizes: Float64Array;
}

/**
 * k(xᵢ, xⱼ) of all pairs of rows from their Gram matrix. Null where the kernel needs to know where zero is (products) and
 * the spectra are not there to tell it.
 */
export function kernelOfGram(
  { x, product, sizes, shift }: FoldScene,
  kernel: GramKernel,
  room: Arena,
  cancel: CancelToken,
): PlacedKernel | null {
  if (product === null) return null;
  const { kernels: k } = room;
  const n = product.rows;
  const gram = doublesAt(k, product.at, n * n);
  const lengths = Float64Array.from({ length: n }, (_, i) => sizes?.[i] ?? gram[i * n + i]);
  const matrix = { at: room.take(n * n), rows: n, cols: n };
  const values = doublesAt(k, matrix.at, n * n);
  if (kernel.of === 'distance') {
    const { value, slope } = kernel;
    fill((at, i, j) => value(Math.max(0, gram[i * n + i] + gram[j * n + j] - 2 * gram[at])));
    return { matrix, sizes: lengths.map((length) => DISTANCE_TERMS * slope * length) };
  }
  if (x === null) return null;
  const { value, slope, normalised } = kernel;
  const along = doublesAt(k, alongShift(x, shift, room), n);
  const squares = shift.reduce((sum, value) => sum + value * value, 0);
  const raw = (at: number, i: number, j: number): number => gram[at] + along[i] + along[j] + squares;
  const own = Float64Array.from({ length: n }, (_, i) => value(raw(i * n + i, i, i)));
  const roots = own.map((self) => (normalised ? Math.sqrt(Math.max(self, SMALLEST_SELF)) : 1));
  fill((at, i, j) => value(raw(at, i, j)) / (roots[i] * roots[j]));
  return {
    matrix,
    sizes: own.map((self, i) => {
      const rounding = slope(raw(i * n + i, i, i)) * (raw(i * n + i, i, i) + lengths[i]);
      return (Math.abs(self) + rounding) / roots[i] ** 2;
    }),
  };

  function fill(element: (at: number, i: number, j: number) => number): void {
    for (let i = 0; i < n; i++) {
      if (i % ROWS_AT_ONCE === 0) cancel.check();
      for (let j = 0; j <= i; j++) values[i * n + j] = element(i * n + j, i, j);
    }
    k.mirror(matrix.at, n, 0, n);
  }
}

/** Doubles of room that `kernelOfGram` needs. */
export const kernelOfGramDoubles = (n: number, p: number): number => n * n + 2 * n + 2 * p + 64;

/** xᵢ'c of the spectra less c. */
function alongShift(x: PlacedMatrix, shift: Float64Array, room: Arena): Place {
  const { kernels: k } = room;
  const { rows: n, cols: p } = x;
  const pair = room.zeros(2 * p);
  const values = doublesAt(k, pair, 2 * p);
  shift.forEach((value, j) => (values[2 * j] = value));
  const out = room.take(2 * n);
  eachBlock(n, p, (from, rows) => {
    k.forward(x.at + from * p * 8, p, rows, p, pair, 2, out + from * 8, n);
  });
  return out;
}

/** Rounding of x·x + z·z − 2x·z, in lengths of a row. */
const DISTANCE_TERMS = 4;
const ROWS_AT_ONCE = 64;
/** As for the model itself. */
const SMALLEST_SELF = 1e-12;
