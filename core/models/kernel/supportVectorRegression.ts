import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { kernelColumns } from '#core/models/kernel/kernelColumns.ts';
import { kernelExpansion, kernelState, type KernelState } from '#core/models/kernel/kernelExpansion.ts';
import type { KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { resolveGamma } from '#core/models/kernel/resolveGamma.ts';
import { supportVectorParameters } from '#core/models/kernel/supportVectorParameters.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';
import { supportVectorDual } from '#core/numerics/supportVectorDual.ts';

interface Params {
  kernel: 'rbf' | 'linear' | 'poly' | 'sigmoid';
  C: number;
  epsilon: number;
  gamma: number | 'scale' | 'auto';
  degree: number;
  coef0: number;
  tol: number;
  max_iter: number;
  cache_size: number;
  shrinking: boolean;
  verbose: boolean | number;
}

const { linear, ...expansion } = kernelExpansion('SVR');

/** ε-insensitive support vector regression. Agrees with scikit-learn's `SVR` (LIBSVM). */
export const supportVectorRegression = defineModel<Params, KernelState>({
  id: 'SVR',
  version: 1,
  title: 'Support vector regression',
  group: 'regression',
  task: 'regression',
  summary: 'A kernel model from the samples outside a tube of half-width ε around the curve.',
  whenToUse: 'A curved relation and up to a few thousand samples; scale channels and target, sweep C, gamma and ε.',
  whenNotToUse: 'On unscaled data, or when PLS is good already: it has three parameters to tune and no loadings.',
  references: [
    'Smola, A. J. & Schölkopf, B. (2004) Statistics and Computing 14, 199–222. doi:10.1023/B:STCO.0000035301.49549.88',
    'Fan, R.-E., Chen, P.-H. & Lin, C.-J. (2005) Journal of Machine Learning Research 6, 1889–1918',
  ],
  aliases: ['SupportVectorRegression', 'sklearn.svm.SVR', 'sklearn.svm._classes.SVR'],
  params: z.strictObject({
    kernel: supportVectorParameters.kernel,
    C: z.number().positive().default(1).meta({
      title: 'C',
      description: 'Penalty on samples outside the tube; larger follows the samples more closely.',
    }),
    epsilon: z.number().min(0).default(0.1).meta({
      title: 'Tube ε',
      description: 'Half-width of the tube without penalty, in the unit that the model sees.',
    }),
    gamma: supportVectorParameters.gamma,
    degree: supportVectorParameters.degree,
    coef0: supportVectorParameters.coef0,
    tol: supportVectorParameters.tol,
    max_iter: z.int().min(-1).default(-1).meta({
      title: 'Steps',
      description: 'Largest number of steps; −1 sets no limit but a very high one.',
    }),
    cache_size: supportVectorParameters.cacheSize,
    shrinking: supportVectorParameters.shrinking,
    verbose: supportVectorParameters.verbose,
  }),
  fit(x, y, params, { cancel, notice }) {
    cancel.check();
    requireTrainingData('SVR', x, y);
    const { kernel: kind, degree, coef0, C, epsilon } = params;
    const kernel: KernelSpec = { kind, gamma: resolveGamma(params.gamma, x), degree, coef0 };
    const n = x.rows;
    cancel.check();
    const { alpha, rho, steps, settled } = supportVectorDual(
      {
        // One variable pulls a sample's prediction up, a second one pulls it down.
        sample: Int32Array.from({ length: 2 * n }, (_, t) => t % n),
        sign: Int8Array.from({ length: 2 * n }, (_, t) => (t < n ? 1 : -1)),
        p: Float64Array.from({ length: 2 * n }, (_, t) => (t < n ? epsilon - y[t] : epsilon + y[t - n])),
        c: new Float64Array(2 * n).fill(C),
        ...kernelColumns(kernel, x, params.cache_size),
        tolerance: params.tol,
        maxSteps: params.max_iter === -1 ? Math.max(10_000_000, 200 * n) : params.max_iter,
      },
      cancel,
    );
    if (!settled)
      notice(`SVR: fitting stopped after ${steps} steps without settling. Scale the channels or raise max_iter.`);
    const weights = y.map((_, i) => alpha[i] - alpha[n + i]);
    return kernelState(kernel, x, weights, -rho);
  },
  complexity: ({ C }) => C,
  linear,
  ...expansion,
});
