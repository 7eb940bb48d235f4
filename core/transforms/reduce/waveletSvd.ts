import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import type { WaveletName } from '#core/numerics/waveletFilters.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { composedProjection, levelMatrices, levelsFor } from '#core/transforms/reduce/levelMatrices.ts';
import { projection, projectionOf, type Projection } from '#core/transforms/reduce/projection.ts';
import { truncatedComponents } from '#core/transforms/reduce/truncatedComponents.ts';
import { maxLevelParameter, perLevelParameter, waveletParameter } from '#core/transforms/reduce/waveletParameters.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

interface Params {
  wavelet: WaveletName;
  max_level: number;
  n_components_per_level: number;
  copy: boolean;
}

/** Singular vectors of each wavelet level, without centring. Agrees with nirs4all's `WaveletSVD`. */
export const waveletSvd = defineTransform<Params, Projection>({
  id: 'WaveletSVD',
  version: 1,
  title: 'Singular vectors of wavelet levels',
  group: 'reduce',
  summary: 'Splits spectra into scales and keeps a few scores on singular vectors of each, without centring.',
  whenToUse: 'As WaveletPCA, when the origin carries meaning.',
  whenNotToUse: 'On ordinary spectra: the first component of the smooth level only describes the mean. Use WaveletPCA.',
  references: [
    'Trygg, J. & Wold, S. (1998) Chemometrics and Intelligent Laboratory Systems 42, 209–220. doi:10.1016/S0169-7439(98)00013-6',
  ],
  aliases: ['nirs4all.operators.transforms.WaveletSVD', 'nirs4all.operators.transforms.nirs.WaveletSVD'],
  params: z.strictObject({
    wavelet: waveletParameter,
    max_level: maxLevelParameter(4),
    n_components_per_level: perLevelParameter,
    copy: copyParameter,
  }),
  stateful: true,
  target: false,
  fit(x, { wavelet, max_level, n_components_per_level }, context) {
    requireRows('WaveletSVD', x, 2);
    requireFinite(x.data, 'WaveletSVD', 'the spectra');
    const level = levelsFor(x.cols, wavelet, max_level);
    const levels = levelMatrices(x, wavelet, level).map((coefficients) => {
      const count = Math.min(n_components_per_level, coefficients.cols - 1, x.rows - 1);
      return count < 1
        ? projectionOf(new Float64Array(coefficients.cols), [])
        : truncatedComponents('WaveletSVD', coefficients, count, context);
    });
    return composedProjection(new Float64Array(x.cols), levels, wavelet, level);
  },
  ...projection('WaveletSVD'),
});
