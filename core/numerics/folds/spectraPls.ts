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
import { foldScaling } from '#core/numerics/folds/foldScaling.ts';
import { hasAllDigits } from '#core/numerics/hasAllDigits.ts';
import { leadingDirection } from '#core/numerics/folds/leadingDirection.ts';

export interface SpectraPlsSettings {
  readonly components: number;
  /** Divide channels (and, of several, responses) by their standard deviation (ddof 1) in each fold. */
  readonly scale: boolean;
  /** What was subtracted from the spectra when they were placed; length p. */
  readonly shift: Float64Array;
  /**
   * X'X (p × p) over the rows that `base` names: then loadings come from it, corrected by the rows that do not train,
   * and a component reads the spectra once less. Null: from the spectra.
   */
  readonly crossProduct: { readonly matrix: PlacedMatrix; readonly base: Int32Array } | null;
}

/**
 * Partial least squares of all folds at once from the spectra: improved kernel PLS, algorithm 1 (with `crossProduct`:
 * algorithm 2) of Dayal & MacGregor (1997), J. Chemometrics 11, 73–85, with the folds as columns of narrow products.
 * Symbols as in the paper. No fold has a matrix of its own: centring and scaling are carried out on vectors. Scores of
 * rows that do not train come with the others, so their predictions need no model.
 *
 * A fold whose data do not have the rank for all components is null: whoever fits it by itself finds out how many
 * there are. With `crossProduct` it is also null where rounding may show.
 */
export function spectraPls(
  x: PlacedMatrix,
  columns: readonly FoldColumn[],
  settings: SpectraPlsSettings,
  room: Arena,
  cancel: CancelToken,
): (FoldPredictions | null)[] {
  const { kernels: k } = room;
  const { components, scale, crossProduct } = settings;
  const { rows: n, cols: p } = x;
  const [nBytes, pBytes] = [n * 8, p * 8];
  const placed = placeColumns(columns, n, scale && (columns[0]?.responses.length ?? 0) > 1, room);
  const { count, responses, weights, totals, means, scales, targets } = placed;
  const wide = even(count);
  const { centre, inverse, lengths } = foldScaling(x, placed, scale, settings.shift, room, cancel);

  const xy = room.zeros(count * responses * p);
  eachBlock(n, p, (from, rows) => {
    cancel.check();
    k.backward(x.at + from * pBytes, p, rows, p, targets + from * 8, n, count * responses, xy, p);
  });
  const R = room.take(count * components * p);
  const P = room.zeros(count * components * p);
  const directions = room.take(count * p);
  const interleaved = room.take(p * wide);
  const t = room.take(wide * n);
  const weighted = room.take(count * n);
  const products = crossProduct === null ? 0 : room.take(wide * p);
  const fitted = room.zeros(count * responses * n);
  const squares = columns.map((): number[] => []);
  const offsets = new Float64Array(count);
  const alive = columns.map(() => true);
  const out = columns.map(() => new Float64Array(components * responses * n));
  const first = columns.map((_, c) => {
    for (let m = 0; m < responses; m++) {
      const at = xy + (c * responses + m) * pBytes;
      k.addScaled(-k.sum(targets + (c * responses + m) * nBytes, n), centre + c * pBytes, at, p);
      if (inverse !== null) k.multiply(at, inverse + c * pBytes, at, p);
    }
    return norm(xy + c * responses * pBytes, responses * p);
  });

  const sizes =
    crossProduct === null ? null : columns.map((_, c) => Math.max(lengths[c] ** 2, ownTrace(c, crossProduct)));

  for (let a = 0; a < components; a++) {
    for (let c = 0; c < count; c++) direction(c, a);
    k.interleave(directions, count, p, interleaved, wide);
    if (crossProduct === null) fromSpectra(a);
    else fromCrossProduct(a, crossProduct);
    for (let c = 0; c < count; c++) if (alive[c]) alive[c] = component(c, a);
  }
  return out.map((values, c) => (alive[c] ? { values } : null));

  /** Of X'X in the fold's scale, with the base rows that do not train in it: rounding errors are relative to all of them. */
  function ownTrace(c: number, { matrix }: NonNullable<SpectraPlsSettings['crossProduct']>): number {
    const squares = doublesAt(k, matrix.at, p * p);
    const own = inverse === null ? null : doublesAt(k, inverse + c * pBytes, p);
    let trace = 0;
    for (let j = 0; j < p; j++) trace += squares[j * p + j] * (own === null ? 1 : own[j] ** 2);
    return trace;
  }

  function norm(at: Place, length: number): number {
    return Math.sqrt(k.dot(at, at, length));
  }

  /** Steps 2 and 3: w, then r, so that t = X r without deflating X. */
  function direction(c: number, a: number): void {
    const own = xy + c * responses * pBytes;
    const along = directions + c * pBytes;
    const products = new Float64Array(responses * responses);
    if (responses > 1)
      for (let i = 0; i < responses; i++)
        for (let j = 0; j < responses; j++) products[i * responses + j] = k.dot(own + i * pBytes, own + j * pBytes, p);
    const mix = leadingDirection(products, responses);
    k.affine(mix[0], 0, own, along, p);
    for (let m = 1; m < responses; m++) k.addScaled(mix[m], own + m * pBytes, along, p);
    const length = norm(along, p);
    if (!(length > SMALLEST_WEIGHT * first[c]) || !hasAllDigits(length ** 2)) alive[c] = false;
    if (!alive[c]) {
      doublesAt(k, along, p).fill(0);
      return;
    }
    k.affine(1 / length, 0, along, along, p);
    const r = R + (c * components + a) * pBytes;
    k.affine(1, 0, along, r, p);
    k.projectOut(P + c * components * pBytes, R + c * components * pBytes, a, along, r, p);
    if (inverse === null) k.affine(1, 0, r, along, p);
    else k.multiply(r, inverse + c * pBytes, along, p);
    offsets[c] = k.dot(centre + c * pBytes, along, p);
  }

  /** Step 4: scores and loadings in one pass over the spectra. */
  function fromSpectra(a: number): void {
    eachBlock(n, p, (from, rows) => {
      cancel.check();
      const block = x.at + from * pBytes;
      k.forward(block, p, rows, p, interleaved, wide, t + from * 8, n);
      for (let c = 0; c < count; c++) {
        const at = c * nBytes + from * 8;
        k.affine(1, -offsets[c], t + at, t + at, rows);
        k.multiply(weights + at, t + at, weighted + at, rows);
      }
      k.backward(block, p, rows, p, weighted + from * 8, n, count, P + a * pBytes, components * p);
    });
  }

  /** Step 4 with X'X: loadings of the base rows, less those that do not train in the fold. */
  function fromCrossProduct(a: number, { matrix, base }: NonNullable<SpectraPlsSettings['crossProduct']>): void {
    eachBlock(n, p, (from, rows) => {
      cancel.check();
      k.forward(x.at + from * pBytes, p, rows, p, interleaved, wide, t + from * 8, n);
    });
    eachBlock(p, p, (from, rows) => {
      k.forward(matrix.at + from * pBytes, p, rows, p, interleaved, wide, products + from * 8, p);
    });
    for (let c = 0; c < count; c++) {
      const loading = P + (c * components + a) * pBytes;
      k.affine(1, 0, products + c * pBytes, loading, p);
      const raw = doublesAt(k, t + c * nBytes, n);
      const w = doublesAt(k, weights + c * nBytes, n);
      for (const row of base) if (w[row] !== 1) k.addScaled((w[row] - 1) * raw[row], x.at + row * pBytes, loading, p);
      k.addScaled(-offsets[c] * totals[c], centre + c * pBytes, loading, p);
      k.affine(1, -offsets[c], t + c * nBytes, t + c * nBytes, n);
      k.multiply(weights + c * nBytes, t + c * nBytes, weighted + c * nBytes, n);
    }
  }

  /** Step 5, and what the component adds to the predictions. False when the rank is at an end. */
  function component(c: number, a: number): boolean {
    const own = t + c * nBytes;
    const r = R + (c * components + a) * pBytes;
    const loading = P + (c * components + a) * pBytes;
    const tt = k.dot(own, weighted + c * nBytes, n);
    if (!(Math.sqrt(tt) > SMALLEST_SCORE * lengths[c]) || !hasAllDigits(tt)) return false;
    // Scores are orthogonal as long as they carry signal: t_j't = tt_j p_j'r.
    for (let j = 0; j < a; j++) {
      const cosine = Math.sqrt(squares[c][j] / tt) * k.dot(P + (c * components + j) * pBytes, r, p);
      if (!(Math.abs(cosine) <= LARGEST_COSINE)) return false;
    }
    squares[c].push(tt);
    k.addScaled(-k.sum(weighted + c * nBytes, n), centre + c * pBytes, loading, p);
    if (inverse !== null) k.multiply(loading, inverse + c * pBytes, loading, p);
    // X'X squares the condition of X: the error of its loading, relative to it.
    if (sizes !== null && !(Number.EPSILON * sizes[c] * norm(r, p) < LARGEST_ERROR * norm(loading, p))) return false;
    k.affine(1 / tt, 0, loading, loading, p);
    for (let m = 0; m < responses; m++) {
      const at = xy + (c * responses + m) * pBytes;
      const q = k.dot(r, at, p) / tt;
      k.addScaled(-q * tt, loading, at, p);
      const f = fitted + (c * responses + m) * nBytes;
      k.addScaled(q, own, f, n);
      const values = doublesAt(k, f, n);
      const from = (a * responses + m) * n;
      const [mean, deviation] = [means[c][m], scales[c][m]];
      for (let i = 0; i < n; i++) out[c][from + i] = mean + deviation * values[i];
    }
    return true;
  }
}

/** Doubles of room that `spectraPls` needs. */
export const spectraPlsDoubles = (
  count: number,
  { rows, cols }: Pick<PlacedMatrix, 'rows' | 'cols'>,
  responses: number,
  components: number,
): number =>
  columnDoubles(count, rows, responses) +
  count * cols * (2 * components + responses + 4) +
  even(count) * (2 * cols + rows + 2) +
  count * rows * (1 + responses) +
  rows +
  64 * (count + 16);

/** The limits of `improvedKernelPls`. */
const SMALLEST_WEIGHT = 1e-14;
const SMALLEST_SCORE = 1e-14;
const LARGEST_COSINE = 1e-3;
/** On seven sets of real spectra RMSECV was off by less than half of this. */
const LARGEST_ERROR = 1e-8;
