import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { kernelExpansion, kernelState, selfSize, type KernelState } from '#core/models/kernel/kernelExpansion.ts';
import { kernelMatrix } from '#core/models/kernel/kernelMatrix.ts';
import type { KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { resolveGamma } from '#core/models/kernel/resolveGamma.ts';
import { kernelPlsFolds } from '#core/models/latent/kernelPlsFolds.ts';
import { rankNotice } from '#core/models/rankNotice.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';
import { plsParameters } from '#core/models/plsParameters.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';
import { kernelSpacePls } from '#core/numerics/kernelSpacePls.ts';

interface Params {
  n_components: number;
  kernel: 'rbf' | 'linear' | 'poly' | 'sigmoid';
  gamma: number | null;
  degree: number;
  coef0: number;
  algorithm: 'rosipal_trejo' | 'kernel_matrix';
  normalize_kernel: boolean;
  center_kernel: boolean;
  scale_y: boolean;
  backend: string;
}

const { linear, ...expansion } = kernelExpansion('KernelPLS');

/** PLS of one response in the space of a kernel. With the plain linear kernel it is PLS. */
export const kernelPls = defineModel<Params, KernelState>({
  id: 'KernelPLS',
  version: 1,
  title: 'Kernel PLS',
  group: 'regression',
  task: 'regression',
  summary: 'PLS in the space of a kernel, for curved relations.',
  whenToUse: 'When PLS residuals bend over the range; scale channels first, then sweep gamma and the components.',
  whenNotToUse: 'When loadings are to be read, or for samples outside the range of training: it cannot extrapolate.',
  references: [
    'Rosipal, R. & Trejo, L. J. (2001) Journal of Machine Learning Research 2, 97–123',
    'Bennett, K. P. & Embrechts, M. J. (2003) in Advances in Learning Theory, 227–250. IOS Press',
  ],
  aliases: [
    'KPLS',
    'NLPLS',
    'nirs4all.operators.models.KernelPLS',
    'nirs4all.operators.models.sklearn.KernelPLS',
    'nirs4all.operators.models.KPLS',
    'nirs4all.operators.models.sklearn.KPLS',
    'nirs4all.operators.models.NLPLS',
    'nirs4all.operators.models.sklearn.NLPLS',
    'nirs4all.operators.models.sklearn.nlpls.KernelPLS',
    'nirs4all.operators.models.sklearn.nlpls.KPLS',
    'nirs4all.operators.models.sklearn.nlpls.NLPLS',
  ],
  params: z.strictObject({
    n_components: plsParameters.components(10),
    kernel: z.enum(['rbf', 'linear', 'poly', 'sigmoid']).default('rbf').meta({
      title: 'Kernel',
      description: 'rbf: exp(−γ d²). linear: x·z. poly: (γ x·z + c)^degree. sigmoid: tanh(γ x·z + c).',
    }),
    gamma: z.number().positive().nullable().default(null).meta({
      title: 'Gamma γ',
      description: 'Of the rbf, poly and sigmoid kernels; empty is 1 / channels.',
    }),
    degree: z.int().min(1).max(20).default(3).meta({ title: 'Degree', description: 'Of the poly kernel.' }),
    coef0: z.number().default(1).meta({ title: 'Constant c', description: 'Of the poly and sigmoid kernels.' }),
    algorithm: z.enum(['rosipal_trejo', 'kernel_matrix']).default('rosipal_trejo').meta({
      title: 'Algorithm',
      description: 'rosipal_trejo: PLS in kernel space. kernel_matrix: PLS with the kernel matrix as spectra.',
    }),
    normalize_kernel: z.boolean().default(true).meta({
      title: 'Normalise',
      description:
        'Divide linear, poly and sigmoid kernels by √(k(x, x) k(z, z)), so that each spectrum has 1 with itself.',
    }),
    center_kernel: z.boolean().default(true).meta({
      title: 'Centre the kernel',
      description: 'Centre the training samples in the space of the kernel.',
    }),
    scale_y: z.boolean().default(true).meta({
      title: 'Centre the target',
      description: 'Take the mean off the target; without it there is no intercept. Its scale has no effect.',
    }),
    backend: plsParameters.backend,
  }),
  path: { param: 'n_components', fit: fitPath },
  folds: kernelPlsFolds,
  fit(x, y, params, context) {
    const { found, model } = allModels(x, y, params, params.n_components, context);
    return model(found.at(-1) ?? new Float64Array(x.rows));
  },
  complexity: ({ n_components }) => n_components,
  linear,
  ...expansion,
});

function fitPath(x: Matrix, y: Float64Array, params: Params, values: readonly number[], context: FitContext) {
  const { found, model } = allModels(x, y, params, Math.max(0, ...values), context);
  return values.map((components) => {
    const weights = found[components - 1];
    return weights ? model(weights) : null;
  });
}

function allModels(x: Matrix, y: Float64Array, params: Params, components: number, context: FitContext) {
  requireTrainingData('KernelPLS', x, y);
  const { kernel: kind, degree, coef0, algorithm, center_kernel } = params;
  const kernel: KernelSpec = { kind, gamma: resolveGamma(params.gamma, x), degree, coef0 };
  const normalised = params.normalize_kernel && kind !== 'rbf';
  const k = kernelMatrix(kernel, x, context.cancel);
  const sizes = Float64Array.from({ length: x.rows }, (_, i) => (normalised ? selfSize(kernel, rowOf(x, i)) : 1));
  if (normalised)
    k.data.forEach((value, at) => (k.data[at] = value / (sizes[Math.floor(at / k.cols)] * sizes[at % k.cols])));
  const means = columnMeans(k);
  const centred = center_kernel ? doublyCentred(k, means) : k;
  const yMean = params.scale_y ? mean(y) : 0;
  const f = y.map((value) => value - yMean);
  const found =
    algorithm === 'rosipal_trejo'
      ? kernelSpacePls(centred, f, components, context.cancel)
      : improvedKernelPls(centred, f, components, context.cancel).coefs;
  rankNotice('KernelPLS', components, found.length, context);

  /** Weights of the centred kernel, as weights of the kernel itself. */
  function model(alpha: Float64Array): KernelState {
    const shift = center_kernel ? mean(alpha) : 0;
    const weights = alpha.map((value) => value - shift);
    const intercept = center_kernel ? yMean - dot(means, weights) : yMean;
    const ofRaw = weights.map((value, i) => value / sizes[i]);
    return kernelState(kernel, x, ofRaw, intercept, normalised);
  }
  return { found, model };
}

function doublyCentred(k: Matrix, means: Float64Array): Matrix {
  const grand = mean(means);
  return {
    ...k,
    data: k.data.map((value, at) => value - means[Math.floor(at / k.cols)] - means[at % k.cols] + grand),
  };
}
