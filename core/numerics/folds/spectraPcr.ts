import { randomState } from '#core/base/randomState.ts';
import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import { columnDoubles, placeColumns, type FoldColumn, type PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';
import { foldScaling } from '#core/numerics/folds/foldScaling.ts';
import { narrowDoubles, narrowPasses } from '#core/numerics/folds/narrowPasses.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';

export interface SpectraPcrSettings {
  readonly components: number;
  /** Divide channels by their standard deviation (ddof 1) in each fold. */
  readonly scale: boolean;
  /** What was subtracted from the spectra when they were placed; length p. */
  readonly shift: Float64Array;
}

/**
 * Principal component regression of all folds at once from the spectra: the bidiagonalisation of `leadingSingularVectors`
 * with the folds as columns of narrow products. Centring and scaling are carried out on vectors. Of the two bases that of
 * the channels is kept and orthogonalised completely, which is enough for both (Simon & Zha 2000, SIAM J. Sci. Comput. 21,
 * 2257–2274). A fold whose rank is at an end, or whose components are not settled in time, is null.
 *
 * @returns for each fold, one list of N predictions for each number of components
 */
export function spectraPcr(
  x: PlacedMatrix,
  columns: readonly FoldColumn[],
  { components, scale, shift }: SpectraPcrSettings,
  room: Arena,
  cancel: CancelToken,
): (Float64Array[] | null)[] {
  const { kernels: k } = room;
  const { rows: n, cols: p } = x;
  const [nBytes, pBytes] = [n * 8, p * 8];
  const limit = stepLimit(components, n, p);
  const placed = placeColumns(columns, n, false, room);
  const { weights, means, targets } = placed;
  const { centre, inverse, lengths } = foldScaling(x, placed, scale, shift, room, cancel);
  const bases = room.take(columns.length * limit * p);
  const left = room.take(columns.length * n);
  const { vectors, images, forward, backward } = narrowPasses(x, columns.length, room, cancel);
  const along = room.take(p);

  const folds = columns.map((_, c) => ({
    ...{ c, w: weights + c * nBytes, mean: centre + c * pBytes, basis: bases + c * limit * pBytes },
    ...{ scales: inverse === null ? null : inverse + c * pBytes, left: left + c * nBytes },
    smallest: Math.max(n, p) * Number.EPSILON * lengths[c],
    alpha: [] as number[],
    beta: [] as number[],
    state: 'open' as 'open' | 'settled' | 'failed',
    /** Coefficients of the components in the basis, once they are settled. */
    loadings: [] as Float64Array[],
  }));
  type Fold = (typeof folds)[number];

  begin();
  for (
    let target = Math.min(limit, 2 * components + 20), open = folds;
    (open = open.filter(({ state }) => state === 'open')).length > 0;
    target = Math.min(limit, Math.ceil(1.4 * target))
  ) {
    while (open.length > 0 && open[0].alpha.length < target) {
      steps(open);
      open = open.filter(({ state }) => state === 'open');
    }
    for (const fold of open) decide(fold, target === limit);
  }
  const out = folds.map(({ c }) => Array.from({ length: components }, () => new Float64Array(n).fill(means[c][0])));
  const settled = folds.filter(({ state }) => state === 'settled');
  for (let a = 0; a < components && settled.length > 0; a++) predict(settled, a);
  return out.map((values, c) => (folds[c].state === 'settled' ? values : null));

  /** The same start in every fold, moved into the space of its spectra so that no direction is met that they do not have. */
  function begin(): void {
    const draws = randomState(START_SEED);
    const start = Float64Array.from({ length: n }, () => draws.normal());
    folds.forEach((fold, at) => {
      doublesAt(k, vectors + at * nBytes, n).set(start);
      k.multiply(fold.w, vectors + at * nBytes, vectors + at * nBytes, n);
    });
    backward(folds.length);
    folds.forEach((fold, at) => {
      const image = images + at * pBytes;
      toChannels(fold, vectors + at * nBytes, image);
      const length = Math.sqrt(k.dot(image, image, p));
      if (!(length > 0)) fold.state = 'failed';
      k.affine(length > 0 ? 1 / length : 0, 0, image, fold.basis, p); // until the first step
    });
    folds.forEach((fold, at) => {
      intoVectors(fold, at, fold.basis);
    });
    forward(folds.length);
    folds.forEach((fold, at) => {
      fromChannels(fold, at);
      takeLeft(fold, images + at * nBytes, false);
    });
  }

  /** One step more of each fold. */
  function steps(open: readonly Fold[]): void {
    open.forEach((fold, at) => {
      k.multiply(fold.w, fold.left, vectors + at * nBytes, n);
    });
    backward(open.length);
    open.forEach((fold, at) => {
      const image = images + at * pBytes;
      const count = fold.alpha.length;
      toChannels(fold, vectors + at * nBytes, image);
      for (let pass = 0; pass < 2; pass++) k.projectOut(fold.basis, fold.basis, count, image, image, p);
      const length = Math.sqrt(k.dot(image, image, p));
      if (!(length > fold.smallest)) fold.state = 'failed';
      const v = fold.basis + count * pBytes;
      k.affine(length > 0 ? 1 / length : 0, 0, image, v, p);
      fold.alpha.push(length);
    });
    // Only now: the vectors of the rows, which lay there, have been used.
    open.forEach((fold, at) => {
      intoVectors(fold, at, fold.basis + (fold.alpha.length - 1) * pBytes);
    });
    forward(open.length);
    open.forEach((fold, at) => {
      fromChannels(fold, at);
      k.addScaled(-(fold.alpha.at(-1) ?? 0), fold.left, images + at * nBytes, n);
      takeLeft(fold, images + at * nBytes, true);
    });
  }

  /** The next vector of the rows; all rows, those that do not train included, follow the training rows. */
  function takeLeft(fold: Fold, image: Place, counted: boolean): void {
    const length = Math.sqrt(k.weightedDot(fold.w, image, image, n));
    if (!(length > fold.smallest)) fold.state = 'failed';
    if (counted) fold.beta.push(length);
    k.affine(length > 0 ? 1 / length : 0, 0, image, fold.left, n);
  }

  /** Z'u from X'(w u), in place. */
  function toChannels(fold: Fold, weighted: Place, image: Place): void {
    k.addScaled(-k.sum(weighted, n), fold.mean, image, p);
    if (fold.scales !== null) k.multiply(image, fold.scales, image, p);
  }

  /** What X is to be multiplied with, so that Z v follows. */
  function intoVectors(fold: Fold, at: number, v: Place): void {
    if (fold.scales === null) k.affine(1, 0, v, vectors + at * pBytes, p);
    else k.multiply(v, fold.scales, vectors + at * pBytes, p);
  }

  /** Z v from X v, in place. */
  function fromChannels(fold: Fold, at: number): void {
    const image = images + at * nBytes;
    k.affine(1, -k.dot(fold.mean, vectors + at * pBytes, p), image, image, n);
  }

  /** The last entry of a left vector times the size of X bounds what is missing from its component. */
  function decide(fold: Fold, last: boolean): void {
    const { alpha, beta } = fold;
    const size = alpha.length;
    const { s, u, v } = jacobiSvd(
      alpha.map((a, j) => {
        const column = new Float64Array(size + 1);
        column[j] = a;
        column[j + 1] = beta[j];
        return column;
      }),
    );
    const smallest = Math.max(n, p) * Number.EPSILON * s[0];
    if (!(s[components - 1] > smallest)) fold.state = 'failed';
    else if (u.slice(0, components).every((one, a) => s[0] * Math.abs(one[size]) <= allowed(s[a], s[0]))) {
      fold.state = 'settled';
      fold.loadings = v.slice(0, components);
    } else if (last) fold.state = 'failed';
  }

  /** Scores are orthogonal, so each component adds (t'y / t't) t. */
  function predict(some: readonly Fold[], a: number): void {
    some.forEach((fold, at) => {
      doublesAt(k, along, p).fill(0);
      fold.loadings[a].forEach((value, j) => {
        k.addScaled(value, fold.basis + j * pBytes, along, p);
      });
      intoVectors(fold, at, along);
    });
    forward(some.length);
    some.forEach((fold, at) => {
      fromChannels(fold, at);
      const t = images + at * nBytes;
      const q = k.dot(targets + fold.c * nBytes, t, n) / k.weightedDot(fold.w, t, t, n);
      const scores = doublesAt(k, t, n);
      for (let b = a; b < components; b++) {
        const values = out[fold.c][b];
        for (let i = 0; i < n; i++) values[i] += q * scores[i];
      }
    });
  }
}

const allowed = (value: number, largest: number): number => Math.max(SETTLED * value, 4 * Number.EPSILON * largest);

/** Steps after which a fold is given up. */
const stepLimit = (components: number, rows: number, cols: number): number => Math.min(rows, cols, 6 * components + 60);

/** Doubles of room that `spectraPcr` needs. */
export const spectraPcrDoubles = (
  count: number,
  { rows, cols }: Pick<PlacedMatrix, 'rows' | 'cols'>,
  components: number,
): number =>
  columnDoubles(count, rows, 1) +
  count * cols * (stepLimit(components, rows, cols) + 4) +
  count * rows +
  narrowDoubles(count, { rows, cols }) +
  cols +
  64 * (count + 16);

/** Any fixed number; the result depends on it in the last bits only. */
const START_SEED = 1965;
/** Relative size of what is missing from a component. */
const SETTLED = 1e-13;
