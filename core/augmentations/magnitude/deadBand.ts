import { z } from 'zod';
import { augmentationParameters, pythonNames, type Range } from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawBand, drawsOf, normals, perSpectrum } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params {
  n_bands: number;
  width_range: Range;
  noise_std: number;
  probability: number;
  random_state: number | null;
  variation_scope: 'sample' | 'batch';
}

/** Bands in which the detector sees noise only. */
export const deadBand = defineAugmentation<Params>({
  id: 'DeadBand',
  version: 1,
  title: 'Dead band',
  group: 'augment',
  summary: 'Replaces random bands by noise around zero, as a failing part of a detector gives.',
  whenToUse: 'When parts of a detector may fail in use and the model must go on.',
  whenNotToUse: 'On linear models: a band of zeros pulls their predictions away, whatever they learned.',
  references: [
    'Burns, D. A. & Ciurczak, E. W. (2007) Handbook of Near-Infrared Analysis, 3rd ed., CRC Press, ch. 5 (instruments)',
  ],
  aliases: ['DeadBandAugmenter', ...pythonNames('synthesis', 'DeadBandAugmenter')],
  params: z.strictObject({
    n_bands: z
      .int()
      .min(0)
      .max(1000)
      .default(1)
      .meta({ title: 'Bands', description: 'Number of dead bands of a spectrum.' }),
    width_range: augmentationParameters.counts(10, 30, 'Width', 'Narrowest and widest band.', 'channels'),
    noise_std: z.number().min(0).default(0.05).meta({
      title: 'Noise',
      description: 'Standard deviation of the noise in the band, in the unit of the spectra.',
    }),
    probability: z.number().min(0).max(1).default(1).meta({
      title: 'Probability',
      description: 'Probability that a spectrum gets dead bands.',
    }),
    random_state: augmentationParameters.seed,
    variation_scope: z.enum(['sample', 'batch']).default('sample').meta({
      title: 'Variation',
      description: 'sample: bands drawn anew for each spectrum; batch: the same bands for all spectra.',
    }),
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const next = perSpectrum(params.variation_scope, () =>
      Array.from({ length: random.random() < params.probability ? params.n_bands : 0 }, () =>
        drawBand(random, params.width_range, input.x.cols),
      ),
    );
    return augmentedRows(input, context, (spectrum, out) => {
      out.set(spectrum);
      for (const { start, end } of next())
        out.set(
          normals(random, end - start).map((value) => params.noise_std * value),
          start,
        );
    });
  },
});
