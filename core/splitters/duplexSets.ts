import type { CancelToken } from '#core/base/cancellation.ts';
import { farthest, farthestPair, lowerInto } from '#core/splitters/maximinOfPairs.ts';
import type { PairDistances } from '#core/splitters/pairDistances.ts';

/** Samples of the two sets, in the order chosen. */
export interface DuplexSets {
  readonly train: number[];
  readonly validation: number[];
}

/**
 * Snee's DUPLEX: the two samples farthest apart train, the two farthest apart among the others validate; then training
 * and validation in turn take the open sample that lies farthest from their own, until both have `count`.
 *
 * @param count 1 … n / 2; with 1, the first sample of each pair
 */
export function duplexSets(distances: PairDistances, count: number, cancel: CancelToken): DuplexSets {
  const open = new Set(Array.from({ length: distances.n }, (_, i) => i));
  const train = farthestPair(distances, open);
  for (const row of train) open.delete(row);
  return continueDuplex(distances, { train, validation: farthestPair(distances, open) }, count, cancel);
}

/** The turns that follow the first two pairs. */
export function continueDuplex(
  distances: PairDistances,
  pairs: DuplexSets,
  count: number,
  cancel: CancelToken,
): DuplexSets {
  const open = new Set(Array.from({ length: distances.n }, (_, i) => i));
  for (const row of [...pairs.train, ...pairs.validation]) open.delete(row);
  const sets = [pairs.train, pairs.validation].map((pair) => {
    const nearest = new Float64Array(distances.n).fill(Infinity);
    lowerInto(distances, open, pair, nearest);
    return { chosen: [...pair], nearest };
  });
  while (sets[0].chosen.length < count)
    for (const { chosen, nearest } of sets) {
      cancel.check();
      const next = farthest(open, nearest);
      open.delete(next);
      chosen.push(next);
      lowerInto(distances, open, [next], nearest);
    }
  return { train: sets[0].chosen.slice(0, count), validation: sets[1].chosen.slice(0, count) };
}
