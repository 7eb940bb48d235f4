import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { gaussianKernel } from '#core/numerics/gaussianKernel.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { slidingFilter } from '#core/transforms/smooth/slidingFilter.ts';

interface Params {
  order: number;
  sigma: number;
  copy: boolean;
}

/** Gaussian smoothing, or a derivative of the smoothed spectrum, as SciPy's `gaussian_filter1d`. */
export const gaussian = defineTransform<Params, Record<string, never>>({
  id: 'Gaussian',
  version: 1,
  title: 'Gaussian filter',
  group: 'smooth',
  summary: 'Smooths each spectrum with a Gaussian bell, or takes a derivative of the smoothed spectrum.',
  whenToUse: 'To smooth noise (order 0), or to remove an offset (order 1) or an offset and a slope (order 2).',
  whenNotToUse: 'When bands are narrower than the bell, which flattens and widens them.',
  references: [
    'Marr, D. & Hildreth, E. (1980) Proceedings of the Royal Society B 207, 187–217. doi:10.1098/rspb.1980.0020',
  ],
  aliases: [
    'GaussianFilter',
    'nirs4all.operators.transforms.Gaussian',
    'nirs4all.operators.Gaussian',
    'nirs4all.operators.transforms.signal.Gaussian',
    'scipy.ndimage.gaussian_filter1d',
  ],
  params: z.strictObject({
    order: z.int().min(0).max(4).default(2).meta({
      title: 'Derivative',
      description: 'Order of the derivative: 0 smooths.',
    }),
    sigma: z.number().positive().max(100).default(1).meta({
      title: 'Width',
      description: 'Standard deviation of the bell. It is cut off at four times this distance.',
      unit: 'channels',
      step: 0.5,
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, params) => filterOf(params).apply(x),
  onnx: (graph, input, _, params) => filterOf(params).onnx(graph, input),
});

const filterOf = ({ order, sigma }: Params) =>
  slidingFilter([gaussianKernel(sigma, order, Math.floor(CUT_OFF * sigma + 0.5))], 'reflect');

/** Standard deviations at which the bell ends: SciPy's `truncate`. */
const CUT_OFF = 4;
