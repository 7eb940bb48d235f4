import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
  type Range,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum, uniform } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  reference_mode: 'self' | 'global_mean';
  a_range: Range;
  b_range: Range;
  variation_scope: 'sample' | 'batch';
}

/** The scatter model of MSC the other way round. */
export const scatterSimulation = defineAugmentation<Params>({
  id: 'ScatterSimulationMSC',
  version: 1,
  title: 'Scatter simulation',
  group: 'augment',
  summary: 'Gives each spectrum a random offset and a random gain, as light scatter does.',
  whenToUse: 'For solids and powders whose particle size or packing varies more in use than in calibration.',
  whenNotToUse: 'When SNV or MSC follows, which removes exactly this effect again.',
  references: [
    'Geladi, P., MacDougall, D. & Martens, H. (1985) Applied Spectroscopy 39, 491–500. doi:10.1366/0003702854248656',
  ],
  aliases: ['ScatterSimulation', ...pythonNames('spectral', 'ScatterSimulationMSC')],
  params: z.strictObject({
    reference_mode: z.enum(['self', 'global_mean']).default('self').meta({
      title: 'Reference',
      description: 'Accepted for compatibility and not used: offset and gain are those of each spectrum itself.',
      unused: true,
    }),
    a_range: augmentationParameters.range(
      -0.1,
      0.1,
      'Offset',
      'Lowest and highest offset, in the unit of the spectra.',
    ),
    b_range: augmentationParameters.range(0.9, 1.1, 'Gain', 'Lowest and highest gain.'),
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const next = perSpectrum(params.variation_scope, () => ({
      a: uniform(random, params.a_range),
      b: uniform(random, params.b_range),
    }));
    return augmentedRows(input, context, (spectrum, out) => {
      const { a, b } = next();
      for (let j = 0; j < out.length; j++) out[j] = a + b * spectrum[j];
    });
  },
});
