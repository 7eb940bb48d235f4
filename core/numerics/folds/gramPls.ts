import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import {
  columnDoubles,
  eachBlock,
  even,
  placeColumns,
  type FoldColumn,
  type FoldPredictions,
  type PlacedMatrix,
} from '#core/numerics/folds/foldColumns.ts';
import { hasAllDigits } from '#core/numerics/hasAllDigits.ts';
import { leadingDirection } from '#core/numerics/folds/leadingDirection.ts';

/**
 * Partial least squares of all folds at once from one Gram matrix G = X X' (N × N) of all rows, in the space of the
 * scores: with u = w ∘ (y − ȳ − what is explained) on the training rows, the next score of a fold is t ∝ G u, centred
 * by the mean of the fold's training rows and made orthogonal to its earlier scores. This is PLS, since the weight
 * vector is X'u; rows that do not train ride along, so their predictions need no model. With several responses the
 * direction among them is the leading eigenvector of u'Gu (PLS2 with the exact first singular vector of X'Y).
 *
 * G squares the condition of X. A fold in which rounding may show, or whose rank is at an end, is null:
 * it has to be computed from X.
 *
 * @param g of spectra from which any one vector was subtracted (conditioning); exact centring happens here
 * @param sizes squared length to which the rounding errors of each row's products are relative; null: the row's own
 */
export function gramPls(
  g: PlacedMatrix,
  columns: readonly FoldColumn[],
  components: number,
  sizes: Float64Array | null,
  room: Arena,
  cancel: CancelToken,
): (FoldPredictions | null)[] {
  const { kernels: k } = room;
  const n = g.rows;
  const bytes = n * 8;
  const placed = placeColumns(columns, n, false, room);
  const { count, responses, weights, totals, means, targets } = placed;
  const wide = even(count * responses);
  const interleaved = room.take(n * wide);
  const s = room.take(wide * n);
  const scores = room.take(count * components * n);
  const fitted = room.zeros(count * responses * n);
  const weighted = room.take(n);
  const diagonal = doublesAt(k, g.at, n * n);
  const alive = columns.map(() => true);
  const out = columns.map(() => new Float64Array(components * responses * n));
  const trace = columns.map((_, c) => {
    const w = doublesAt(k, weights + c * bytes, n);
    return w.reduce((sum, weight, i) => sum + weight * (sizes?.[i] ?? diagonal[i * n + i]), 0);
  });

  for (let a = 0; a < components; a++) {
    k.interleave(targets, count * responses, n, interleaved, wide);
    eachBlock(n, n, (from, rows) => {
      cancel.check();
      k.forward(g.at + from * bytes, n, rows, n, interleaved, wide, s + from * 8, n);
    });
    for (let c = 0; c < count; c++) if (alive[c]) alive[c] = component(c, a);
  }
  return out.map((values, c) => (alive[c] ? { values } : null));

  /** The next score of one fold; false when it cannot be computed well enough. */
  function component(c: number, a: number): boolean {
    const w = weights + c * bytes;
    const u = targets + c * responses * bytes;
    const raw = s + c * responses * bytes;
    const basis = scores + c * components * bytes;
    const t = basis + a * bytes;
    for (let m = 0; m < responses; m++) {
      const at = raw + m * bytes;
      k.affine(1, -k.dot(w, at, n) / totals[c], at, at, n);
    }
    combine(u, raw, t);
    k.orthogonalise(basis, a, w, t, n);
    const length = Math.sqrt(k.weightedDot(w, t, t, n));
    const left = Math.sqrt(k.dot(u, u, responses * n));
    if (!(Number.EPSILON * trace[c] * left < LARGEST_ERROR * length) || !hasAllDigits(length ** 2)) return false;
    k.affine(1 / length, 0, t, t, n);
    k.multiply(w, t, weighted, n);
    for (let m = 0; m < responses; m++) {
      const at = (c * responses + m) * bytes;
      const q = k.dot(u + m * bytes, t, n);
      k.addScaled(q, t, fitted + at, n);
      k.addScaled(-q, weighted, u + m * bytes, n);
      const from = (a * responses + m) * n;
      const mean = means[c][m];
      const f = doublesAt(k, fitted + at, n);
      for (let i = 0; i < n; i++) out[c][from + i] = mean + f[i];
    }
    return true;
  }

  /** The direction among the responses, and the score along it. */
  function combine(u: Place, raw: Place, t: Place): void {
    const products = new Float64Array(responses * responses);
    if (responses > 1)
      for (let i = 0; i < responses; i++)
        for (let j = 0; j < responses; j++) products[i * responses + j] = k.dot(u + i * bytes, raw + j * bytes, n);
    const direction = leadingDirection(products, responses);
    k.affine(direction[0], 0, raw, t, n);
    for (let m = 1; m < responses; m++) k.addScaled(direction[m], raw + m * bytes, t, n);
  }
}

/** Doubles of room that `gramPls` needs. */
export const gramPlsDoubles = (count: number, rows: number, responses: number, components: number): number =>
  columnDoubles(count, rows, responses) +
  (2 * even(count * responses) + count * (responses + components) + 1) * rows +
  64 * (count + 8);

/**
 * Largest relative error of a score that is accepted. On seven sets of real spectra, raw and preprocessed, RMSECV was
 * off by at most a tenth of it, since late components explain little.
 */
const LARGEST_ERROR = 5e-8;
