import type { CancelToken } from '#core/base/cancellation.ts';
import { farthest, lowerInto } from '#core/splitters/maximinOfPairs.ts';
import { numpyOrder } from '#core/splitters/numpyOrder.ts';
import type { PairDistances } from '#core/splitters/pairDistances.ts';

/**
 * Deals samples out to folds so that each fold covers the space: the k samples with the largest mean distance start one
 * fold each, then the folds in turn take the open sample that lies farthest from their own, until all have their share
 * (nirs4all's `SPXYFold`).
 *
 * @returns sample numbers of each fold, in the order chosen
 */
export function spreadFolds(distances: PairDistances, folds: number, cancel: CancelToken): number[][] {
  const { n, at } = distances;
  const means = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += at(i, k);
    return sum / n;
  });
  // As many folds as samples: one each, in order.
  const starts = folds >= n ? Int32Array.from(means.keys()) : numpyOrder(means).slice(-folds);
  const chosen = Array.from(starts, (start) => [start]);
  const open = new Set(means.keys());
  for (const start of starts) open.delete(start);
  const nearest = chosen.map((start) => {
    const distance = new Float64Array(n).fill(Infinity);
    lowerInto(distances, open, start, distance);
    return distance;
  });
  const most = Math.ceil(n / folds);
  while (open.size > 0)
    for (let fold = 0; fold < folds && open.size > 0; fold++) {
      cancel.check();
      if (chosen[fold].length >= most) continue;
      const next = farthest(open, nearest[fold]);
      open.delete(next);
      chosen[fold].push(next);
      lowerInto(distances, open, [next], nearest[fold]);
    }
  return chosen;
}
