import type { CancelToken } from '#core/base/cancellation.ts';
import type { RandomState } from '#core/base/randomState.ts';
import { triangularDistances } from '#core/filters/outliers/triangularDistances.ts';
import { cholesky, type Cholesky } from '#core/numerics/cholesky.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Mean and covariance of some samples. */
export interface Scatter {
  readonly location: Float64Array;
  readonly covariance: Cholesky;
}

/**
 * The `support` samples whose covariance has the smallest determinant, as FAST-MCD finds them (Rousseeuw & Van Driessen
 * 1999, Technometrics 41, 212–223): many short runs from small random samples, then the ten best of them to the end.
 * Null when even the best samples lie in a subspace.
 *
 * @param t n × k, n > k
 * @param support k + 1 … n
 */
export function smallestScatter(t: Matrix, support: number, random: RandomState, cancel: CancelToken): Scatter | null {
  // A large set is searched in a random part of it; the end of the search sees every sample.
  const part = t.rows > LARGEST_SEARCH ? takeRows(t, random.choice(t.rows, LARGEST_SEARCH)) : t;
  const partSupport = Math.ceil((support / t.rows) * part.rows);
  const found: Scatter[] = [];
  for (let start = 0; start < STARTS; start++) {
    cancel.check();
    let scatter = randomScatter(part, random);
    for (let step = 0; step < 2 && scatter !== null; step++) scatter = concentrated(part, partSupport, scatter);
    if (scatter !== null) found.push(scatter);
  }
  found.sort((a, b) => a.covariance.logDeterminant - b.covariance.logDeterminant);
  const settled = found.slice(0, CANDIDATES).map((scatter) => settle(t, support, scatter, cancel));
  return settled.reduce<Scatter | null>(
    (best, next) => (best === null || next.covariance.logDeterminant < best.covariance.logDeterminant ? next : best),
    null,
  );
}

/** Mean and covariance of k + 1 random samples, or of more where these lie in a subspace. */
function randomScatter(t: Matrix, random: RandomState): Scatter | null {
  const order = random.permutation(t.rows);
  for (let count = t.cols + 1; count <= t.rows; count = Math.min(count * 2, t.rows)) {
    const scatter = scatterOf(t, order.slice(0, count));
    if (scatter !== null || count === t.rows) return scatter;
  }
  return null;
}

/** One concentration step: the `support` samples nearest to a scatter give the next one, whose determinant is no larger. */
function concentrated(t: Matrix, support: number, { location, covariance }: Scatter): Scatter | null {
  const d = triangularDistances(t, location, covariance.lower);
  const nearest = Int32Array.from(d.keys()).sort((i, k) => d[i] - d[k]);
  return scatterOf(t, nearest.subarray(0, support).sort());
}

function settle(t: Matrix, support: number, start: Scatter, cancel: CancelToken): Scatter {
  let scatter = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    cancel.check();
    const next = concentrated(t, support, scatter);
    if (next === null) return scatter;
    // The first step may come from a part of the samples, whose determinant is of another set.
    const before = scatter.covariance.logDeterminant;
    scatter = next;
    if (step > 0 && !(next.covariance.logDeterminant < before)) break;
  }
  return scatter;
}

/** Mean and covariance (divisor: the number of rows) of the named rows; null when the covariance is singular. */
export function scatterOf(t: Matrix, rows: ArrayLike<number>): Scatter | null {
  const chosen = takeRows(t, rows);
  const location = columnMeans(chosen);
  const k = t.cols;
  const sums = zeros(k, k);
  const d = new Float64Array(k);
  for (let i = 0; i < chosen.rows; i++) {
    for (let a = 0; a < k; a++) d[a] = chosen.data[i * k + a] - location[a];
    for (let a = 0; a < k; a++) for (let b = 0; b <= a; b++) sums.data[a * k + b] += d[a] * d[b];
  }
  for (let at = 0; at < sums.data.length; at++) sums.data[at] /= chosen.rows;
  const covariance = cholesky(sums);
  return covariance === null ? null : { location, covariance };
}

/** Rousseeuw & Van Driessen's numbers. */
const STARTS = 500;
const CANDIDATES = 10;
/** Samples of the first search: five of their groups of 300. */
const LARGEST_SEARCH = 1500;
/** Three to ten steps are usual. */
const MOST_STEPS = 100;
