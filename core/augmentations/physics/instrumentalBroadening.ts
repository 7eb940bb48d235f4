import { z } from 'zod';
import { augmentationParameters, pythonNames, type Range } from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum, uniform } from '#core/augmentations/draws.ts';
import { smoothInto } from '#core/augmentations/smoothInto.ts';
import { axisValues, channelSpacing } from '#core/augmentations/spectralAxis.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params {
  fwhm: number;
  fwhm_range: Range | null;
  random_state: number | null;
  variation_scope: 'sample' | 'batch';
}

/** The slit of an instrument of lower resolution. */
export const instrumentalBroadening = defineAugmentation<Params>({
  id: 'InstrumentalBroadeningAugmenter',
  version: 1,
  title: 'Instrument broadening',
  group: 'augment',
  summary: 'Broadens bands with a Gaussian slit function of given or random width.',
  whenToUse: 'To prepare a model for instruments of lower resolution.',
  whenNotToUse: 'For instruments of higher resolution: broadening cannot be turned round.',
  references: [
    'Griffiths, P. R. & de Haseth, J. A. (2007) Fourier Transform Infrared Spectrometry, 2nd ed., Wiley, ch. 2 (line shape)',
  ],
  aliases: ['InstrumentalBroadening', ...pythonNames('synthesis', 'InstrumentalBroadeningAugmenter')],
  params: z.strictObject({
    fwhm: z.number().min(0).default(3).meta({
      title: 'Width',
      description: 'Full width of the slit function at half of its height, in the unit of the axis.',
    }),
    fwhm_range: z
      .tuple([z.number().min(0), z.number().min(0)])
      .refine(([low, high]) => low <= high, 'must be [lowest, highest]')
      .nullable()
      .default(null)
      .meta({
        title: 'Random width',
        description: 'Smallest and largest width to draw from. Empty: always the width above.',
      }),
    random_state: augmentationParameters.seed,
    variation_scope: augmentationParameters.scope,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const spacing = channelSpacing(axisValues('InstrumentalBroadeningAugmenter', null, context.axis, input.x.cols));
    const next = perSpectrum(params.variation_scope, () => ({
      width: params.fwhm_range === null ? params.fwhm : uniform(random, params.fwhm_range),
    }));
    return augmentedRows(input, context, (spectrum, out) => {
      const sigma = next().width / FWHM_OF_SIGMA / spacing;
      smoothInto(spectrum, sigma, Math.floor(TRUNCATE * sigma + 0.5), 'reflect', out);
    });
  },
});

/** Full width at half maximum of a Gaussian of standard deviation 1: 2 √(2 ln 2). */
const FWHM_OF_SIGMA = 2 * Math.sqrt(2 * Math.LN2);
/** Standard deviations on each side that take part, as in SciPy's `gaussian_filter1d`. */
const TRUNCATE = 4;
