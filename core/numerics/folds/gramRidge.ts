import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import { dampedTridiagonal } from '#core/numerics/dampedTridiagonal.ts';
import {
  columnDoubles,
  eachBlock,
  even,
  placeColumns,
  type FoldColumn,
  type PlacedMatrix,
} from '#core/numerics/folds/foldColumns.ts';

/**
 * Ridge regression of all folds and all penalties α at once from one Gram matrix G = X X' (N × N) of all rows. With K the
 * Gram matrix of a fold's training rows, centred by their mean, its fitted values are K g with (K + α I) g = y − ȳ
 * (Saunders, Gammerman & Vovk 1998, ICML 15, 515–521). One Lanczos process of K a fold, started at y − ȳ, serves every α:
 * its Krylov space does not depend on α. All folds take a step at once, in one product with G; bases are orthogonalised
 * completely, and each α stops when it is settled, so that no result depends on the others. In the end one more product
 * gives the predictions of all rows, and the true residual on those that train.
 *
 * G squares the condition of X. A fold in which rounding may show, or that is not settled in time, is null.
 *
 * @param g of spectra from which any one vector was subtracted (conditioning); exact centring happens here
 * @param alphas larger than 0
 * @param sizes squared length to which the rounding errors of each row's products are relative; null: the row's own
 * @returns for each fold, one list of N predictions for each α
 */
export function gramRidge(
  g: PlacedMatrix,
  columns: readonly FoldColumn[],
  alphas: readonly number[],
  sizes: Float64Array | null,
  room: Arena,
  cancel: CancelToken,
): (Float64Array[] | null)[] {
  const { kernels: k } = room;
  const n = g.rows;
  const bytes = n * 8;
  const limit = Math.min(n, LARGEST_STEPS);
  const { weights, totals, means, targets } = placeColumns(columns, n, false, room);
  const wide = even(columns.length);
  const bases = room.take(columns.length * (limit + 1) * n);
  const vectors = room.take(columns.length * n);
  const interleaved = room.take(wide * n);
  const images = room.take(wide * n);
  const diagonal = doublesAt(k, g.at, n * n);
  const smallest = Math.min(...alphas);

  const folds = columns.map((_, c) => {
    const w = weights + c * bytes;
    const basis = bases + c * (limit + 1) * bytes;
    const trace = doublesAt(k, w, n).reduce((sum, one, i) => sum + one * (sizes?.[i] ?? diagonal[i * n + i]), 0);
    startOf(c, basis);
    const length = Math.sqrt(k.weightedDot(w, basis, basis, n));
    if (length > 0) k.affine(1 / length, 0, basis, basis, n);
    const problems = length > 0 ? alphas.map((alpha) => dampedTridiagonal(length, alpha)) : [];
    const good = Number.EPSILON * trace < LARGEST_ERROR * smallest;
    return { c, w, basis, trace, problems, steps: 0, good, settled: length === 0 || !good };
  });
  type Fold = (typeof folds)[number];

  for (let open = folds; (open = open.filter(({ settled }) => !settled)).length > 0;) {
    open.forEach((fold, at) => {
      k.multiply(fold.w, fold.basis + fold.steps * bytes, vectors + at * bytes, n);
    });
    multiplied(open.length);
    open.forEach((fold, at) => {
      step(fold, images + at * bytes);
    });
  }
  const out = folds.map(({ c }) => alphas.map(() => new Float64Array(n).fill(means[c][0])));
  const wanted = folds.flatMap((fold) => fold.problems.map((_, a) => ({ fold, a })));
  for (let from = 0; from < wanted.length; from += columns.length) {
    const some = wanted.slice(from, from + columns.length).filter(({ fold }) => fold.good);
    some.forEach(({ fold, a }, at) => {
      combine(fold, a, vectors + at * bytes);
    });
    multiplied(some.length);
    some.forEach(({ fold, a }, at) => {
      predict(fold, a, vectors + at * bytes, images + at * bytes);
    });
  }
  return out.map((values, c) => (folds[c].good ? values : null));

  /** y − ȳ on the training rows. */
  function startOf(c: number, at: Place): void {
    const start = doublesAt(k, at, n).fill(0);
    const y = columns[c].responses[0];
    columns[c].train.forEach((row, i) => (start[row] = y[i] - means[c][0]));
  }

  /** The vectors times G. */
  function multiplied(count: number): void {
    const width = even(count);
    k.interleave(vectors, count, n, interleaved, width);
    eachBlock(n, n, (from, rows) => {
      cancel.check();
      k.forward(g.at + from * bytes, n, rows, n, interleaved, width, images + from * 8, n);
    });
  }

  function centre({ c, w }: Fold, at: Place): void {
    k.affine(1, -k.dot(w, at, n) / totals[c], at, at, n);
  }

  /** The next vector of the basis, from the image of the last. */
  function step(fold: Fold, image: Place): void {
    const { w, basis, problems } = fold;
    centre(fold, image);
    const last = basis + fold.steps * bytes;
    const along = k.weightedDot(w, last, image, n);
    fold.steps++;
    // The constant vector is removed like those of the basis: what rounding leaves of it would grow with every step.
    for (let pass = 0; pass < 2; pass++) {
      k.orthogonalise(basis, fold.steps, w, image, n);
      centre(fold, image);
    }
    const length = Math.sqrt(k.weightedDot(w, image, image, n));
    // What is left of the image is rounding: the Krylov space is complete, and the solutions are exact.
    const beside = length > Number.EPSILON * fold.trace ? length : 0;
    for (const problem of problems) problem.extend(along, beside);
    fold.settled = beside === 0 || problems.every(({ settled }) => settled);
    const complete = fold.steps === columns[fold.c].train.length;
    if (!fold.settled && fold.steps === limit && !complete) fold.good = false;
    fold.settled ||= fold.steps === limit || complete;
    if (fold.settled) return;
    k.affine(1 / length, 0, image, basis + fold.steps * bytes, n);
  }

  /** w ∘ g. */
  function combine({ w, basis, problems }: Fold, a: number, at: Place): void {
    doublesAt(k, at, n).fill(0);
    problems[a].solution().forEach((value, j) => {
      k.addScaled(value, basis + j * bytes, at, n);
    });
    k.multiply(w, at, at, n);
  }

  function predict(fold: Fold, a: number, dual: Place, fitted: Place): void {
    const { c, w } = fold;
    centre(fold, fitted);
    const values = out[c][a];
    const f = doublesAt(k, fitted, n);
    for (let i = 0; i < n; i++) values[i] += f[i];
    // (K + α I) g less what it should be, weighted: g is in `dual` with the weights.
    const size = Math.sqrt(k.dot(dual, dual, n));
    k.multiply(w, fitted, fitted, n);
    k.addScaled(alphas[a], dual, fitted, n);
    k.addScaled(-1, targets + c * bytes, fitted, n);
    const rest = Math.sqrt(k.dot(fitted, fitted, n));
    if (!(rest <= LARGEST_REST * alphas[a] * size)) fold.good = false;
  }
}

/** Doubles of room that `gramRidge` needs. */
export const gramRidgeDoubles = (count: number, rows: number): number =>
  columnDoubles(count, rows, 1) +
  (count * (Math.min(rows, LARGEST_STEPS) + 2) + 2 * even(count)) * rows +
  64 * (count + 8);

/** Smooth spectra take 20 to 100. */
const LARGEST_STEPS = 240;
/** Largest rounding error of the Gram matrix relative to α. */
const LARGEST_ERROR = 1e-7;
/** Largest residual relative to α g, which is the part of y that the model leaves. */
const LARGEST_REST = 1e-7;
