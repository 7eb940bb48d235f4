import type { CancelToken } from '#core/base/cancellation.ts';
import { doublesAt, type AnyKernels, type Kernels, type Place } from '#core/kernels/kernels.ts';
import type { PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** Rows of spectra that are to be placed: blocks of channels side by side, and which rows of each, in order. */
export interface SpectraSource {
  readonly blocks: readonly Matrix[];
  readonly rows: Int32Array;
}

/**
 * The row whose spectrum is subtracted from all spectra for the sake of precision: of five training rows the one nearest
 * to the others. Every result is the same without it but for rounding, since folds are centred exactly. A spectrum and no
 * mean, so that a wild sample neither spoils the precision nor moves the last bits of folds that do not train on it.
 */
export function pivotRow({ blocks }: Pick<SpectraSource, 'blocks'>, training: Int32Array): number {
  const candidates = Array.from({ length: 5 }, (_, i) => training[Math.floor(((i + 1) * training.length) / 6)]);
  const spectra = candidates.map((row) => spectrumOf({ blocks }, row));
  const distances = spectra.map((one) => {
    const own = spectra.map((other) => one.reduce((sum, value, j) => sum + (value - other[j]) ** 2, 0));
    return own.toSorted((a, b) => a - b)[2]; // the first is its own
  });
  return candidates[distances.reduce((best, distance, i) => (distance < distances[best] ? i : best), 0)];
}

/** All blocks of one row of the dataset, side by side. */
export function spectrumOf({ blocks }: Pick<SpectraSource, 'blocks'>, row: number): Float64Array {
  const out = new Float64Array(blocks.reduce((sum, { cols }) => sum + cols, 0));
  let at = 0;
  for (const { cols, data } of blocks) {
    out.set(data.subarray(row * cols, (row + 1) * cols), at);
    at += cols;
  }
  return out;
}

/**
 * Copies rows `from` … `to` of the source to their place in the kernels' memory, less the shift. False when a value is
 * not finite: then the products would carry it to other rows.
 *
 * @param shift length p, in the kernels' memory
 */
export function placeRows(
  kernels: Kernels,
  source: SpectraSource,
  x: PlacedMatrix,
  shift: Place,
  [from, to]: readonly [number, number],
  cancel: CancelToken,
): boolean {
  const p = x.cols;
  const out = doublesAt(kernels, x.at, x.rows * p);
  const size = Math.max(1, Math.floor(BLOCK_DOUBLES / p));
  for (let start = from; start < to; start += size) {
    cancel.check();
    const end = Math.min(to, start + size);
    copyRows(source, out, p, start, end);
    const at = x.at + start * p * 8;
    kernels.subtractRow(at, end - start, p, shift);
    // A sum is finite only when all of its values are (or it overflows, which is as bad).
    if (!Number.isFinite(kernels.sum(at, (end - start) * p))) return false;
  }
  return true;
}

const BLOCK_DOUBLES = 1 << 16;

function copyRows({ blocks, rows }: SpectraSource, out: Float64Array, p: number, start: number, end: number): void {
  const [only] = blocks;
  for (let i = start; i < end;) {
    // Rows that follow each other in the source too are copied together.
    let next = i + 1;
    while (blocks.length === 1 && next < end && rows[next] === rows[next - 1] + 1) next++;
    if (blocks.length === 1) out.set(only.data.subarray(rows[i] * p, (rows[i] + next - i) * p), i * p);
    else {
      let at = i * p;
      for (const { cols, data } of blocks) {
        out.set(data.subarray(rows[i] * cols, (rows[i] + 1) * cols), at);
        at += cols;
      }
    }
    i = next;
  }
}

/** Edge of the square tiles in which symmetric products are made. */
const TILE = 96;
/** Doubles of room that one thread needs for packed blocks of two tiles. */
export const TILE_ROOM = 2 * TILE * 256;

/** Number of tiles of the lower triangle of a symmetric n × n product. */
export function tileCount(n: number): number {
  const edge = Math.ceil(n / TILE);
  return (edge * (edge + 1)) / 2;
}

/**
 * Tiles of a symmetric product, the Gram matrix X X' or (`byColumns`) the cross-product X'X, as long as `next` hands out
 * numbers below `tileCount`. Several threads may share the work: a tile's numbers do not depend on who makes it.
 */
export function symmetricTiles(
  kernels: AnyKernels,
  x: PlacedMatrix,
  product: PlacedMatrix,
  byColumns: boolean,
  room: Place,
  next: () => number,
  cancel: CancelToken,
): void {
  const n = product.rows;
  const count = tileCount(n);
  const depth = byColumns ? x.rows : x.cols;
  for (let number = next(); number < count; number = next()) {
    cancel.check();
    // The last rows of the triangle are the longest: tiles are numbered row by row.
    const row = Math.floor((Math.sqrt(8 * number + 1) - 1) / 2);
    const a0 = row * TILE;
    const b0 = (number - (row * (row + 1)) / 2) * TILE;
    const an = Math.min(TILE, n - a0);
    const bn = Math.min(TILE, n - b0);
    kernels.tile(x.at, x.cols, x.at, x.cols, depth, a0, an, b0, bn, byColumns, product.at, n, room);
    if (a0 !== b0) kernels.transpose(product.at, n, a0, an, b0, bn);
    else kernels.mirror(product.at, n, a0, a0 + an);
  }
}
