import type { CancelToken } from '#core/base/cancellation.ts';
import type { RandomState } from '#core/base/randomState.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { norm2 } from '#core/numerics/norm2.ts';

/** What is minimised, and when to stop. */
export interface ElasticNetProblem {
  /** Penalty on Σ|w|, of the sum of squares without 1/n. */
  readonly l1: number;
  /** Penalty on ½ Σw². */
  readonly l2: number;
  /** Coefficients may not be negative. */
  readonly positive: boolean;
  readonly maxSweeps: number;
  /** Largest dual gap, relative to ‖y‖². */
  readonly tolerance: number;
  /** Draws the coordinate to change next; null goes through all in turn. */
  readonly random: RandomState | null;
}

/** The coefficients and how the descent ended. */
export interface ElasticNetSolution {
  readonly w: Float64Array;
  readonly sweeps: number;
  /** Dual gap relative to ‖y‖²; at most the tolerance when it settled. */
  readonly gap: number;
  readonly settled: boolean;
}

/**
 * Coordinate descent for ½‖y − X w‖² + l1 Σ|w| + ½ l2 Σw² (Friedman, Hastie & Tibshirani 2010, J. Stat. Softw. 33(1),
 * doi:10.18637/jss.v033.i01), with the stopping rule of scikit-learn: once no coefficient changes by more than the
 * tolerance relative to the largest one, the dual gap must be below the tolerance too (Kim et al. 2007, IEEE J. Sel.
 * Top. Signal Process. 1, 606–617).
 *
 * @param columns the p columns of X, length n each
 * @param y length n
 */
export function elasticNetDescent(
  columns: readonly Float64Array[],
  y: Float64Array,
  problem: ElasticNetProblem,
  cancel: CancelToken,
): ElasticNetSolution {
  const { l1, l2, positive, maxSweeps, tolerance } = problem;
  const p = columns.length;
  const w = new Float64Array(p);
  const residual = y.slice();
  const squares = columns.map((column) => dot(column, column));
  const limit = tolerance * dot(y, y);
  const next = problem.random ? coordinateDraws(problem.random, p) : null;
  let gap = Infinity;

  for (let sweep = 1; sweep <= maxSweeps; sweep++) {
    cancel.check();
    let largest = 0;
    let largestChange = 0;
    for (let k = 0; k < p; k++) {
      const j = next ? next() : k;
      if (squares[j] === 0) continue;
      const before = w[j];
      if (before !== 0) addScaledInto(before, columns[j], residual);
      const along = dot(columns[j], residual);
      const kept = positive && along < 0 ? 0 : Math.sign(along) * Math.max(Math.abs(along) - l1, 0);
      w[j] = kept / (squares[j] + l2);
      if (w[j] !== 0) addScaledInto(-w[j], columns[j], residual);
      largestChange = Math.max(largestChange, Math.abs(w[j] - before));
      largest = Math.max(largest, Math.abs(w[j]));
    }
    if (largest === 0 || largestChange / largest < tolerance || sweep === maxSweeps) {
      gap = dualGap(columns, y, w, residual, problem);
      if (gap <= limit) return { w, sweeps: sweep, gap: relativeTo(gap, y), settled: true };
    }
  }
  return { w, sweeps: maxSweeps, gap: relativeTo(gap, y), settled: false };
}

const relativeTo = (gap: number, y: Float64Array): number => gap / (dot(y, y) || 1);

/** Primal minus dual objective at the scaled residual: an upper bound of what is still to be gained. */
function dualGap(
  columns: readonly Float64Array[],
  y: Float64Array,
  w: Float64Array,
  residual: Float64Array,
  { l1, l2, positive }: ElasticNetProblem,
): number {
  let dualNorm = 0;
  for (let j = 0; j < columns.length; j++) {
    const value = dot(columns[j], residual) - l2 * w[j];
    dualNorm = Math.max(dualNorm, positive ? value : Math.abs(value));
  }
  const rr = norm2(residual) ** 2;
  const ww = norm2(w) ** 2;
  const shrink = dualNorm > l1 ? l1 / dualNorm : 1;
  let absolute = 0;
  for (const value of w) absolute += Math.abs(value);
  const primal = dualNorm > l1 ? 0.5 * rr * (1 + shrink * shrink) : rr;
  return primal + l1 * absolute - shrink * dot(residual, y) + 0.5 * l2 * (1 + shrink * shrink) * ww;
}

/**
 * The coordinates of scikit-learn's `selection='random'`: a 32-bit xorshift generator (Marsaglia 2003, J. Stat. Softw.
 * 8(14)) that is seeded with one draw of the RandomState.
 */
function coordinateDraws(random: RandomState, count: number): () => number {
  let state = random.randint(0, LARGEST_DRAW, 1)[0] || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) % (LARGEST_DRAW + 1)) % count;
  };
}

const LARGEST_DRAW = 0x7fffffff;
