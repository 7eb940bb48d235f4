import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { columnSquares } from '#core/numerics/columnSquares.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { affineColumns, type AffineColumns } from '#core/transforms/scale/affineColumns.ts';
import { columnRanges } from '#core/numerics/columnRanges.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

interface Params {
  feature_range: [number, number];
  copy: boolean;
}

/** Each column divided by its training norm, or mapped to a range, as nirs4all's `Normalize`. */
export const normalize = defineTransform<Params, AffineColumns>({
  id: 'Normalize',
  version: 1,
  title: 'Column normalisation',
  group: 'scale',
  summary: 'Divides each channel by its training norm, or maps its training range to a given range.',
  whenToUse: 'Pipelines brought from elsewhere that use it, and models that expect channels of comparable size.',
  whenNotToUse: 'To correct scatter: it works down the samples, not along each spectrum. Use vector normalisation.',
  references: ['van den Berg, R. A. et al. (2006) BMC Genomics 7, 142. doi:10.1186/1471-2164-7-142'],
  aliases: [
    'nirs4all.operators.transforms.Normalize',
    'nirs4all.operators.Normalize',
    'nirs4all.operators.transforms.scalers.Normalize',
  ],
  params: z.strictObject({
    feature_range: z
      .tuple([z.number(), z.number()])
      .refine(([low, high]) => low < high, 'must be two numbers, the smaller one first')
      .default([-1, 1])
      .meta({
        title: 'Range',
        description:
          'The two ends of the range that the training values fill. −1 and 1 stand for something else: division by the norm of the column.',
      }),
    copy: copyParameter,
  }),
  stateful: true,
  target: true,
  fit(x, { feature_range: [low, high] }) {
    requireRows('Normalize', x, 1);
    if (low === -1 && high === 1) {
      const norms = columnSquares(x, new Float64Array(x.cols)).map(Math.sqrt);
      // A column of zeros divides by 1.
      return { shift: new Float64Array(x.cols), scale: norms.map((norm) => (norm > 0 ? norm : 1)), base: 0 };
    }
    const { least, range } = columnRanges(x);
    return { shift: least, scale: range.map((width) => width / (high - low)), base: low };
  },
  ...affineColumns('Normalize'),
});
