import { z } from 'zod';
import {
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, uniform } from '#core/augmentations/draws.ts';
import { standardDeviation } from '#core/augmentations/standardDeviation.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  p_range: number;
  y_factor: number;
}

/** A baseline of two straight lines that meet at a random place. */
export const rotateTranslate = defineAugmentation<Params>({
  id: 'Rotate_Translate',
  version: 1,
  title: 'Rotate and translate',
  group: 'augment',
  summary: 'Adds two straight lines that meet at a random place, with random slopes and height.',
  whenToUse: 'For baselines that tilt and shift differently in two parts of the range, as of two detectors.',
  whenNotToUse: 'When the default strength hides the bands: lower the slopes and raise the divisor.',
  references: ['Bjerrum, E. J., Glahder, M. & Skov, T. (2017) arXiv:1710.01927'],
  aliases: pythonNames('random', 'Rotate_Translate'),
  params: z.strictObject({
    p_range: z.number().min(0).default(2).meta({
      title: 'Slopes',
      description:
        'Slopes lie within a fifth of this in either direction, for an axis of length 1 and spectra of standard deviation 1.',
    }),
    y_factor: z.number().positive().default(3).meta({
      title: 'Divisor of the height',
      description: 'The lines meet between 0 and the largest value divided by this.',
    }),
    ...compatibleParameters,
    apply_on: z.enum(['samples', 'features', 'subsets', 'global']).default('samples').meta({
      title: 'Applied on',
      description: 'global: the same lines, sized by all spectra, for every spectrum; otherwise new ones for each.',
    }),
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const last = Math.max(1, input.x.cols - 1);
    const linesOf = (values: Float64Array): ((j: number) => number) => {
      const steep = params.p_range / 5;
      const [before, after] = [uniform(random, [-steep, steep]), uniform(random, [-steep, steep])];
      const place = random.random();
      const largest = values.reduce((a, b) => Math.max(a, b), 0);
      const height = uniform(random, [0, largest / params.y_factor]);
      const size = standardDeviation(values);
      return (j) => {
        const distance = j / last - place;
        return size * (height + (distance <= 0 ? before : after) * distance);
      };
    };
    const shared = params.apply_on === 'global' && input.x.rows > 0 ? linesOf(input.x.data) : null;
    return augmentedRows(input, context, (spectrum, out) => {
      const lines = shared ?? linesOf(spectrum);
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] + lines(j);
    });
  },
});
