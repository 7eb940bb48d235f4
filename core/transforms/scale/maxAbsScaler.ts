import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { affineColumns, type AffineColumns } from '#core/transforms/scale/affineColumns.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

/** Each column divided by its largest absolute training value. */
export const maxAbsScaler = defineTransform<{ copy: boolean }, AffineColumns>({
  id: 'MaxAbsScaler',
  version: 1,
  title: 'Largest-value scaler',
  group: 'scale',
  summary: 'Divides each channel by its largest absolute training value; zero stays zero.',
  whenToUse: 'Data in which zero means nothing and must stay zero, such as difference spectra or counts.',
  whenNotToUse: 'When outliers are present: one extreme sample shrinks all the others.',
  references: ['van den Berg, R. A. et al. (2006) BMC Genomics 7, 142. doi:10.1186/1471-2164-7-142'],
  aliases: ['sklearn.preprocessing.MaxAbsScaler', 'sklearn.preprocessing._data.MaxAbsScaler'],
  params: z.strictObject({ copy: copyParameter }),
  stateful: true,
  target: true,
  fit(x) {
    requireRows('MaxAbsScaler', x, 1);
    const scale = new Float64Array(x.cols);
    for (let i = 0, at = 0; i < x.rows; i++)
      for (let j = 0; j < x.cols; j++, at++) scale[j] = Math.max(scale[j], Math.abs(x.data[at]));
    // A column of zeros divides by 1, as in scikit-learn.
    return { shift: new Float64Array(x.cols), scale: scale.map((value) => (value > 0 ? value : 1)), base: 0 };
  },
  ...affineColumns('MaxAbsScaler'),
});
