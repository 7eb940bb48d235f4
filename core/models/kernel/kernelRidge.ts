import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineModel } from '#core/data/operator.ts';
import { kernelExpansion, kernelState, type KernelState } from '#core/models/kernel/kernelExpansion.ts';
import { kernelMatrix } from '#core/models/kernel/kernelMatrix.ts';
import type { KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { resolveGamma } from '#core/models/kernel/resolveGamma.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';
import { cholesky } from '#core/numerics/cholesky.ts';

interface Params {
  alpha: number;
  kernel: 'linear' | 'rbf' | 'poly' | 'polynomial' | 'sigmoid';
  gamma: number | null;
  degree: number;
  coef0: number;
  kernel_params: null;
}

const { linear, ...expansion } = kernelExpansion('KernelRidge');

/** Ridge regression in the space of a kernel, without an intercept. Agrees with scikit-learn's `KernelRidge`. */
export const kernelRidge = defineModel<Params, KernelState>({
  id: 'KernelRidge',
  version: 1,
  title: 'Kernel ridge regression',
  group: 'regression',
  task: 'regression',
  summary: 'Least squares in the space of a kernel with a penalty: a smooth curve through all samples.',
  whenToUse: 'A curved relation and up to a few thousand samples; scale channels and target, sweep alpha and gamma.',
  whenNotToUse: 'Without centring the target: it has no intercept and pulls predictions towards zero.',
  references: ['Murphy, K. P. (2012) Machine Learning: A Probabilistic Perspective, ch. 14.4.3. MIT Press'],
  aliases: ['KRR', 'sklearn.kernel_ridge.KernelRidge'],
  params: z.strictObject({
    alpha: z.number().positive().default(1).meta({
      title: 'Penalty',
      description: 'Strength of the penalty; larger is smoother.',
    }),
    kernel: z.enum(['linear', 'rbf', 'poly', 'polynomial', 'sigmoid']).default('linear').meta({
      title: 'Kernel',
      description: 'linear: x·z. rbf: exp(−γ d²). poly: (γ x·z + c)^degree. sigmoid: tanh(γ x·z + c).',
    }),
    gamma: z.number().positive().nullable().default(null).meta({
      title: 'Gamma γ',
      description: 'Of the rbf, poly and sigmoid kernels; empty is 1 / channels.',
    }),
    degree: z.int().min(1).max(20).default(3).meta({ title: 'Degree', description: 'Of the poly kernel.' }),
    coef0: z.number().default(1).meta({ title: 'Constant c', description: 'Of the poly and sigmoid kernels.' }),
    kernel_params: z.null().default(null).meta({
      title: 'Kernel parameters',
      description: 'Accepted for compatibility and not used: only for kernels written in Python.',
      unused: true,
    }),
  }),
  fit(x, y, { alpha, kernel: name, gamma, degree, coef0 }, { cancel }) {
    cancel.check();
    requireTrainingData('KernelRidge', x, y);
    const kind = name === 'polynomial' ? 'poly' : name;
    const kernel: KernelSpec = { kind, gamma: resolveGamma(gamma, x), degree, coef0 };
    const k = kernelMatrix(kernel, x, cancel);
    for (let i = 0; i < k.rows; i++) k.data[i * k.cols + i] += alpha;
    const factor = cholesky(k);
    if (!factor)
      throw new EngineError('numerics.parameter', {
        operator: 'KernelRidge',
        parameter: 'alpha',
        problem: 'is too small for these spectra and this kernel. Raise it.',
      });
    return kernelState(kernel, x, factor.solve(y), 0);
  },
  complexity: ({ alpha }) => -alpha,
  linear,
  ...expansion,
});
