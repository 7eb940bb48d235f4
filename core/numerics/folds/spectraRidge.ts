import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import { dampedBidiagonal } from '#core/numerics/dampedBidiagonal.ts';
import { columnDoubles, placeColumns, type FoldColumn, type PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';
import { foldScaling } from '#core/numerics/folds/foldScaling.ts';
import { narrowDoubles, narrowPasses } from '#core/numerics/folds/narrowPasses.ts';

/**
 * Ridge regression of all folds and all penalties α at once from the spectra: the method of `dampedPath`, with the folds as
 * columns of narrow products. No fold has a matrix of its own: centring is carried out on vectors. Of the two bases that of
 * the channels is kept and orthogonalised completely, which is enough for both (Simon & Zha 2000, SIAM J. Sci. Comput. 21,
 * 2257–2274). A fold that is not settled in time is null.
 *
 * @param shift what was subtracted from the spectra when they were placed; length p
 * @returns for each fold, one list of N predictions for each α
 */
export function spectraRidge(
  x: PlacedMatrix,
  columns: readonly FoldColumn[],
  alphas: readonly number[],
  shift: Float64Array,
  room: Arena,
  cancel: CancelToken,
): (Float64Array[] | null)[] {
  const { kernels: k } = room;
  const { rows: n, cols: p } = x;
  const [nBytes, pBytes] = [n * 8, p * 8];
  const limit = Math.min(n, p, LARGEST_STEPS);
  const placed = placeColumns(columns, n, false, room);
  const { weights, means, targets } = placed;
  const { centre, lengths } = foldScaling(x, placed, false, shift, room, cancel);
  const bases = room.take(columns.length * limit * p);
  const left = room.take(columns.length * n);
  const { vectors, images, forward, backward } = narrowPasses(x, columns.length, room, cancel);

  const folds = columns.map((_, c) => {
    const start = left + c * nBytes;
    k.affine(1, 0, targets + c * nBytes, start, n);
    unweighted(c, start);
    const length = Math.sqrt(k.weightedDot(weights + c * nBytes, start, start, n));
    if (length > 0) k.affine(1 / length, 0, start, start, n);
    const problems = length > 0 ? alphas.map((alpha) => dampedBidiagonal(length, alpha)) : [];
    return {
      ...{ c, w: weights + c * nBytes, mean: centre + c * pBytes, basis: bases + c * limit * pBytes, left: start },
      ...{ problems, smallest: Math.max(n, p) * Number.EPSILON * lengths[c], alpha: 0 },
      ...{ steps: 0, good: true, settled: length === 0 },
    };
  });
  type Fold = (typeof folds)[number];

  for (let open = folds; (open = open.filter(({ settled }) => !settled)).length > 0;) {
    open.forEach((fold, at) => {
      k.multiply(fold.w, fold.left, vectors + at * nBytes, n);
    });
    backward(open.length);
    open.forEach((fold, at) => {
      right(fold, vectors + at * nBytes, images + at * pBytes);
    });
    open = open.filter(({ settled }) => !settled);
    open.forEach((fold, at) => {
      k.affine(1, 0, fold.basis + fold.steps * pBytes, vectors + at * pBytes, p);
    });
    forward(open.length);
    open.forEach((fold, at) => {
      step(fold, images + at * nBytes);
    });
  }
  const out = folds.map(({ c }) => alphas.map(() => new Float64Array(n).fill(means[c][0])));
  const wanted = folds.filter(({ good }) => good).flatMap((fold) => fold.problems.map((_, a) => ({ fold, a })));
  for (let from = 0; from < wanted.length; from += columns.length) {
    const some = wanted.slice(from, from + columns.length);
    some.forEach(({ fold, a }, at) => {
      const b = vectors + at * pBytes;
      doublesAt(k, b, p).fill(0);
      fold.problems[a].solution().forEach((value, j) => {
        k.addScaled(value, fold.basis + j * pBytes, b, p);
      });
    });
    forward(some.length);
    some.forEach(({ fold, a }, at) => {
      const offset = k.dot(fold.mean, vectors + at * pBytes, p);
      const f = doublesAt(k, images + at * nBytes, n);
      const values = out[fold.c][a];
      for (let i = 0; i < n; i++) values[i] += f[i] - offset;
    });
  }
  return out.map((values, c) => (folds[c].good ? values : null));

  /** Targets carry the weights, vectors of the basis do not. */
  function unweighted(c: number, at: Place): void {
    const own = columns[c].weights;
    if (own === null) return;
    const values = doublesAt(k, at, n);
    columns[c].train.forEach((row, i) => (values[row] = own[i] > 0 ? values[row] / own[i] : 0));
  }

  /** The next vector of the channels, from X'u. */
  function right(fold: Fold, weighted: Place, image: Place): void {
    const { basis, steps, mean, smallest } = fold;
    k.addScaled(-k.sum(weighted, n), mean, image, p);
    for (let pass = 0; pass < 2; pass++) k.projectOut(basis, basis, steps, image, image, p);
    const length = Math.sqrt(k.dot(image, image, p));
    // When the Krylov space is complete, the solutions are exact.
    const complete = !(length > smallest) || steps === Math.min(columns[fold.c].train.length, p);
    if (!complete && steps === limit) fold.good = false;
    fold.settled = complete || steps === limit;
    if (fold.settled) return;
    k.affine(1 / length, 0, image, basis + steps * pBytes, p);
    fold.alpha = length;
  }

  /** The next vector of the rows, from X v. */
  function step(fold: Fold, image: Place): void {
    const { basis, mean, w, smallest, problems } = fold;
    const v = basis + fold.steps * pBytes;
    k.affine(1, -k.dot(mean, v, p), image, image, n);
    k.addScaled(-fold.alpha, fold.left, image, n);
    const length = Math.sqrt(k.weightedDot(w, image, image, n));
    const beta = length > smallest ? length : 0;
    for (const problem of problems) problem.extend(fold.alpha, beta);
    fold.steps++;
    fold.settled = beta === 0 || problems.every(({ settled }) => settled);
    if (!fold.settled) k.affine(1 / length, 0, image, fold.left, n);
  }
}

/** Doubles of room that `spectraRidge` needs. */
export const spectraRidgeDoubles = (count: number, { rows, cols }: Pick<PlacedMatrix, 'rows' | 'cols'>): number =>
  columnDoubles(count, rows, 1) +
  count * cols * (Math.min(rows, cols, LARGEST_STEPS) + 2) +
  count * rows +
  narrowDoubles(count, { rows, cols }) +
  64 * (count + 16);

/** Smooth spectra take 20 to 100. */
const LARGEST_STEPS = 240;
