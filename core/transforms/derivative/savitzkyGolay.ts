import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph } from '#core/data/onnxGraph.ts';
import { defineTransform } from '#core/data/operator.ts';
import { foldWindow } from '#core/numerics/foldWindow.ts';
import { joined } from '#core/numerics/joined.ts';
import { savitzkyGolayWeights, type SavitzkyGolayWeights } from '#core/numerics/savitzkyGolayWeights.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { shifted, slidingSum } from '#core/transforms/smooth/slidingFilter.ts';

interface Params {
  window_length: number;
  polyorder: number;
  deriv: number;
  delta: number;
  copy: boolean;
}

/**
 * Savitzky–Golay smoothing and derivatives: a polynomial fitted in a moving window. The ends use the polynomial of the
 * first and last full window, as SciPy's `savgol_filter(mode='interp')`, so no channel is lost.
 */
export const savitzkyGolay = defineTransform<Params, Record<string, never>>({
  id: 'SavitzkyGolay',
  version: 1,
  title: 'Savitzky–Golay',
  group: 'smooth',
  summary: 'Smooths or differentiates each spectrum with a polynomial fitted in a moving window.',
  whenToUse:
    'To smooth noise (deriv 0), remove an offset (deriv 1) or an offset and a slope (deriv 2), and sharpen overlapping bands.',
  whenNotToUse:
    'When bands are narrower than the window, which flattens them, or on very noisy spectra with deriv 2, which amplifies noise.',
  references: [
    'Savitzky, A. & Golay, M. J. E. (1964) Analytical Chemistry 36, 1627–1639. doi:10.1021/ac60214a047',
    'Steinier, J., Termonia, Y. & Deltour, J. (1972) Analytical Chemistry 44, 1906–1909. doi:10.1021/ac60319a045',
  ],
  aliases: [
    'SavGol',
    'SG',
    'nirs4all.operators.transforms.SavitzkyGolay',
    'nirs4all.operators.SavitzkyGolay',
    'nirs4all.operators.transforms.nirs.SavitzkyGolay',
    'chemotools.smooth.SavitzkyGolayFilter',
    'scipy.signal.savgol_filter',
  ],
  params: z
    .strictObject({
      window_length: z
        .int()
        .min(3)
        .max(501)
        .refine((value) => value % 2 === 1, 'must be odd, so that the window has a middle channel')
        .default(11)
        .meta({
          title: 'Window',
          description: 'Number of channels in the moving window, odd.',
          unit: 'channels',
          step: 2,
          odd: true,
        }),
      polyorder: z.int().min(0).max(10).default(3).meta({
        title: 'Polynomial order',
        description: 'Degree of the fitted polynomial, smaller than the window.',
      }),
      deriv: z.int().min(0).max(4).default(0).meta({
        title: 'Derivative',
        description: 'Order of the derivative: 0 smooths.',
      }),
      delta: z.number().positive().default(1).meta({
        title: 'Channel spacing',
        description: 'Distance between neighbouring channels, for the unit of the derivative.',
      }),
      copy: copyParameter,
    })
    .refine((p) => p.polyorder < p.window_length, {
      path: ['polyorder'],
      message: 'must be smaller than the window, which has too few channels for this polynomial',
    }),
  stateful: false,
  target: false,
  fit(x, params) {
    requireChannels(x.cols, params);
    return {};
  },
  apply(x, _, params) {
    requireChannels(x.cols, params);
    const { middle, left, right } = weightsOf(params);
    const { weights, sign } = foldWindow(middle);
    const held = [weights, joined([...left, ...right])];
    return throughKernels(
      x,
      { held, scratch: x.cols },
      ({ kernels, block, cols, held: [at, edges], scratch }, rows) => {
        kernels.windowRows(block, rows, cols, at, left.length, sign, edges, scratch);
      },
    );
  },
  onnx(graph, input, _, params) {
    requireChannels(input.cols, params);
    const weights = weightsOf(params);
    const window = weights.middle.length;
    const last = input.cols - window;
    const parts = [
      edge(graph, shifted(graph, input.name, 0, window), weights.left),
      slidingSum(graph, input, weights.middle),
      edge(graph, shifted(graph, input.name, last, window), weights.right),
    ];
    return { name: graph.node('Concat', parts, { axis: 1 }), cols: input.cols };
  },
});

const weightsOf = (p: Params): SavitzkyGolayWeights =>
  savitzkyGolayWeights(p.window_length, p.polyorder, p.deriv, p.delta);

function requireChannels(channels: number, { window_length }: Params): void {
  if (channels < window_length)
    throw new EngineError('numerics.parameter', {
      operator: 'SavitzkyGolay',
      parameter: 'window_length',
      problem: `is ${window_length}, but the spectra have only ${channels} channels. Choose a smaller window.`,
    });
}

function edge(graph: OnnxGraph, window: string, weights: readonly Float64Array[]): string {
  const half = weights.length;
  const rows = 2 * half + 1;
  const matrix = new Float64Array(rows * half);
  weights.forEach((column, j) => {
    for (let k = 0; k < rows; k++) matrix[k * half + j] = column[k];
  });
  return graph.node('MatMul', [window, graph.constant(matrix, [rows, half])]);
}
