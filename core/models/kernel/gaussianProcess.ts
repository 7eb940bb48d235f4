import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { randomState } from '#core/base/randomState.ts';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { fitGaussianKernel } from '#core/models/kernel/fitGaussianKernel.ts';
import { kernelExpansion, kernelState, type KernelState } from '#core/models/kernel/kernelExpansion.ts';
import { kernelMatrix } from '#core/models/kernel/kernelMatrix.ts';
import type { KernelKind, KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import type { GaussianKernel } from '#core/models/kernel/logMarginalLikelihood.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';
import { squaredDistances } from '#core/numerics/squaredDistances.ts';
import { cholesky } from '#core/numerics/cholesky.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';

interface Params {
  kernel: 'rbf' | 'matern' | 'rational_quadratic' | null;
  length_scale: number;
  constant_value: number;
  noise_level: number;
  nu: 0.5 | 1.5 | 2.5;
  mixture: number;
  alpha: number;
  optimizer: 'fmin_l_bfgs_b' | null;
  n_restarts_optimizer: number;
  normalize_y: boolean;
  random_state: number | null;
  copy_X_train: boolean;
  n_targets: number | null;
}

const { linear: _linear, ...expansion } = kernelExpansion('GaussianProcess');

/** Gaussian process regression, the mean of the posterior. Agrees with scikit-learn's `GaussianProcessRegressor`. */
export const gaussianProcess = defineModel<Params, KernelState>({
  id: 'GaussianProcess',
  version: 1,
  title: 'Gaussian process',
  group: 'regression',
  task: 'regression',
  summary: 'A smooth curve whose flexibility is learned from the data by maximum likelihood.',
  whenToUse: 'A curved relation with up to about a thousand samples; choose a kernel, scale channels and target.',
  whenNotToUse:
    'With the default kernel on unscaled spectra: its fixed length of 1 then fits each sample alone. Not for many thousand samples.',
  references: ['Rasmussen, C. E. & Williams, C. K. I. (2006) Gaussian Processes for Machine Learning. MIT Press'],
  aliases: [
    'GP',
    'GPR',
    'GaussianProcessRegressor',
    'sklearn.gaussian_process.GaussianProcessRegressor',
    'sklearn.gaussian_process._gpr.GaussianProcessRegressor',
  ],
  params: z.strictObject({
    kernel: z.enum(['rbf', 'matern', 'rational_quadratic']).nullable().default(null).meta({
      title: 'Kernel',
      description:
        'Its numbers are learned from the data, from the start values below. Empty: rbf, nothing is learned.',
    }),
    length_scale: z.number().positive().default(1).meta({
      title: 'Length',
      description: 'Distance of spectra over which predictions change; start value when it is learned.',
    }),
    constant_value: z.number().positive().default(1).meta({
      title: 'Variance',
      description: 'Variance of the curve; start value when it is learned.',
    }),
    noise_level: z.number().min(0).default(0).meta({
      title: 'Noise variance',
      description: 'Variance of the noise of the target; start value when it is learned, 0 for none.',
    }),
    nu: z.literal([0.5, 1.5, 2.5]).default(1.5).meta({
      title: 'Smoothness ν',
      description: 'Of the matern kernel: 0.5 is rough, 2.5 smooth.',
    }),
    mixture: z.number().positive().default(1).meta({
      title: 'Mixture α',
      description: 'Of the rational_quadratic kernel: small mixes many lengths; start value when it is learned.',
    }),
    alpha: z.number().min(0).default(1e-10).meta({
      title: 'Added variance',
      description: 'Added to the variance of every sample, for noise that is known and for stability.',
    }),
    optimizer: z.enum(['fmin_l_bfgs_b']).nullable().default('fmin_l_bfgs_b').meta({
      title: 'Learning',
      description: 'Empty keeps the numbers of the kernel as given.',
    }),
    n_restarts_optimizer: z.int().min(0).max(100).default(0).meta({
      title: 'Further starts',
      description: 'Further searches from random numbers; the most likely result is taken.',
    }),
    normalize_y: z.boolean().default(false).meta({
      title: 'Scale target',
      description: 'Centre the target and divide it by its standard deviation (n); else the curve returns to 0.',
    }),
    random_state: z.int().min(0).max(4294967295).nullable().default(null).meta({
      title: 'Seed',
      description: 'Seed of the further starts; empty takes the seed of the run.',
    }),
    copy_X_train: z.boolean().default(true).meta({
      title: 'Copy',
      description: 'Accepted for compatibility and not used: spectra are never overwritten.',
      unused: true,
    }),
    n_targets: z.int().min(1).nullable().default(null).meta({
      title: 'Targets',
      description: 'Accepted for compatibility and not used: there is one target.',
      unused: true,
    }),
  }),
  fit(x, y, params, context) {
    const { cancel } = context;
    cancel.check();
    requireTrainingData('GaussianProcess', x, y);
    const yMean = params.normalize_y ? mean(y) : 0;
    const yScale = params.normalize_y ? columnDeviations(matrix(y.length, 1, y), Float64Array.of(yMean), 0)[0] : 1;
    const target = y.map((value) => (value - yMean) / yScale);
    const chosen = chooseKernel(x, target, params, context);
    const spec = kernelSpec(chosen);
    const k = kernelMatrix(spec, x, cancel);
    const covariance = { ...k, data: k.data.map((value) => chosen.constant * value) };
    for (let i = 0; i < k.rows; i++) covariance.data[i * k.cols + i] += chosen.noise + params.alpha;
    const factor = cholesky(covariance);
    if (!factor)
      throw new EngineError('numerics.parameter', {
        operator: 'GaussianProcess',
        parameter: 'alpha',
        problem: 'is too small for spectra that are this alike. Raise it, or set a noise level.',
      });
    const weights = factor.solve(target).map((value) => value * chosen.constant * yScale);
    return kernelState(spec, x, weights, yMean);
  },
  complexity: () => 0,
  // A learned kernel can be nearly singular: its weights, up to 1e9, then multiply the last bits of the exponentials.
  onnxTolerance: 1e-6,
  ...expansion,
});

function chooseKernel(
  x: Matrix,
  y: Float64Array,
  params: Params,
  { cancel, seed, notice }: FitContext,
): GaussianKernel {
  const start: GaussianKernel = {
    kind: kernelKind(params),
    constant: params.constant_value,
    lengthScale: params.length_scale,
    noise: params.noise_level,
    mixture: params.mixture,
  };
  if (params.kernel === null || params.optimizer === null) return start;
  const random = randomState(params.random_state ?? seed);
  const search = {
    squared: squaredDistances(x),
    y,
    alpha: params.alpha,
    restarts: params.n_restarts_optimizer,
    random,
  };
  const { kernel, settled } = fitGaussianKernel(start, search, cancel);
  if (!settled) notice('GaussianProcess: the search for the most likely kernel had not settled when it was stopped.');
  return kernel;
}

const KINDS_BY_NU: Readonly<Record<Params['nu'], KernelKind>> = { 0.5: 'matern12', 1.5: 'matern32', 2.5: 'matern52' };

const kernelKind = ({ kernel, nu }: Params): KernelKind => (kernel === 'matern' ? KINDS_BY_NU[nu] : (kernel ?? 'rbf'));

/** γ such that s = γ d² is what the kernel of this kind expects. */
function kernelSpec({ kind, lengthScale, mixture }: GaussianKernel): KernelSpec {
  const square = lengthScale * lengthScale;
  return { kind, gamma: 1 / (kind.startsWith('matern') ? square : 2 * square), degree: mixture, coef0: 0 };
}
