import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { affineColumns, type AffineColumns } from '#core/transforms/scale/affineColumns.ts';
import { columnRanges } from '#core/numerics/columnRanges.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

interface Params {
  feature_range: [number, number];
  clip: boolean;
  copy: boolean;
}

const columns = affineColumns('MinMaxScaler');

/** Min–max scaling: each column mapped linearly so that its training range becomes `feature_range`. */
export const minMaxScaler = defineTransform<Params, AffineColumns>({
  id: 'MinMaxScaler',
  version: 1,
  title: 'Min–max scaler',
  group: 'scale',
  summary: 'Maps the training range of each channel to a given range, usually 0 to 1.',
  whenToUse: 'Before models that expect bounded inputs, and for targets with natural limits.',
  whenNotToUse: 'When outliers are present: one extreme sample squeezes all the others together.',
  references: ['van den Berg, R. A. et al. (2006) BMC Genomics 7, 142. doi:10.1186/1471-2164-7-142'],
  aliases: [
    'MinMax',
    'SimpleScale',
    'sklearn.preprocessing.MinMaxScaler',
    'sklearn.preprocessing._data.MinMaxScaler',
    'nirs4all.operators.transforms.SimpleScale',
    'nirs4all.operators.SimpleScale',
    'nirs4all.operators.transforms.scalers.SimpleScale',
  ],
  params: z.strictObject({
    feature_range: z
      .tuple([z.number(), z.number()])
      .refine(([low, high]) => low < high, 'must be two numbers, the smaller one first')
      .default([0, 1])
      .meta({ title: 'Range', description: 'The two ends of the range that the training values fill.' }),
    clip: z.boolean().default(false).meta({
      title: 'Clip',
      description: 'Cut off values of new samples that lie outside the range.',
    }),
    copy: copyParameter,
  }),
  stateful: true,
  target: true,
  fit(x, { feature_range: [low, high] }) {
    requireRows('MinMaxScaler', x, 1);
    const { least, range } = columnRanges(x);
    return { shift: least, scale: range.map((width) => width / (high - low)), base: low };
  },
  ...columns,
  apply(x, state, { clip, feature_range: [low, high] }) {
    const out = columns.apply(x, state);
    if (clip) for (let at = 0; at < out.data.length; at++) out.data[at] = Math.min(Math.max(out.data[at], low), high);
    return out;
  },
  onnx(graph, input, state, { clip, feature_range: [low, high] }) {
    const { name, cols } = columns.onnx(graph, input, state);
    if (!clip) return { name, cols };
    const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
    return { name: graph.node('Min', [graph.node('Max', [name, scalar(low)]), scalar(high)]), cols };
  },
});
