import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { sliceAxis, type Axis } from '#core/data/axis.ts';
import { defineTransform } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';

interface Params {
  from: number | null;
  to: number | null;
  start: number;
  end: number | null;
}

/** Keeps one contiguous region of the axis. */
export const crop = defineTransform<Params, { start: number; end: number; channels: number }>({
  id: 'Crop',
  version: 1,
  title: 'Crop',
  group: 'axis',
  summary: 'Keeps one region of the axis and drops the rest.',
  whenToUse: 'To cut noisy ends, a saturated water band, or a region that another instrument does not have.',
  whenNotToUse:
    'To choose regions by looking at the validation error: let a sweep do that inside the cross-validation.',
  references: ['Næs, T. et al. (2002) A User-Friendly Guide to Multivariate Calibration and Classification, ch. 10'],
  aliases: [
    'CropTransformer',
    'nirs4all.operators.transforms.CropTransformer',
    'nirs4all.operators.CropTransformer',
    'nirs4all.operators.transforms.features.CropTransformer',
  ],
  params: z
    .strictObject({
      from: z.number().nullable().default(null).meta({
        title: 'From',
        description: 'Lowest axis value to keep, included, in axis units. Empty: no lower limit.',
      }),
      to: z.number().nullable().default(null).meta({
        title: 'To',
        description: 'Highest axis value to keep, included, in axis units. Empty: no upper limit.',
      }),
      start: z.int().min(0).default(0).meta({
        title: 'First channel',
        description: 'Channel number at which the region begins, counted from 0.',
        unit: 'channels',
      }),
      end: z.int().min(1).nullable().default(null).meta({
        title: 'End channel',
        description: 'Channel number before which the region ends. Empty: the last channel is kept.',
        unit: 'channels',
      }),
    })
    .refine((p) => p.from === null || p.to === null || p.from !== p.to, {
      path: ['to'],
      message: 'must differ from the other end of the region',
    })
    .refine((p) => p.end === null || p.end > p.start, {
      path: ['end'],
      message: 'must be larger than the first channel',
    }),
  stateful: false,
  target: false,
  fit: (x, params, { axis }) => ({ ...region(axis, x.cols, params), channels: x.cols }),
  apply(x, { start, end, channels }) {
    if (x.cols !== channels)
      throw new EngineError('numerics.shape', {
        what: 'Crop',
        expected: `${channels} channels, as in training`,
        found: String(x.cols),
      });
    return mapRows(x, end - start, (spectrum, out) => {
      out.set(spectrum.subarray(start, end));
    });
  },
  outputAxis: (axis, { start, end }) => sliceAxis(axis, start, end),
  onnx(graph, input, { start, end }) {
    const name = graph.node('Slice', [input.name, graph.integers([start]), graph.integers([end]), graph.integers([1])]);
    return { name, cols: end - start };
  },
});

/** The columns to keep: those that satisfy both the axis limits and the channel numbers. */
function region(axis: Axis, channels: number, params: Params): { start: number; end: number } {
  const from = params.from ?? -Infinity;
  const to = params.to ?? Infinity;
  const [low, high] = from <= to ? [from, to] : [to, from];
  const inside = (j: number): boolean => axis.values[j] >= low && axis.values[j] <= high;
  let start = params.start;
  let end = Math.min(params.end ?? channels, channels);
  if (params.from !== null || params.to !== null) {
    while (start < end && !inside(start)) start++;
    while (end > start && !inside(end - 1)) end--;
  }
  if (start >= end) throw emptyRegion(axis, channels, params);
  return { start, end };
}

function emptyRegion(axis: Axis, channels: number, { from, to, start, end }: Params): EngineError {
  const first = axis.values[0] ?? 0;
  const last = axis.values[channels - 1] ?? 0;
  const unit = axis.unit === 'index' ? '' : axis.unit === 'cm-1' ? ' cm⁻¹' : ' nm';
  const limits = from !== null || to !== null;
  const asked = limits
    ? `${from ?? 'the lower end'} to ${to ?? 'the upper end'}${unit}`
    : `${start} to ${end ?? channels}`;
  return new EngineError('numerics.parameter', {
    operator: 'Crop',
    parameter: limits ? 'from, to' : 'start, end',
    problem:
      `${asked} keeps no channel. The axis runs from ${Math.min(first, last)} to ${Math.max(first, last)}${unit} ` +
      `in ${channels} channels.`,
  });
}
