import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { conjugateGradients } from '#core/numerics/conjugateGradients.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { softmaxRows } from '#core/numerics/softmaxRows.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

export interface SoftmaxProblem {
  /** n × p. */
  readonly x: Matrix;
  /** Length n: class codes 0 … K − 1. */
  readonly y: ArrayLike<number>;
  readonly classCount: number;
  /** Length n: how much each sample counts. */
  readonly weights: Float64Array;
  /** λ ≥ 0 in λ/2 ‖W‖²; intercepts are not penalised. */
  readonly penalty: number;
  readonly intercept: boolean;
}

/** K rows of p coefficients, then (with an intercept) K intercepts: `weights[k * p + j]`. */
export interface SoftmaxSolution {
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
  /** False when the optimum is at infinity: separable classes without a penalty. */
  readonly converged: boolean;
}

/**
 * Multinomial logistic regression: minimises −Σ wᵢ ln P(yᵢ | xᵢ) + λ/2 ‖W‖² with P(k | x) ∝ exp(W x + b)ₖ, by Newton's
 * method with conjugate gradients on the exact Hessian (Nocedal & Wright, Numerical Optimization, 2nd ed., 7.1) and
 * backtracking. The problem is convex; steps go on until the gradient is rounding.
 */
export function softmaxRegression(problem: SoftmaxProblem, cancel: CancelToken): SoftmaxSolution {
  const { x, classCount } = problem;
  const size = x.cols * classCount;
  const theta = new Float64Array(size + classCount);
  let here = evaluate(problem, theta);
  const first = norm2(here.gradient);
  let converged = first === 0;
  for (let step = 0; step < LARGEST_STEPS && !converged; step++) {
    cancel.check();
    const { probabilities, gradient } = here;
    const length = norm2(gradient);
    const direction = conjugateGradients(
      (v) => hessianTimes(problem, probabilities, v),
      gradient.map((value) => -value),
      Math.min(LOOSEST, length / first),
      cancel,
    );
    const slope = dot(gradient, direction);
    let share = 1;
    for (;;) {
      const next = theta.slice();
      addScaledInto(share, direction, next);
      const there = evaluate(problem, next);
      const rounding = ROUNDING * Math.abs(here.value);
      if (there.value <= here.value + SUFFICIENT * share * slope + rounding || share < SMALLEST_SHARE) {
        theta.set(next);
        here = there;
        break;
      }
      share /= 2;
    }
    converged =
      norm2(here.gradient) <= SETTLED * first || (share === 1 && norm2(direction) <= SMALLEST_MOVE * norm2(theta));
  }
  return { coef: theta.slice(0, size), intercept: theta.slice(size), converged };
}

interface Point {
  readonly value: number;
  /** Same layout as the parameters. */
  readonly gradient: Float64Array;
  /** n × K. */
  readonly probabilities: Matrix;
}

function evaluate(problem: SoftmaxProblem, theta: Float64Array): Point {
  const { x, y, classCount, weights, penalty } = problem;
  const scores = scoresOf(problem, theta);
  const probabilities = softmaxRows(scores);
  const residuals = zeros(x.rows, classCount);
  let value = (penalty / 2) * squared(theta, x.cols * classCount);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(scores, i);
    let largest = -Infinity;
    for (let k = 0; k < classCount; k++) largest = Math.max(largest, row[k]);
    let sum = 0;
    for (let k = 0; k < classCount; k++) sum += Math.exp(row[k] - largest);
    value += weights[i] * (largest + Math.log(sum) - row[y[i]]);
    for (let k = 0; k < classCount; k++)
      residuals.data[i * classCount + k] = weights[i] * (probabilities.data[i * classCount + k] - (k === y[i] ? 1 : 0));
  }
  return { value, gradient: backProjected(problem, residuals, theta), probabilities };
}

/** H v with H = Σ wᵢ (diag(pᵢ) − pᵢpᵢ') ⊗ xᵢxᵢ' + λI. */
function hessianTimes(problem: SoftmaxProblem, probabilities: Matrix, v: Float64Array): Float64Array {
  const { classCount, weights } = problem;
  const z = scoresOf(problem, v);
  for (let i = 0; i < z.rows; i++) {
    const row = rowOf(z, i);
    const p = rowOf(probabilities, i);
    let mean = 0;
    for (let k = 0; k < classCount; k++) mean += p[k] * row[k];
    for (let k = 0; k < classCount; k++) row[k] = weights[i] * p[k] * (row[k] - mean);
  }
  return backProjected(problem, z, v);
}

/** X W' + b, n × K. */
function scoresOf({ x, classCount, intercept }: SoftmaxProblem, theta: Float64Array): Matrix {
  const out = zeros(x.rows, classCount);
  for (let k = 0; k < classCount; k++) {
    const column = matrixTimesVector(x, theta.subarray(k * x.cols, (k + 1) * x.cols));
    const b = intercept ? theta[classCount * x.cols + k] : 0;
    for (let i = 0; i < x.rows; i++) out.data[i * classCount + k] = column[i] + b;
  }
  return out;
}

/** (R'X + λW, column sums of R) for R n × K. */
function backProjected(
  { x, classCount, penalty, intercept }: SoftmaxProblem,
  r: Matrix,
  theta: Float64Array,
): Float64Array {
  const size = x.cols * classCount;
  const out = new Float64Array(size + classCount);
  for (let k = 0; k < classCount; k++) {
    const column = Float64Array.from({ length: x.rows }, (_, i) => r.data[i * classCount + k]);
    out.set(transposeTimesVector(x, column), k * x.cols);
    if (intercept) out[size + k] = column.reduce((sum, value) => sum + value, 0);
  }
  addScaledInto(penalty, theta.subarray(0, size), out.subarray(0, size));
  return out;
}

const squared = (v: Float64Array, length: number): number => dot(v.subarray(0, length), v.subarray(0, length));

const LARGEST_STEPS = 100;
/** Gradient relative to the first one. */
const SETTLED = 1e-13;
/** A full Newton step this small, relative to the parameters, changes nothing that anybody sees. */
const SMALLEST_MOVE = 1e-11;
/** Accuracy of the first inner solutions; later ones are as accurate as the gradient is small. */
const LOOSEST = 0.01;
/** Armijo's constant. */
const SUFFICIENT = 1e-4;
const ROUNDING = 1e-13;
const SMALLEST_SHARE = 1e-10;
