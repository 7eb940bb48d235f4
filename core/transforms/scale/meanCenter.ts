import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { affineColumns, type AffineColumns } from '#core/transforms/scale/affineColumns.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

/** Mean centring: each column minus its training mean. */
export const meanCenter = defineTransform<{ copy: boolean }, AffineColumns>({
  id: 'MeanCenter',
  version: 1,
  title: 'Mean centring',
  group: 'scale',
  summary: 'Subtracts the mean training spectrum.',
  whenToUse: 'Before an operator that expects centred data. PLS, PCR and Ridge centre on their own.',
  whenNotToUse: 'When the distance from zero means something, as for difference spectra.',
  references: ['Bro, R. & Smilde, A. K. (2003) Journal of Chemometrics 17, 16–33. doi:10.1002/cem.773'],
  aliases: [
    'Center',
    'MeanCentering',
    'Baseline',
    'nirs4all.operators.transforms.Baseline',
    'nirs4all.operators.Baseline',
    'nirs4all.operators.transforms.signal.Baseline',
    'chemotools.scale.MeanScaler',
  ],
  params: z.strictObject({ copy: copyParameter }),
  stateful: true,
  target: true,
  fit(x) {
    requireRows('MeanCenter', x, 1);
    return { shift: columnMeans(x), scale: new Float64Array(x.cols).fill(1), base: 0 };
  },
  ...affineColumns('MeanCenter'),
});
