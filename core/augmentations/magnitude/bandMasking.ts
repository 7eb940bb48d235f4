import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
  type Range,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawBand, drawsOf, integerIn } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  n_bands_range: Range;
  bandwidth_range: Range;
  mode: 'interp' | 'zero';
}

/** A few random bands hidden. */
export const bandMasking = defineAugmentation<Params>({
  id: 'BandMasking',
  version: 1,
  title: 'Band masking',
  group: 'augment',
  summary: 'Hides a few random bands: a straight line takes their place, or zero.',
  whenToUse: 'To make a model use all of the spectrum, so that a disturbed region costs less.',
  whenNotToUse: 'When the information sits in one narrow band: hiding it leaves samples that nothing can predict.',
  references: ['Park, D. S. et al. (2019) SpecAugment, Interspeech, 2613–2617. doi:10.21437/Interspeech.2019-2680'],
  aliases: pythonNames('spectral', 'BandMasking'),
  params: z.strictObject({
    n_bands_range: augmentationParameters.counts(1, 3, 'Bands', 'Fewest and most bands of a spectrum.'),
    bandwidth_range: augmentationParameters.counts(5, 20, 'Width', 'Narrowest and widest band.', 'channels'),
    mode: z.enum(['interp', 'zero']).default('interp').meta({
      title: 'Instead',
      description: 'interp: a straight line between the channels beside the band; zero: zero.',
    }),
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    return augmentedRows(input, context, (spectrum, out) => {
      out.set(spectrum);
      const count = integerIn(random, params.n_bands_range);
      for (let band = 0; band < count; band++) {
        const { start, end } = drawBand(random, params.bandwidth_range, out.length);
        if (params.mode === 'zero') out.fill(0, start, end);
        else bridgeInto(out, start, end);
      }
    });
  },
});

/** A straight line from the channel before to the channel after; flat where one of them is missing. */
function bridgeInto(values: Float64Array, start: number, end: number): void {
  if (start === 0 && end === values.length) return; // nothing is left to draw a line from
  const before = start > 0 ? values[start - 1] : values[end];
  const after = end < values.length ? values[end] : values[start - 1];
  const slope = (after - before) / (end - start + 1);
  for (let j = start; j < end; j++) values[j] = before + slope * (j - start + 1);
}
