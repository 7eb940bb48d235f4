import type { CancelToken } from '#core/base/cancellation.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * The first `count` rows chosen by Kennard & Stone: the two that lie farthest apart, then always the row whose nearest
 * chosen row is farthest away (Euclidean; ties go to the earlier row). Keeps no distance matrix: memory is O(n).
 *
 * Distances to the centroid skip most of the work exactly: |d(i) − d(j)| ≤ d(i, j) ≤ d(i) + d(j), and a sum of squares
 * is abandoned once it exceeds the distance that it would have to beat.
 *
 * @param x n × p, n ≥ 2
 * @param count 2 … n
 */
export function maximinOrder(x: Matrix, count: number, cancel: CancelToken): Int32Array {
  const toCentre = centroidDistances(x);
  const chosen = new Int32Array(count);
  const nearest = new Float64Array(x.rows).fill(Infinity); // squared
  const [first, second] = farthestPair(x, toCentre, cancel);
  chosen[0] = first;
  chosen[1] = second;
  nearest[first] = nearest[second] = TAKEN;
  narrow(x, toCentre, nearest, first);
  for (let k = 2; k < count; k++) {
    cancel.check();
    narrow(x, toCentre, nearest, chosen[k - 1]);
    let best = -1;
    for (let i = 0; i < x.rows; i++) if (nearest[i] !== TAKEN && (best < 0 || nearest[i] > nearest[best])) best = i;
    chosen[k] = best;
    nearest[best] = TAKEN;
  }
  return chosen;
}

/** Lowers the squared distance of every open row to the chosen ones by a newly chosen row. */
function narrow(x: Matrix, toCentre: Float64Array, nearest: Float64Array, added: number): void {
  for (let i = 0; i < x.rows; i++) {
    const known = nearest[i];
    if (known === TAKEN) continue;
    const gap = Math.abs(toCentre[i] - toCentre[added]) * SAFE;
    if (gap * gap < known) nearest[i] = Math.min(known, squaredDistance(x, i, added, known));
  }
}

/** Rows by decreasing distance from the centroid: once two cannot beat the best pair, no later ones can. */
function farthestPair(x: Matrix, toCentre: Float64Array, cancel: CancelToken): [number, number] {
  const order = Int32Array.from(toCentre.keys()).sort((i, j) => toCentre[j] - toCentre[i] || i - j);
  let best = -1;
  let pair: [number, number] = [0, 1];
  for (let a = 0; a < order.length; a++) {
    cancel.check();
    for (let b = a + 1; b < order.length; b++) {
      const reach = (toCentre[order[a]] + toCentre[order[b]]) / SAFE;
      if (reach * reach < best) {
        if (b === a + 1) return pair;
        break;
      }
      const i = Math.min(order[a], order[b]);
      const j = Math.max(order[a], order[b]);
      const d = squaredDistance(x, i, j, Infinity);
      if (d > best || (d === best && (i < pair[0] || (i === pair[0] && j < pair[1])))) {
        best = d;
        pair = [i, j];
      }
    }
  }
  return pair;
}

function centroidDistances(x: Matrix): Float64Array {
  const means = columnMeans(x);
  const out = new Float64Array(x.rows);
  for (let i = 0, at = 0; i < x.rows; i++) {
    let sum = 0;
    for (let j = 0; j < x.cols; j++, at++) sum += (x.data[at] - means[j]) ** 2;
    out[i] = Math.sqrt(sum);
  }
  return out;
}

/** Squared distance of two rows, or anything above `limit` as soon as it exceeds that. */
function squaredDistance({ cols, data }: Matrix, i: number, k: number, limit: number): number {
  const a = i * cols;
  const b = k * cols;
  let sum = 0;
  for (let start = 0; start < cols && !(sum > limit); start += BLOCK) {
    const end = Math.min(start + BLOCK, cols);
    for (let j = start; j < end; j++) {
      const d = data[a + j] - data[b + j];
      sum += d * d;
    }
  }
  return sum;
}

/** Marks a chosen row; no squared distance is negative. */
const TAKEN = -1;
/** Keeps the bounds valid under rounding. */
const SAFE = 1 - 1e-9;
/** Channels between two looks at the limit. */
const BLOCK = 64;
