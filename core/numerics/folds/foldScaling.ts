import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import { eachBlock, type PlacedColumns, type PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';

export interface FoldScaling {
  /** C × p: (weighted) means of the training rows, of the spectra as they were placed. */
  readonly centre: Place;
  /** C × p: 1 / standard deviation (ddof 1), or null without scaling. Channels that are constant up to rounding get 1. */
  readonly inverse: Place | null;
  /** Length of each fold's centred (and scaled) training spectra, as one vector. */
  readonly lengths: readonly number[];
}

/** Means and deviations of the channels in every fold, from two passes over the spectra. */
export function foldScaling(
  x: PlacedMatrix,
  { count, rows, weights, totals }: PlacedColumns,
  scale: boolean,
  shift: Float64Array,
  room: Arena,
  cancel: CancelToken,
): FoldScaling {
  const { kernels: k } = room;
  const p = x.cols;
  const centre = room.zeros(count * p);
  const squares = room.zeros(count * p);
  eachBlock(rows, p, (from, block) => {
    cancel.check();
    k.backward(x.at + from * p * 8, p, block, p, weights + from * 8, rows, count, centre, p);
  });
  for (let c = 0; c < count; c++) k.affine(1 / totals[c], 0, centre + c * p * 8, centre + c * p * 8, p);
  eachBlock(rows, p, (from, block) => {
    cancel.check();
    for (let c = 0; c < count; c++) {
      const own = c * p * 8;
      const w = weights + (c * rows + from) * 8;
      k.squaresAbout(x.at + from * p * 8, p, block, p, w, centre + own, squares + own);
    }
  });
  const lengths: number[] = [];
  for (let c = 0; c < count; c++) {
    const own = doublesAt(k, squares + c * p * 8, p);
    const means = doublesAt(k, centre + c * p * 8, p);
    const total = totals[c];
    if (scale)
      for (let j = 0; j < p; j++) {
        const rounding = total * Math.abs(means[j] + shift[j]) * Number.EPSILON;
        const spread = own[j] / total;
        own[j] = total > 1 && spread > rounding * rounding ? 1 / Math.sqrt(own[j] / (total - 1)) : 1;
      }
    lengths.push(Math.sqrt(scale ? p * total : own.reduce((sum, value) => sum + value, 0)));
  }
  return { centre, inverse: scale ? squares : null, lengths };
}
