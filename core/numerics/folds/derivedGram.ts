import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import { even, type PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';
import type { RowAffine } from '#core/numerics/folds/rowAffine.ts';

/** What Gram matrices are derived from: X X' of spectra xᵢ less a spectrum c, which is one of them. */
export interface GramBase {
  readonly product: PlacedMatrix;
  /** N each: xᵢ'c and xᵢ'1, of the spectra less c. */
  readonly alongShift: Place;
  readonly sums: Place;
  /** c'c and c'1, and the number of channels. */
  readonly shiftSquares: number;
  readonly shiftSum: number;
  readonly cols: number;
  /** The row that c is. */
  readonly pivot: number;
}

/** Doubles that the two vectors of a base take. */
export const baseVectors = (n: number): number => 2 * (n + 8);

/** The vectors of a base, from the placed spectra. */
export function baseSums(x: PlacedMatrix, shift: Float64Array, base: GramBase, room: Arena): void {
  const { kernels: k } = room;
  const { rows: n, cols: p } = x;
  const pair = room.take(2 * p);
  const values = doublesAt(k, pair, 2 * p);
  for (let j = 0; j < p; j++) {
    values[2 * j] = shift[j];
    values[2 * j + 1] = 1;
  }
  const out = room.take(even(2) * n);
  k.forward(x.at, p, n, p, pair, 2, out, n);
  k.affine(1, 0, out, base.alongShift, n);
  k.affine(1, 0, out + n * 8, base.sums, n);
}

/**
 * The Gram matrix of aᵢ xᵢ + bᵢ 1, less what the row c becomes: with α and β the factors and offsets less those of that
 * row, the rows are aᵢ (xᵢ − c) + αᵢ c + βᵢ 1, so their products follow from those of the base in O(N²).
 *
 * @returns for each row the sum of the squared lengths of its three terms: what its rounding errors are relative to
 */
export function derivedGram(
  base: GramBase,
  { factors, offsets }: RowAffine,
  out: PlacedMatrix,
  room: Arena,
): Float64Array {
  const { kernels: k } = room;
  const n = out.rows;
  const { shiftSquares: cc, shiftSum: c1, cols: p, pivot } = base;
  const [m, s] = [doublesAt(k, base.alongShift, n), doublesAt(k, base.sums, n)];
  const [a, alpha, beta, rowA, rowB] = [room.take(n), room.take(n), room.take(n), room.take(n), room.take(n)];
  const view = (at: Place) => doublesAt(k, at, n);
  const [av, lv, bv, ra, rb] = [view(a), view(alpha), view(beta), view(rowA), view(rowB)];
  const diagonal = doublesAt(k, base.product.at, n * n);
  const sizes = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    av[i] = factors[i];
    lv[i] = factors[i] - factors[pivot];
    bv[i] = offsets[i] - offsets[pivot];
    ra[i] = av[i] * m[i] + lv[i] * cc + bv[i] * c1;
    rb[i] = av[i] * s[i] + lv[i] * c1 + bv[i] * p;
    sizes[i] = av[i] ** 2 * diagonal[i * n + i] + lv[i] ** 2 * cc + bv[i] ** 2 * p;
  }
  k.derive(base.product.at, n, 0, n, a, alpha, beta, base.alongShift, base.sums, rowA, rowB, out.at);
  return sizes;
}

/** Doubles of room for either of the two. */
export const derivedGramDoubles = (n: number, p: number): number => Math.max(2 * p + 2 * n, 5 * n) + 64;
