import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
  type Range,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, integerIn, uniform } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  n_spikes_range: Range;
  amplitude_range: Range;
}

/** A few single channels far off. */
export const spikeNoise = defineAugmentation<Params>({
  id: 'SpikeNoise',
  version: 1,
  title: 'Spikes',
  group: 'augment',
  summary: 'Adds spikes of random height to a few random channels.',
  whenToUse: 'When spectra in use have spikes, as cosmic rays leave in Raman spectra, and nothing removes them first.',
  whenNotToUse: 'When spikes are removed before the model, or do not occur: the model learns to distrust sharp bands.',
  references: [
    'Whitaker, D. A. & Hayes, K. (2018) Chemometrics and Intelligent Laboratory Systems 179, 82–84. doi:10.1016/j.chemolab.2018.06.009 (spikes in spectra)',
  ],
  aliases: pythonNames('spectral', 'SpikeNoise'),
  params: z.strictObject({
    n_spikes_range: augmentationParameters.counts(1, 3, 'Spikes', 'Fewest and most spikes of a spectrum.'),
    amplitude_range: augmentationParameters.range(
      -0.5,
      0.5,
      'Height',
      'Lowest and highest spike, in the unit of the spectra.',
    ),
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    return augmentedRows(input, context, (spectrum, out) => {
      out.set(spectrum);
      const count = Math.min(integerIn(random, params.n_spikes_range), out.length);
      for (const channel of random.choice(out.length, count)) out[channel] += uniform(random, params.amplitude_range);
    });
  },
});
