import type { CancelToken } from '#core/base/cancellation.ts';
import type { RandomState } from '#core/base/randomState.ts';
import { logMarginalLikelihood, type GaussianKernel } from '#core/models/kernel/logMarginalLikelihood.ts';
import { boxedDescent } from '#core/numerics/boxedDescent.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What a search for the numbers of a kernel needs. */
export interface KernelSearch {
  /** n × n squared distances of the training spectra. */
  readonly squared: Matrix;
  readonly y: Float64Array;
  /** Added to the diagonal. */
  readonly alpha: number;
  /** Further starts, drawn between the bounds. */
  readonly restarts: number;
  readonly random: RandomState;
}

type Tuned = 'constant' | 'lengthScale' | 'noise' | 'mixture';

/**
 * The numbers of a kernel that maximise the log marginal likelihood, each between 1e-5 and 1e5, searched on a
 * logarithmic scale from the given kernel. A noise of 0 stays 0.
 *
 * @returns the kernel, and whether the best search settled
 */
export function fitGaussianKernel(
  start: GaussianKernel,
  { squared, y, alpha, restarts, random }: KernelSearch,
  cancel: CancelToken,
): { kernel: GaussianKernel; settled: boolean } {
  const tuned: Tuned[] = ['constant', 'lengthScale'];
  if (start.kind === 'rational_quadratic') tuned.push('mixture');
  if (start.noise > 0) tuned.push('noise');
  const kernelAt = (theta: Float64Array): GaussianKernel => ({
    ...start,
    ...Object.fromEntries(tuned.map((name, k) => [name, Math.exp(theta[k])])),
  });
  const search = (from: Float64Array) =>
    boxedDescent(
      (theta) => {
        cancel.check();
        const likelihood = logMarginalLikelihood(squared, y, kernelAt(theta), alpha);
        return { value: -likelihood.value, gradient: Float64Array.from(tuned, (name) => -likelihood[name]) };
      },
      from,
      tuned.map(() => BOUNDS),
      cancel,
    );
  let best = search(Float64Array.from(tuned, (name) => Math.log(start[name])));
  for (let k = 0; k < restarts; k++) {
    const found = search(Float64Array.from(tuned, () => BOUNDS[0] + (BOUNDS[1] - BOUNDS[0]) * random.random()));
    if (found.value < best.value) best = found;
  }
  return { kernel: kernelAt(best.at), settled: best.settled };
}

/** scikit-learn's default bounds. */
const BOUNDS = [Math.log(1e-5), Math.log(1e5)] as const;
