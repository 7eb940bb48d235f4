import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { polynomialResidual } from '#core/transforms/baseline/polynomialResidual.ts';

interface Params {
  polyorder: number;
  order: number | null;
  bp: number;
  copy: boolean;
}

/** Detrending: each spectrum minus its least squares polynomial over the channel number. */
export const detrend = defineTransform<Params, Record<string, never>>({
  id: 'Detrend',
  version: 1,
  title: 'Detrend',
  group: 'baseline',
  summary: 'Subtracts from each spectrum the polynomial over the channels that fits it best.',
  whenToUse: 'Slowly varying baselines, such as the slope and curvature of densely packed powders; often after SNV.',
  whenNotToUse: 'When broad bands carry the information: the polynomial takes part of them away.',
  references: [
    'Barnes, R. J., Dhanoa, M. S. & Lister, S. J. (1989) Applied Spectroscopy 43, 772–777. doi:10.1366/0003702894202201',
  ],
  aliases: [
    'nirs4all.operators.transforms.Detrend',
    'nirs4all.operators.Detrend',
    'nirs4all.operators.transforms.signal.Detrend',
    'chemotools.baseline.PolynomialCorrection',
    'scipy.signal.detrend',
  ],
  params: z.strictObject({
    polyorder: z.int().min(0).max(10).default(1).meta({
      title: 'Polynomial order',
      description: 'Degree of the polynomial: 0 removes the mean, 1 a straight line, 2 a parabola.',
    }),
    order: z.int().min(0).max(10).nullable().default(null).meta({
      title: 'Order',
      description: 'Another spelling of the polynomial order, which counts where it is given.',
      unused: true,
    }),
    bp: z.int().min(0).max(0).default(0).meta({
      title: 'Break point',
      description: 'Accepted for compatibility: 0, one polynomial for the whole spectrum.',
      unused: true,
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  rowAffine: ({ polyorder, order }) => (order ?? polyorder) === 0,
  fit: () => ({}),
  apply: (x, _, { polyorder, order }) => polynomialResidual('Detrend', 'polyorder', order ?? polyorder).apply(x),
  onnx: (graph, input, _, { polyorder, order }) =>
    polynomialResidual('Detrend', 'polyorder', order ?? polyorder).onnx(graph, input),
});
