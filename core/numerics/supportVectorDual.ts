import type { CancelToken } from '#core/base/cancellation.ts';

/** The dual of a support vector machine: minimise ½ α'Qα + p'α with 0 ≤ α ≤ C, Σ sα = 0 and Q = s s' ∘ K. */
export interface SupportVectorProblem {
  /** The sample of each variable: a regression has two variables for each sample. */
  readonly sample: Int32Array;
  /** +1 or −1 for each variable. */
  readonly sign: Int8Array;
  readonly p: Float64Array;
  /** Upper bound of each variable. */
  readonly c: Float64Array;
  /** K(·, i): kernel of sample i with all samples. */
  column(i: number): Float64Array;
  /** K(i, i). */
  readonly diagonal: Float64Array;
  /** Largest violation of the optimality conditions at which it stops. */
  readonly tolerance: number;
  /** Largest number of steps; infinity for none. */
  readonly maxSteps: number;
}

export interface SupportVectorSolution {
  readonly alpha: Float64Array;
  /** The decision is Σ s α K − rho. */
  readonly rho: number;
  readonly steps: number;
  /** False when the steps ran out. */
  readonly settled: boolean;
}

/**
 * Sequential minimal optimisation with second order working sets (Fan, Chen & Lin 2005, JMLR 6, 1889–1918), started at
 * α = 0: each step moves the two variables that promise the largest descent, as LIBSVM does without shrinking. Ties go
 * to the later variable, also as LIBSVM.
 */
export function supportVectorDual(problem: SupportVectorProblem, cancel: CancelToken): SupportVectorSolution {
  const { sample, sign, p, c, column, diagonal, tolerance, maxSteps } = problem;
  const count = p.length;
  const alpha = new Float64Array(count);
  /** s ∘ gradient. */
  const f = p.map((value, t) => sign[t] * value);
  const mayRise = (t: number): boolean => (sign[t] > 0 ? alpha[t] < c[t] : alpha[t] > 0);
  const mayFall = (t: number): boolean => (sign[t] > 0 ? alpha[t] > 0 : alpha[t] < c[t]);
  let steps = 0;
  let settled = false;

  while (steps < maxSteps) {
    if (steps % STEPS_BETWEEN_CHECKS === 0) cancel.check();
    let i = -1;
    let top = -Infinity;
    for (let t = 0; t < count; t++) if (-f[t] >= top && mayRise(t)) [i, top] = [t, -f[t]];
    if (i < 0) {
      settled = true;
      break;
    }
    const ki = column(sample[i]);
    let j = -1;
    let bottom = -Infinity;
    let best = Infinity;
    for (let t = 0; t < count; t++) {
      if (!mayFall(t)) continue;
      if (f[t] > bottom) bottom = f[t];
      const violation = top + f[t];
      if (violation <= 0) continue;
      const curvature = diagonal[sample[i]] + diagonal[sample[t]] - 2 * ki[sample[t]];
      const gain = -(violation * violation) / Math.max(curvature, SMALLEST_CURVATURE);
      if (gain <= best) [j, best] = [t, gain];
    }
    if (j < 0 || top + bottom < tolerance) {
      settled = true;
      break;
    }
    const kj = column(sample[j]);
    const curvature = diagonal[sample[i]] + diagonal[sample[j]] - 2 * ki[sample[j]];
    const wanted = (f[j] - f[i]) / Math.max(curvature, SMALLEST_CURVATURE);
    // The room of each variable in its direction; at the end of it the bound is set exactly.
    const roomI = sign[i] > 0 ? c[i] - alpha[i] : alpha[i];
    const roomJ = sign[j] > 0 ? alpha[j] : c[j] - alpha[j];
    const step = Math.min(wanted, roomI, roomJ);
    alpha[i] = step === roomI ? (sign[i] > 0 ? c[i] : 0) : alpha[i] + sign[i] * step;
    alpha[j] = step === roomJ ? (sign[j] > 0 ? 0 : c[j]) : alpha[j] - sign[j] * step;
    for (let t = 0; t < count; t++) f[t] += step * (ki[sample[t]] - kj[sample[t]]);
    steps++;
  }
  return { alpha, rho: offset(f, alpha, c, mayRise), steps, settled };
}

/** The mean of s ∘ gradient over free variables; without any, the middle of what the bounds allow. */
function offset(f: Float64Array, alpha: Float64Array, c: Float64Array, mayRise: (t: number) => boolean): number {
  let sum = 0;
  let free = 0;
  let low = -Infinity;
  let high = Infinity;
  for (let t = 0; t < f.length; t++) {
    if (alpha[t] > 0 && alpha[t] < c[t]) {
      sum += f[t];
      free++;
    } else if (mayRise(t)) high = Math.min(high, f[t]);
    else low = Math.max(low, f[t]);
  }
  return free > 0 ? sum / free : (high + low) / 2;
}

const STEPS_BETWEEN_CHECKS = 64;
/** LIBSVM's lower bound of a curvature, for kernels that are not positive definite and for equal samples. */
const SMALLEST_CURVATURE = 1e-12;
