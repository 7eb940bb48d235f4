import { z } from 'zod';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { defineTransform } from '#core/data/operator.ts';
import { waveletModes, type WaveletMode } from '#core/numerics/discreteWavelet.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { mean } from '#core/numerics/mean.ts';
import { median } from '#core/numerics/median.ts';
import { waveletFilters, waveletNames, type WaveletName } from '#core/numerics/waveletFilters.ts';
import { fromWaveletLevels, waveletLevels } from '#core/numerics/waveletLevels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { medianNodes } from '#core/transforms/scatter/medianNodes.ts';
import { shifted } from '#core/transforms/smooth/slidingFilter.ts';

interface Params {
  wavelet: WaveletName;
  level: number;
  mode: WaveletMode;
  threshold_mode: 'soft' | 'hard';
  noise_estimator: 'median' | 'std';
  copy: boolean;
}

/**
 * Wavelet shrinkage with the universal threshold σ·√(2·ln p): σ is estimated from the finest details, the details of
 * all levels are shrunk, and the spectrum is put together again.
 */
export const waveletDenoise = defineTransform<Params, Record<string, never>>({
  id: 'WaveletDenoise',
  version: 1,
  title: 'Wavelet denoising',
  group: 'smooth',
  summary: 'Removes from each spectrum the wavelet details that are no larger than noise.',
  whenToUse: 'Noise of the same size over the whole spectrum, with bands of different width that a window would blur.',
  whenNotToUse: 'When weak narrow bands carry the information, or when noise differs strongly along the spectrum.',
  references: ['Donoho, D. L. & Johnstone, I. M. (1994) Biometrika 81, 425–455. doi:10.1093/biomet/81.3.425'],
  aliases: [
    'nirs4all.operators.transforms.WaveletDenoise',
    'nirs4all.operators.transforms.wavelet_denoise.WaveletDenoise',
  ],
  params: z.strictObject({
    wavelet: z.enum(waveletNames).default('db4').meta({
      title: 'Wavelet',
      description: 'haar for steps, db (Daubechies), sym (nearly symmetric) and coif (coiflets) for smooth bands.',
    }),
    level: z.int().min(1).max(12).default(5).meta({
      title: 'Levels',
      description: 'How many times the spectrum is halved; higher levels reach broader details.',
    }),
    mode: z.enum(waveletModes).default('periodization').meta({
      title: 'Ends',
      description:
        'How the spectrum goes on beyond its ends. symmetric disturbs the ends least when the two ends differ.',
    }),
    threshold_mode: z.enum(['soft', 'hard']).default('soft').meta({
      title: 'Threshold',
      description: 'soft: all details shrink by the threshold; hard: details below the threshold vanish.',
    }),
    noise_estimator: z.enum(['median', 'std']).default('median').meta({
      title: 'Noise',
      description:
        'Size of the noise from the finest details: median of their absolute values / 0.6745, or their standard deviation.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply(x, _, { wavelet, level, mode, threshold_mode, noise_estimator }) {
    const filters = waveletFilters(wavelet);
    return mapRows(x, x.cols, (spectrum, out) => {
      const levels = waveletLevels(spectrum, filters, mode, level);
      const finest = levels[level];
      const noise = noise_estimator === 'median' ? median(finest.map(Math.abs)) / NORMAL_MAD : deviation(finest);
      const threshold = noise * Math.sqrt(2 * Math.log(x.cols));
      const shrink = threshold_mode === 'soft' ? soft(threshold) : hard(threshold);
      const kept = levels.map((part, k) => (k === 0 ? part : part.map(shrink)));
      out.set(fromWaveletLevels(kept, filters, mode).subarray(0, x.cols));
    });
  },
  onnx(graph, input, _, params) {
    const p = input.cols;
    const { sizes, take, give } = waveletMatrices(p, params);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const rough = sizes[0];
    const coefficients = graph.node('MatMul', [input.name, graph.constant(take, [p, total])]);
    const details = shifted(graph, coefficients, rough, total - rough);
    const finest = {
      name: shifted(graph, coefficients, total - sizes[params.level], sizes[params.level]),
      cols: sizes[params.level],
    };
    const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
    const factor = Math.sqrt(2 * Math.log(p));
    const threshold =
      params.noise_estimator === 'median'
        ? graph.node('Mul', [
            medianNodes(graph, { name: graph.node('Abs', [finest.name]), cols: finest.cols }),
            scalar(factor / NORMAL_MAD),
          ])
        : graph.node('Mul', [deviationNodes(graph, finest), scalar(factor)]);
    const size = graph.node('Abs', [details]);
    const kept =
      params.threshold_mode === 'soft'
        ? graph.node('Mul', [
            graph.node('Sign', [details]),
            graph.node('Max', [graph.node('Sub', [size, threshold]), scalar(0)]),
          ])
        : graph.node('Where', [graph.node('Less', [size, threshold]), scalar(0), details]);
    const all = graph.node('Concat', [shifted(graph, coefficients, 0, rough), kept], { axis: 1 });
    return { name: graph.node('MatMul', [all, graph.constant(give, [total, p])]), cols: p };
  },
});

const soft =
  (threshold: number) =>
  (value: number): number =>
    Math.sign(value) * Math.max(Math.abs(value) - threshold, 0);

const hard =
  (threshold: number) =>
  (value: number): number =>
    Math.abs(value) < threshold ? 0 : value;

function deviation(values: Float64Array): number {
  const level = mean(values);
  let squares = 0;
  for (let j = 0; j < values.length; j++) squares += (values[j] - level) ** 2;
  return Math.sqrt(squares / values.length);
}

/** The transform and its inverse as matrices: coefficients = x · take, x = coefficients · give. */
function waveletMatrices(p: number, { wavelet, mode, level }: Params) {
  const filters = waveletFilters(wavelet);
  const unit = (n: number, at: number): Float64Array => {
    const values = new Float64Array(n);
    values[at] = 1;
    return values;
  };
  const sizes = waveletLevels(new Float64Array(p), filters, mode, level).map((part) => part.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const take = new Float64Array(p * total);
  const give = new Float64Array(total * p);
  for (let j = 0; j < p; j++) {
    let at = j * total;
    for (const part of waveletLevels(unit(p, j), filters, mode, level)) {
      take.set(part, at);
      at += part.length;
    }
  }
  for (let c = 0; c < total; c++) {
    const whole = unit(total, c);
    let start = 0;
    const parts = sizes.map((size) => whole.subarray(start, (start += size)));
    give.set(fromWaveletLevels(parts, filters, mode).subarray(0, p), c * p);
  }
  return { sizes, take, give };
}

/** Standard deviation of each row, n × 1. */
function deviationNodes(graph: OnnxGraph, { name }: OnnxValue): string {
  const centred = graph.node('Sub', [name, graph.node('ReduceMean', [name], { axes: [1], keepdims: 1 })]);
  const variance = graph.node('ReduceMean', [graph.node('Mul', [centred, centred])], { axes: [1], keepdims: 1 });
  return graph.node('Sqrt', [variance]);
}

/** Median absolute value of standard normal noise, rounded as in the paper. */
const NORMAL_MAD = 0.6745;
