import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { defineTransform } from '#core/data/operator.ts';
import type { EdgeMode } from '#core/numerics/edgeIndex.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { extendedPlaces, shifted } from '#core/transforms/smooth/slidingFilter.ts';

interface Params {
  window: number;
  pad_mode: 'reflect' | 'edge' | 'constant';
  constant_values: number;
  copy: boolean;
}

/** SNV in a moving window: each channel minus the mean of its window, divided by its standard deviation. */
export const localStandardNormalVariate = defineTransform<Params, Record<string, never>>({
  id: 'LocalSNV',
  version: 1,
  title: 'Local standard normal variate',
  group: 'scatter',
  summary: 'Centres and scales each channel by the mean and standard deviation of a window around it.',
  whenToUse:
    'Scatter whose offset and gain change along the spectrum, so that one mean and one deviation do not fit all.',
  whenNotToUse: 'When the height of bands carries the information: every window is brought to the same height.',
  references: ['Bi, Y. et al. (2016) Analytica Chimica Acta 909, 30–40. doi:10.1016/j.aca.2016.01.010'],
  aliases: [
    'LSNV',
    'LocalStandardNormalVariate',
    'nirs4all.operators.transforms.LocalStandardNormalVariate',
    'nirs4all.operators.LocalStandardNormalVariate',
    'nirs4all.operators.transforms.scalers.LocalStandardNormalVariate',
  ],
  params: z.strictObject({
    window: z
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
    pad_mode: z.enum(['reflect', 'edge', 'constant']).default('reflect').meta({
      title: 'Ends',
      description:
        'How the spectrum goes on beyond its ends. reflect: mirrored about the end channel; edge: the end value; constant: a fixed value.',
    }),
    constant_values: z.number().default(0).meta({
      title: 'Value beyond the ends',
      description: 'The fixed value, where the ends are "constant".',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply(x, _, params) {
    const { window, constant_values } = params;
    const half = (window - 1) / 2;
    const places = placesOf(x.cols, params);
    const beyond = Int32Array.of(...places.subarray(0, half), ...places.subarray(half + x.cols));
    const needs = { scratch: places.length, figures: 2 * half };
    return throughKernels(x, needs, ({ kernels, block, cols, values, figures, figureValues, scratch }, rows) => {
      for (let i = 0; i < rows; i++)
        for (let k = 0; k < 2 * half; k++)
          figureValues[2 * half * i + k] = beyond[k] < 0 ? constant_values : values[i * cols + beyond[k]];
      kernels.standardiseWindows(block, rows, cols, half, FLAT, figures, scratch);
    });
  },
  onnx(graph, input, _, params) {
    const { window } = params;
    const n = input.cols;
    const extended = extendedNodes(graph, input, params);
    const parts = Array.from({ length: window }, (_part, k) => shifted(graph, extended, k, n));
    const add = (a: string, b: string): string => graph.node('Add', [a, b]);
    const size = graph.constant(Float64Array.of(window), []);
    const mean = graph.node('Div', [parts.reduce(add), size]);
    const squares = parts.map((part) => {
      const centred = graph.node('Sub', [part, mean]);
      return graph.node('Mul', [centred, centred]);
    });
    const deviation = graph.node('Sqrt', [graph.node('Div', [squares.reduce(add), size])]);
    const largest = parts.map((part) => graph.node('Abs', [part])).reduce((a, b) => graph.node('Max', [a, b]));
    const flat = graph.node('Mul', [largest, graph.constant(Float64Array.of(FLAT), [])]);
    const scale = graph.node('Where', [
      graph.node('Greater', [deviation, flat]),
      deviation,
      graph.constant(Float64Array.of(1), []),
    ]);
    return { name: graph.node('Div', [graph.node('Sub', [input.name, mean]), scale]), cols: n };
  },
});

function placesOf(channels: number, { window, pad_mode }: Params): Int32Array {
  const half = (window - 1) / 2;
  if (half >= channels)
    throw new EngineError('numerics.parameter', {
      operator: 'LocalSNV',
      parameter: 'window',
      problem: `is ${window}, but the spectra have only ${channels} channels. Choose a smaller window.`,
    });
  return extendedPlaces(channels, half, edgeModes[pad_mode]);
}

function extendedNodes(graph: OnnxGraph, input: OnnxValue, params: Params): string {
  const places = placesOf(input.cols, params);
  if (params.pad_mode !== 'constant')
    return graph.node('Gather', [input.name, graph.integers(Array.from(places))], { axis: 1 });
  // A row of the fixed value for each spectrum: 0 times a channel, plus the value.
  const half = (params.window - 1) / 2;
  const nothing = graph.node('Mul', [
    shifted(graph, input.name, 0, 1),
    graph.constant(new Float64Array(half), [1, half]),
  ]);
  const beyond = graph.node('Add', [nothing, graph.constant(Float64Array.of(params.constant_values), [])]);
  return graph.node('Concat', [beyond, input.name, beyond], { axis: 1 });
}

const edgeModes: Record<Params['pad_mode'], EdgeMode> = { reflect: 'mirror', edge: 'nearest', constant: 'constant' };

/** Relative to the largest value of the window: a few roundings. */
const FLAT = 1e-14;
