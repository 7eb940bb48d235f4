import { z } from 'zod';
import { augmentationParameters, pythonNames } from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params {
  path_length_std: number;
  min_path_length: number;
  random_state: number | null;
  variation_scope: 'sample' | 'batch';
}

/** Absorbance scaled with a random path length (Beer–Lambert). */
export const pathLength = defineAugmentation<Params>({
  id: 'PathLengthAugmenter',
  version: 1,
  title: 'Path length',
  group: 'augment',
  summary: 'Multiplies each spectrum by a random path length that is 1 on average.',
  whenToUse: 'On absorbance of samples whose thickness or position varies.',
  whenNotToUse: 'On reflectance or transmittance, which do not grow with the path, or before SNV, which removes it.',
  references: ['Burns, D. A. & Ciurczak, E. W. (2007) Handbook of Near-Infrared Analysis, 3rd ed., CRC Press'],
  aliases: ['PathLength', ...pythonNames('synthesis', 'PathLengthAugmenter')],
  params: z.strictObject({
    path_length_std: z.number().min(0).default(0.05).meta({
      title: 'Strength',
      description: 'Standard deviation of the path length, which is 1 on average.',
      step: 0.01,
    }),
    min_path_length: z.number().min(0).default(0.5).meta({
      title: 'Shortest path',
      description: 'Shorter draws become this long.',
      step: 0.1,
    }),
    random_state: augmentationParameters.seed,
    variation_scope: augmentationParameters.scope,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const next = perSpectrum(params.variation_scope, () => ({
      length: Math.max(1 + params.path_length_std * random.normal(), params.min_path_length),
    }));
    return augmentedRows(input, context, (spectrum, out) => {
      const { length } = next();
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] * length;
    });
  },
});
