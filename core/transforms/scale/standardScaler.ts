import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { affineColumns, type AffineColumns } from '#core/transforms/scale/affineColumns.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

interface Params {
  with_mean: boolean;
  with_std: boolean;
  ddof: number;
  copy: boolean;
}

/** Autoscaling: each column minus its training mean, divided by its training standard deviation. */
export const standardScaler = defineTransform<Params, AffineColumns>({
  id: 'StandardScaler',
  version: 1,
  title: 'Standard scaler',
  group: 'scale',
  summary: 'Centres each channel on its training mean and divides it by its training standard deviation.',
  whenToUse: 'Before models that weigh channels by their size, such as Ridge, and for targets.',
  whenNotToUse: 'On raw spectra with noisy flat regions: their noise is blown up to the size of the bands.',
  references: ['van den Berg, R. A. et al. (2006) BMC Genomics 7, 142. doi:10.1186/1471-2164-7-142'],
  aliases: ['Autoscale', 'sklearn.preprocessing.StandardScaler', 'sklearn.preprocessing._data.StandardScaler'],
  params: z.strictObject({
    with_mean: z.boolean().default(true).meta({ title: 'Centre', description: 'Subtract the mean of each column.' }),
    with_std: z.boolean().default(true).meta({
      title: 'Scale',
      description: 'Divide by the standard deviation of each column. A constant column divides by 1.',
    }),
    ddof: z.int().min(0).max(1).default(0).meta({
      title: 'Degrees of freedom removed',
      description: 'The standard deviation divides by the number of samples minus this. scikit-learn uses 0.',
    }),
    copy: copyParameter,
  }),
  stateful: true,
  target: true,
  fit(x, { with_mean, with_std, ddof }) {
    requireRows('StandardScaler', x, 1);
    const means = columnMeans(x);
    return {
      shift: with_mean ? means : new Float64Array(x.cols),
      scale: with_std ? columnDeviations(x, means, ddof) : new Float64Array(x.cols).fill(1),
      base: 0,
    };
  },
  ...affineColumns('StandardScaler'),
});
