import { z } from 'zod';
import { augmentationParameters, pythonNames, type Range } from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum, uniform } from '#core/augmentations/draws.ts';
import { interpolateInto } from '#core/augmentations/interpolateInto.ts';
import { wavelengthsNm } from '#core/augmentations/spectralAxis.ts';
import { defineAugmentation } from '#core/data/operator.ts';
import { mean } from '#core/numerics/mean.ts';

interface Params {
  water_activity_delta: number;
  water_activity_range: Range | null;
  reference_water_activity: number;
  free_water_fraction: number;
  bound_water_shift: number;
  moisture_content: number;
  enable_shift: boolean;
  enable_intensity: boolean;
  random_state: number | null;
}

/** Water bands between free and bound water. */
export const moisture = defineAugmentation<Params>({
  id: 'MoistureAugmenter',
  version: 1,
  title: 'Moisture',
  group: 'augment',
  summary: 'Moves and raises the water bands near 1,435 and 1,930 nm as a change of water activity does.',
  whenToUse: 'For near infrared spectra of samples that take up or lose a little water before they are measured.',
  whenNotToUse: 'When water is the target, or related to it: the copies would keep the old value.',
  references: ['Büning-Pfaue, H. (2003) Food Chemistry 82, 107–115. doi:10.1016/S0308-8146(02)00583-6'],
  aliases: ['Moisture', ...pythonNames('environmental', 'MoistureAugmenter')],
  params: z.strictObject({
    water_activity_delta: z.number().min(-1).max(1).default(0.1).meta({
      title: 'Change of water activity',
      description: 'Difference from the reference; positive is wetter.',
      step: 0.05,
    }),
    water_activity_range: z
      .tuple([z.number().min(-1), z.number().max(1)])
      .refine(([low, high]) => low <= high, 'must be [lowest, highest]')
      .nullable()
      .default(null)
      .meta({
        title: 'Random change',
        description: 'Lowest and highest change to draw from, for each spectrum. Empty: always the change above.',
      }),
    reference_water_activity: z.number().min(0).max(1).default(0.5).meta({
      title: 'Reference water activity',
      description: 'Water activity of the samples as measured.',
      step: 0.05,
    }),
    free_water_fraction: z.number().min(0).max(1).default(0.3).meta({
      title: 'Free water',
      description: 'Largest share of the water that is free.',
      step: 0.05,
    }),
    bound_water_shift: z.number().default(25).meta({
      title: 'Shift of bound water',
      description: 'Distance from the band of free water to the band of bound water.',
      unit: 'nm',
    }),
    moisture_content: z.number().min(0).max(1).default(0.1).meta({
      title: 'Moisture',
      description: 'Moisture as a fraction. 0.1 leaves the height of the bands as it is.',
      step: 0.01,
    }),
    enable_shift: z.boolean().default(true).meta({ title: 'Shift', description: 'Move the water bands.' }),
    enable_intensity: z
      .boolean()
      .default(true)
      .meta({ title: 'Intensity', description: 'Raise or lower the water bands.' }),
    random_state: augmentationParameters.seed,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const wavelengths = wavelengthsNm('MoistureAugmenter', context.axis, input.x.cols);
    const bell = (centre: number, width: number): Float64Array =>
      wavelengths.map((value) => Math.exp(-0.5 * ((value - centre) / width) ** 2));
    const bands = [
      { moved: bell(1435, 50), raised: bell(1435, 40), share: 1 }, // first overtone of O–H
      { moved: bell(1930, 40), raised: bell(1930, 35), share: 0.8 }, // combination band of water
    ];
    if (!wavelengths.some((value) => Math.abs(value - 1435) < 100 || Math.abs(value - 1930) < 80))
      context.notice('MoistureAugmenter changes nothing: the axis holds neither of its bands (1,435 and 1,930 nm).');
    const freeShare = (activity: number): number => params.free_water_fraction / (1 + Math.exp(-8 * (activity - 0.5)));
    const reference = params.reference_water_activity;
    const next = perSpectrum('sample', () => ({
      delta:
        params.water_activity_range === null
          ? params.water_activity_delta
          : uniform(random, params.water_activity_range),
    }));
    const before = new Float64Array(input.x.cols);
    return augmentedRows(input, context, (spectrum, out) => {
      const activity = Math.min(1, Math.max(0, reference + next().delta));
      // Relative to the spectrum as measured: without a change of activity nothing moves.
      const shift = params.bound_water_shift * (freeShare(reference) - freeShare(activity));
      const raise = 0.1 * (params.moisture_content / 0.1 - 1) * Math.abs(mean(spectrum));
      out.set(spectrum);
      for (const { moved, raised, share } of bands) {
        if (params.enable_shift && shift !== 0) {
          before.set(out);
          interpolateInto(
            wavelengths,
            before,
            wavelengths.map((value, j) => value - shift * share * moved[j]),
            out,
          );
        }
        if (params.enable_intensity) raised.forEach((weight, j) => (out[j] += raise * weight));
      }
    });
  },
});
