import type { CancelToken } from '#core/base/cancellation.ts';
import type { PairDistances } from '#core/splitters/pairDistances.ts';

/**
 * The first `count` samples by Kennard & Stone's rule on any distances: the two that lie farthest apart, then always the
 * one whose nearest chosen sample is farthest away. Ties go to the earlier sample.
 *
 * @param count 1 … n
 */
export function maximinOfPairs(distances: PairDistances, count: number, cancel: CancelToken): number[] {
  const open = new Set(Array.from({ length: distances.n }, (_, i) => i));
  const chosen = farthestPair(distances, open);
  const nearest = new Float64Array(distances.n).fill(Infinity);
  let added: readonly number[] = chosen;
  for (const i of chosen) open.delete(i);
  while (chosen.length < count) {
    cancel.check();
    lowerInto(distances, open, added, nearest);
    const next = farthest(open, nearest);
    open.delete(next);
    chosen.push(next);
    added = [next];
  }
  return chosen.slice(0, count);
}

/** The two open samples farthest apart; the earliest such pair. */
export function farthestPair({ at }: PairDistances, open: ReadonlySet<number>): [number, number] {
  const rows = [...open];
  let pair: [number, number] = [rows[0], rows[1]];
  let largest = -1;
  for (let a = 0; a < rows.length; a++)
    for (let b = a + 1; b < rows.length; b++) {
      const d = at(rows[a], rows[b]);
      if (d > largest) [largest, pair] = [d, [rows[a], rows[b]]];
    }
  return pair;
}

/** Lowers each open sample's distance to the nearest chosen one by newly chosen ones. */
export function lowerInto(
  { at }: PairDistances,
  open: Iterable<number>,
  added: readonly number[],
  nearest: Float64Array,
): void {
  for (const i of open) for (const k of added) nearest[i] = Math.min(nearest[i], at(i, k));
}

/** The open sample with the largest value; the earliest among equals. */
export function farthest(open: Iterable<number>, nearest: Float64Array): number {
  let best = -1;
  for (const i of open) if (best < 0 || nearest[i] > nearest[best]) best = i;
  return best;
}
