import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import { eachBlock, even, type PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';

/** Passes over the spectra X (N × p) for several vectors at once, one a fold that is still computed. */
export interface NarrowPasses {
  /** What X or X' is multiplied with, vector behind vector: of length p for `forward`, N for `backward`. */
  readonly vectors: Place;
  /** What comes out, the same way: of length N from `forward`, p from `backward`. */
  readonly images: Place;
  /** X v for the first `count` vectors. */
  forward(count: number): void;
  /** X'u for the first `count` vectors. */
  backward(count: number): void;
}

/** @param most vectors that one pass is asked for at most; a vector's numbers do not depend on the others */
export function narrowPasses(x: PlacedMatrix, most: number, room: Arena, cancel: CancelToken): NarrowPasses {
  const { kernels: k } = room;
  const { rows: n, cols: p } = x;
  const wide = even(most);
  const vectors = room.take(most * Math.max(n, p));
  const interleaved = room.take(wide * p);
  const images = room.take(wide * Math.max(n, p));
  return {
    vectors,
    images,
    forward(count) {
      k.interleave(vectors, count, p, interleaved, even(count));
      eachBlock(n, p, (from, rows) => {
        cancel.check();
        k.forward(x.at + from * p * 8, p, rows, p, interleaved, even(count), images + from * 8, n);
      });
    },
    backward(count) {
      doublesAt(k, images, count * p).fill(0);
      eachBlock(n, p, (from, rows) => {
        cancel.check();
        k.backward(x.at + from * p * 8, p, rows, p, vectors + from * 8, n, count, images, p);
      });
    },
  };
}

/** Doubles of room that `narrowPasses` takes. */
export const narrowDoubles = (most: number, { rows, cols }: Pick<PlacedMatrix, 'rows' | 'cols'>): number =>
  most * Math.max(rows, cols) + even(most) * (cols + Math.max(rows, cols)) + 8;
