import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { defineTransform } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { savitzkyGolayWeights, type SavitzkyGolayWeights } from '#core/numerics/savitzkyGolayWeights.ts';

interface Params {
  window_length: number;
  polyorder: number;
  deriv: number;
  delta: number;
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
    const half = left.length;
    const last = x.cols - middle.length;
    return mapRows(x, x.cols, (spectrum, out) => {
      for (let j = 0; j < half; j++) {
        out[j] = weighted(left[j], spectrum, 0);
        out[last + half + 1 + j] = weighted(right[j], spectrum, last);
      }
      convolveInto(spectrum, middle, out);
    });
  },
  onnx(graph, input, _, params) {
    requireChannels(input.cols, params);
    const weights = weightsOf(params);
    const window = weights.middle.length;
    const last = input.cols - window;
    const parts = [
      edge(graph, slice(graph, input, 0, window), weights.left),
      interior(graph, input, weights),
      edge(graph, slice(graph, input, last, last + window), weights.right),
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

function weighted(weights: Float64Array, spectrum: Float64Array, start: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * spectrum[start + k];
  return sum;
}

/** All points with a full window around them; four neighbouring points share each weight. */
function convolveInto(spectrum: Float64Array, weights: Float64Array, out: Float64Array): void {
  const window = weights.length;
  const half = (window - 1) / 2;
  const count = spectrum.length - window + 1;
  const whole = count - (count % 4);
  for (let j = 0; j < whole; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < window; k++) {
      const weight = weights[k];
      s0 += weight * spectrum[j + k];
      s1 += weight * spectrum[j + k + 1];
      s2 += weight * spectrum[j + k + 2];
      s3 += weight * spectrum[j + k + 3];
    }
    out[half + j] = s0;
    out[half + j + 1] = s1;
    out[half + j + 2] = s2;
    out[half + j + 3] = s3;
  }
  for (let j = whole; j < count; j++) out[half + j] = weighted(weights, spectrum, j);
}

/** Columns start … end − 1. */
function slice(graph: OnnxGraph, input: OnnxValue, start: number, end: number): string {
  return graph.node('Slice', [input.name, graph.integers([start]), graph.integers([end]), graph.integers([1])]);
}

/** ONNX Runtime has no convolution in double precision, so the interior is a sum of shifted slices. */
function interior(graph: OnnxGraph, input: OnnxValue, { middle }: SavitzkyGolayWeights): string {
  const count = input.cols - middle.length + 1;
  const terms = Array.from(middle, (weight, k) =>
    graph.node('Mul', [slice(graph, input, k, k + count), graph.constant(Float64Array.of(weight), [])]),
  );
  return terms.reduce((sum, term) => graph.node('Add', [sum, term]));
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
