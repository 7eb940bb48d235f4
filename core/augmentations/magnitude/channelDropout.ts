import { z } from 'zod';
import {
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf } from '#core/augmentations/draws.ts';
import { interpolateInto } from '#core/augmentations/interpolateInto.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  dropout_prob: number;
  mode: 'interp' | 'zero';
}

/** Single channels dropped at random. */
export const channelDropout = defineAugmentation<Params>({
  id: 'ChannelDropout',
  version: 1,
  title: 'Channel dropout',
  group: 'augment',
  summary: 'Drops single channels at random: their neighbours are joined, or they become zero.',
  whenToUse: 'When detectors in use have dead pixels, or to spread the weight of a model over neighbouring channels.',
  whenNotToUse: 'With few channels, each of which carries its own information.',
  references: ['Srivastava, N. et al. (2014) Journal of Machine Learning Research 15, 1929–1958 (dropout)'],
  aliases: pythonNames('spectral', 'ChannelDropout'),
  params: z.strictObject({
    dropout_prob: z.number().min(0).max(1).default(0.01).meta({
      title: 'Probability',
      description: 'Probability that a channel is dropped.',
      step: 0.01,
    }),
    mode: z.enum(['interp', 'zero']).default('interp').meta({
      title: 'Instead',
      description: 'interp: a straight line between the channels that are kept; zero: zero.',
    }),
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const places = Float64Array.from({ length: input.x.cols }, (_, j) => j);
    return augmentedRows(input, context, (spectrum, out) => {
      const dropped = places.map(() => (random.random() < params.dropout_prob ? 1 : 0));
      if (params.mode === 'zero') {
        spectrum.forEach((value, j) => (out[j] = dropped[j] === 1 ? 0 : value));
        return;
      }
      const kept = places.filter((j) => dropped[j] === 0);
      out.set(spectrum);
      // A spectrum without any channel cannot be drawn; it stays as it was.
      if (kept.length === 0) return;
      interpolateInto(
        kept,
        kept.map((j) => spectrum[j]),
        places,
        out,
      );
    });
  },
});
