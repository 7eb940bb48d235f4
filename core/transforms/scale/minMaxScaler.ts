import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { affineColumns, type AffineColumns } from '#core/transforms/scale/affineColumns.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

/** Min–max scaling: each column mapped linearly so that its training range becomes `feature_range`. */
export const minMaxScaler = defineTransform<{ feature_range: [number, number] }, AffineColumns>({
  id: 'MinMaxScaler',
  version: 1,
  title: 'Min–max scaler',
  group: 'scale',
  summary: 'Maps the training range of each channel to a given range, usually 0 to 1.',
  whenToUse: 'Before models that expect bounded inputs, and for targets with natural limits.',
  whenNotToUse: 'When outliers are present: one extreme sample squeezes all the others together.',
  references: ['van den Berg, R. A. et al. (2006) BMC Genomics 7, 142. doi:10.1186/1471-2164-7-142'],
  aliases: ['MinMax', 'sklearn.preprocessing.MinMaxScaler', 'sklearn.preprocessing._data.MinMaxScaler'],
  params: z.strictObject({
    feature_range: z
      .tuple([z.number(), z.number()])
      .refine(([low, high]) => low < high, 'must be two numbers, the smaller one first')
      .default([0, 1])
      .meta({ title: 'Range', description: 'The two ends of the range that the training values fill.' }),
  }),
  stateful: true,
  target: true,
  fit(x, { feature_range: [low, high] }) {
    requireRows('MinMaxScaler', x, 1);
    const shift = x.data.slice(0, x.cols);
    const largest = shift.slice();
    for (let i = 0, at = 0; i < x.rows; i++)
      for (let j = 0; j < x.cols; j++, at++) {
        if (x.data[at] < shift[j]) shift[j] = x.data[at];
        if (x.data[at] > largest[j]) largest[j] = x.data[at];
      }
    // A constant column divides by 1, as in scikit-learn.
    const scale = shift.map((least, j) => (largest[j] > least ? largest[j] - least : 1) / (high - low));
    return { shift, scale, base: low };
  },
  ...affineColumns('MinMaxScaler'),
});
