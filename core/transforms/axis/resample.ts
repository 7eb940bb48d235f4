import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';
import { defineTransform } from '#core/data/operator.ts';
import { heldInterpolation } from '#core/numerics/heldInterpolation.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { splineInterpolation, type Interpolation } from '#core/numerics/splineInterpolation.ts';
import { resampleGrid, type GridParameters } from '#core/transforms/axis/resampleGrid.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { requireChannels } from '#core/transforms/reduce/requireChannels.ts';

type Method = 'linear' | 'slinear' | 'nearest' | 'zero' | 'quadratic' | 'cubic';

interface Params extends GridParameters {
  method: Method;
  crop_range: readonly [number, number] | null;
  fill_value: number | 'extrapolate';
  bounds_error: boolean;
  copy: boolean;
}

/** Everything ascends in `known`; `columns` are the channels behind it. `inside` is 1 where no value is made up. */
type State = Readonly<{
  channels: number;
  columns: Int32Array;
  known: Float64Array;
  wanted: Float64Array;
  axis: Float64Array;
  inside: Int32Array;
}>;

/** Interpolates spectra to other axis values. Agrees with SciPy's `interp1d`. */
export const resample = defineTransform<Params, State>({
  id: 'Resample',
  version: 1,
  title: 'Resample',
  group: 'axis',
  summary: 'Interpolates each spectrum to a new grid of axis values.',
  whenToUse: 'To bring spectra of instruments with different axes to one grid, or to make an uneven axis even.',
  whenNotToUse:
    'To invent resolution: a finer grid adds no information. And not beyond the measured range, where values are made up.',
  references: ['de Boor, C. (2001) A Practical Guide to Splines, rev. ed., ch. XIII. Springer'],
  aliases: [
    'Resampler',
    'ResampleTransformer',
    'nirs4all.operators.transforms.Resampler',
    'nirs4all.operators.transforms.resampler.Resampler',
    'nirs4all.operators.transforms.ResampleTransformer',
    'nirs4all.operators.ResampleTransformer',
    'nirs4all.operators.transforms.features.ResampleTransformer',
    'prospectr.resample',
    'scipy.interpolate.interp1d',
  ],
  params: z
    .strictObject({
      target_wavelengths: z.array(z.number()).min(1).max(100_000).nullable().default(null).meta({
        title: 'New axis values',
        description: 'List of axis values of the new channels. Empty: the grid below, or the spectra stay as they are.',
        unit: 'axis units',
      }),
      from: z.number().nullable().default(null).meta({
        title: 'First value',
        description: 'Axis value of the first new channel. Empty: where the axis begins.',
        unit: 'axis units',
      }),
      to: z.number().nullable().default(null).meta({
        title: 'Last value',
        description: 'Axis value of the last new channel. Empty: where the axis ends.',
        unit: 'axis units',
      }),
      count: z.int().min(2).max(100_000).nullable().default(null).meta({
        title: 'Channels',
        description: 'Number of new channels, evenly from the first to the last value. Empty: as many as before.',
        unit: 'channels',
      }),
      num_samples: z.int().min(2).max(100_000).nullable().default(null).meta({
        title: 'Channels, by channel number',
        description: 'Number of new channels, evenly over channel numbers whatever the axis says.',
        unit: 'channels',
      }),
      method: z.enum(['linear', 'slinear', 'nearest', 'zero', 'quadratic', 'cubic']).default('linear').meta({
        title: 'Method',
        description:
          'How to go from known to new channels: straight lines (linear, slinear), splines (quadratic, cubic with not-a-knot ends), or steps (nearest, zero).',
      }),
      crop_range: z.tuple([z.number(), z.number()]).nullable().default(null).meta({
        title: 'Use only',
        description: 'Lowest and highest axis value of the channels to interpolate from. Empty: all.',
        unit: 'axis units',
      }),
      fill_value: z
        .union([z.number(), z.literal('extrapolate')])
        .default(0)
        .meta({
          title: 'Value outside',
          description: 'Value of new channels outside of the measured range; "extrapolate" continues the curve.',
        }),
      bounds_error: z.boolean().default(false).meta({
        title: 'Refuse values outside',
        description: 'Stop when a new channel lies outside of the measured range.',
      }),
      copy: copyParameter,
    })
    .refine(
      (p) => [p.target_wavelengths, p.count ?? p.from ?? p.to, p.num_samples].filter((v) => v !== null).length < 2,
      {
        path: ['target_wavelengths'],
        message: 'must stand alone: name the new channels by a list, by a grid of axis values, or by channel numbers',
      },
    ),
  stateful: false,
  target: false,
  fit(x, params, { axis, notice }) {
    if (isIdentity(params)) return unchanged(x.cols, axis);
    const { known, wanted, axis: newAxis } = resampleGrid(axis, params);
    const [low, high] = [...(params.crop_range ?? [-Infinity, Infinity])].sort((a, b) => a - b);
    const columns = Int32Array.from(known.keys()).filter((j) => axis.values[j] >= low && axis.values[j] <= high);
    if (known[columns[0]] > known[columns[columns.length - 1]]) columns.reverse();
    const used = Float64Array.from(columns, (j) => known[j]);
    requireEnough(used, params.method);
    const inside = Int32Array.from(wanted, (value) => (value >= used[0] && value <= used[used.length - 1] ? 1 : 0));
    const outside = inside.filter((flag) => flag === 0).length;
    if (outside > 0) reportOutside(outside, used, params, notice);
    return { channels: x.cols, columns, known: used, wanted, axis: newAxis, inside };
  },
  apply(x, state, params) {
    requireChannels('Resample', x.cols, state.channels);
    if (isIdentity(params)) return { ...x, data: x.data.slice() };
    const write = writer(state, params);
    return mapRows(x, state.wanted.length, (spectrum, out) => {
      write(spectrum, out);
    });
  },
  outputAxis: (axis, state) => ({ values: state.axis.slice(), unit: axis.unit }),
  onnx(graph, input, state, params) {
    if (isIdentity(params)) return { name: graph.node('Identity', [input.name]), cols: input.cols };
    const cols = state.wanted.length;
    const weights = new Float64Array(state.channels * cols);
    const write = writer(state, { ...params, fill_value: params.fill_value === 'extrapolate' ? 'extrapolate' : 0 });
    const unit = new Float64Array(state.channels);
    for (const j of state.columns) {
      unit[j] = 1;
      write(unit, weights.subarray(j * cols, (j + 1) * cols));
      unit[j] = 0;
    }
    const product = graph.node('MatMul', [input.name, graph.constant(weights, [state.channels, cols])]);
    const { fill_value } = params;
    if (fill_value === 'extrapolate' || fill_value === 0 || !state.inside.includes(0)) return { name: product, cols };
    const fill = Float64Array.from(state.inside, (flag) => (flag === 1 ? 0 : fill_value));
    return { name: graph.node('Add', [product, graph.constant(fill, [1, cols])]), cols };
  },
});

/** Without any grid, the spectra pass unchanged, also along an axis that cannot be interpolated. */
const isIdentity = (p: Params): boolean =>
  p.target_wavelengths === null && p.from === null && p.to === null && p.count === null && p.num_samples === null;

const degrees: Readonly<Record<Method, 0 | 1 | 2 | 3>> = {
  nearest: 0,
  zero: 0,
  linear: 1,
  slinear: 1,
  quadratic: 2,
  cubic: 3,
};

const unchanged = (channels: number, axis: Axis): State => ({
  channels,
  columns: new Int32Array(0),
  known: new Float64Array(0),
  wanted: new Float64Array(0),
  axis: axis.values.slice(),
  inside: new Int32Array(0),
});

function interpolation({ known, wanted }: State, method: Method): Interpolation {
  const degree = degrees[method];
  return degree === 0
    ? heldInterpolation(known, wanted, method === 'zero' ? 'zero' : 'nearest')
    : splineInterpolation(known, wanted, degree);
}

function writer(state: State, { method, fill_value }: Params): (spectrum: Float64Array, out: Float64Array) => void {
  const { interpolateInto } = interpolation(state, method);
  const values = new Float64Array(state.columns.length);
  return (spectrum, out) => {
    for (let k = 0; k < values.length; k++) values[k] = spectrum[state.columns[k]];
    interpolateInto(values, out);
    if (fill_value !== 'extrapolate')
      for (let k = 0; k < out.length; k++) if (state.inside[k] === 0) out[k] = fill_value;
  };
}

function requireEnough(known: Float64Array, method: Method): void {
  const needed = degrees[method] + 1;
  if (known.length < needed)
    throw new EngineError('numerics.too-few', {
      operator: 'Resample',
      what: `channels to interpolate from (method ${method})`,
      needed,
      found: known.length,
    });
}

function reportOutside(
  outside: number,
  known: Float64Array,
  { bounds_error, fill_value }: Params,
  notice: (sentence: string) => void,
): void {
  const range = `outside of the measured range ${known[0]} to ${known[known.length - 1]}`;
  if (bounds_error || known.length === 0)
    throw new EngineError('numerics.parameter', {
      operator: 'Resample',
      parameter: 'new axis values',
      problem: `lie ${range} for ${outside} channels. Choose values inside it.`,
    });
  const value = fill_value === 'extrapolate' ? 'the continued curve' : `the value ${fill_value}`;
  notice(`Resample: ${outside} new channels lie ${range} and get ${value}.`);
}
