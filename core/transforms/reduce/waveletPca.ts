import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import type { WaveletName } from '#core/numerics/waveletFilters.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { composedProjection, levelMatrices, levelsFor } from '#core/transforms/reduce/levelMatrices.ts';
import { principalComponents } from '#core/transforms/reduce/principalComponents.ts';
import { projection, type Projection } from '#core/transforms/reduce/projection.ts';
import { maxLevelParameter, perLevelParameter, waveletParameter } from '#core/transforms/reduce/waveletParameters.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

interface Params {
  wavelet: WaveletName;
  max_level: number;
  n_components_per_level: number;
  whiten: boolean;
  copy: boolean;
}

/** Principal components of each wavelet level. Agrees with nirs4all's `WaveletPCA`. */
export const waveletPca = defineTransform<Params, Projection>({
  id: 'WaveletPCA',
  version: 1,
  title: 'Principal components of wavelet levels',
  group: 'reduce',
  summary: 'Splits spectra into scales and keeps a few principal component scores of each.',
  whenToUse: 'To give narrow and broad features the same chance in a few numbers, before models with few inputs.',
  whenNotToUse:
    'On noisy spectra with whitening: the scores of the finest levels are noise, blown up to the size of the signal.',
  references: [
    'Trygg, J. & Wold, S. (1998) Chemometrics and Intelligent Laboratory Systems 42, 209–220. doi:10.1016/S0169-7439(98)00013-6',
  ],
  aliases: ['nirs4all.operators.transforms.WaveletPCA', 'nirs4all.operators.transforms.nirs.WaveletPCA'],
  params: z.strictObject({
    wavelet: waveletParameter,
    max_level: maxLevelParameter(4),
    n_components_per_level: perLevelParameter,
    whiten: z.boolean().default(true).meta({
      title: 'Whiten',
      description: 'Divide each score by its standard deviation in the training samples (n − 1).',
    }),
    copy: copyParameter,
  }),
  stateful: true,
  target: false,
  fit(x, { wavelet, max_level, n_components_per_level, whiten }, context) {
    requireRows('WaveletPCA', x, 2);
    requireFinite(x.data, 'WaveletPCA', 'the spectra');
    const level = levelsFor(x.cols, wavelet, max_level);
    const levels = levelMatrices(x, wavelet, level).map((coefficients) => {
      const means = columnMeans(coefficients);
      const deviations = columnDeviations(coefficients, means, 0);
      const scaled = standardiseColumns(coefficients, means, deviations);
      const count = Math.min(n_components_per_level, scaled.cols, x.rows - 1);
      const { weights, outputs, shift } = principalComponents('WaveletPCA', scaled, count, whiten, context);
      return { shift, outputs, weights: weights.map((value, at) => value / deviations[Math.floor(at / outputs)]) };
    });
    return composedProjection(columnMeans(x), levels, wavelet, level);
  },
  ...projection('WaveletPCA'),
});
