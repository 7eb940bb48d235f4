import { z } from 'zod';
import { augmentationParameters, pythonNames, type Range } from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum, uniform } from '#core/augmentations/draws.ts';
import { interpolateInto } from '#core/augmentations/interpolateInto.ts';
import { smoothInto } from '#core/augmentations/smoothInto.ts';
import { wavelengthsNm } from '#core/augmentations/spectralAxis.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params {
  temperature_delta: number;
  temperature_range: Range | null;
  reference_temperature: number;
  enable_shift: boolean;
  enable_intensity: boolean;
  enable_broadening: boolean;
  region_specific: boolean;
  random_state: number | null;
}

/** Shift, weakening and broadening of the hydrogen-bonded bands with temperature. */
export const temperature = defineAugmentation<Params>({
  id: 'TemperatureAugmenter',
  version: 1,
  title: 'Temperature',
  group: 'augment',
  summary: 'Changes O–H, N–H and C–H overtone bands as a change of temperature does.',
  whenToUse: 'For near infrared spectra of moist samples that are measured at varying temperature.',
  whenNotToUse:
    'Outside of 1,350–2,050 nm, where it changes nothing, or when spectra at several temperatures can be measured.',
  references: [
    'Maeda, H., Ozaki, Y., Tanaka, M., Hayashi, N. & Kojima, T. (1995) Journal of Near Infrared Spectroscopy 3, 191–201. doi:10.1255/jnirs.69',
    'Segtnan, V. H., Šašić, Š., Isaksson, T. & Ozaki, Y. (2001) Analytical Chemistry 73, 3153–3161. doi:10.1021/ac010102n',
  ],
  aliases: ['Temperature', ...pythonNames('environmental', 'TemperatureAugmenter')],
  params: z.strictObject({
    temperature_delta: z.number().min(-200).max(200).default(5).meta({
      title: 'Temperature change',
      description: 'Change of temperature; positive is warmer.',
      unit: '°C',
    }),
    temperature_range: z
      .tuple([z.number().min(-200), z.number().max(200)])
      .refine(([low, high]) => low <= high, 'must be [lowest, highest]')
      .nullable()
      .default(null)
      .meta({
        title: 'Random change',
        description: 'Lowest and highest change to draw from, for each spectrum. Empty: always the change above.',
        unit: '°C',
      }),
    reference_temperature: z.number().default(25).meta({
      title: 'Reference temperature',
      description: 'Accepted for compatibility and not used: only the change counts.',
      unit: '°C',
      unused: true,
    }),
    enable_shift: z.boolean().default(true).meta({ title: 'Shift', description: 'Move the bands.' }),
    enable_intensity: z
      .boolean()
      .default(true)
      .meta({ title: 'Intensity', description: 'Weaken or strengthen the bands.' }),
    enable_broadening: z.boolean().default(true).meta({
      title: 'Broadening',
      description: 'Broaden the bands on warming; only changes of some ten degrees broaden them visibly.',
    }),
    region_specific: z.boolean().default(true).meta({
      title: 'By region',
      description: 'Each band in its own way; otherwise the mean effect over the whole axis.',
    }),
    random_state: augmentationParameters.seed,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const wavelengths = wavelengthsNm('TemperatureAugmenter', context.axis, input.x.cols);
    const effects = params.region_specific ? regionEffects(wavelengths) : [meanEffect(wavelengths)];
    if (effects.length === 0)
      context.notice('TemperatureAugmenter changes nothing: the axis holds none of its bands (1,380–2,000 nm).');
    const next = perSpectrum('sample', () => ({
      delta: params.temperature_range === null ? params.temperature_delta : uniform(random, params.temperature_range),
    }));
    const before = new Float64Array(input.x.cols);
    return augmentedRows(input, context, (spectrum, out) => {
      const { delta } = next();
      out.set(spectrum);
      for (const { shift, intensity, broadening, blur, weights } of effects) {
        if (params.enable_shift) {
          before.set(out);
          interpolateInto(
            wavelengths,
            before,
            wavelengths.map((value, j) => value - shift * delta * weights[j]),
            out,
          );
        }
        if (params.enable_intensity) weights.forEach((weight, j) => (out[j] *= 1 + intensity * delta * weight));
        const sigma = broadening * delta * blur;
        if (!params.enable_broadening || sigma < SMALLEST_BLUR) continue;
        smoothInto(out, sigma, Math.floor(4 * sigma + 0.5), 'reflect', before);
        weights.forEach((weight, j) => (out[j] += weight * (before[j] - out[j])));
      }
    });
  },
});

interface Effect {
  /** nm a degree. */
  readonly shift: number;
  /** Relative change a degree. */
  readonly intensity: number;
  /** Relative broadening a degree. */
  readonly broadening: number;
  /** Channels of blur for a broadening of 1. */
  readonly blur: number;
  /** 0 … 1, one a channel. */
  readonly weights: Float64Array;
}

const regionEffects = (wavelengths: Float64Array): Effect[] =>
  REGIONS.filter(({ from, to }) => wavelengths.some((value) => value >= from && value <= to)).map((region) => ({
    ...region,
    blur: 3,
    weights: wavelengths.map((value) => edge(value - region.from) * edge(region.to - value)),
  }));

function meanEffect(wavelengths: Float64Array): Effect {
  const meanOf = (key: 'shift' | 'intensity' | 'broadening'): number =>
    REGIONS.reduce((sum, region) => sum + region[key], 0) / REGIONS.length;
  return {
    shift: meanOf('shift'),
    intensity: meanOf('intensity'),
    broadening: meanOf('broadening'),
    blur: 5,
    weights: new Float64Array(wavelengths.length).fill(1),
  };
}

/** A step from 0 to 1 that takes about 20 nm. */
const edge = (distance: number): number => 1 / (1 + Math.exp(-distance / 2));

/** Bands in nm with their mean changes a degree, of the size that the references report and with nirs4all's values. */
const REGIONS = [
  { from: 1400, to: 1520, shift: -0.3, intensity: -0.002, broadening: 0.001 }, // O–H, first overtone
  { from: 1900, to: 2000, shift: -0.4, intensity: -0.003, broadening: 0.0012 }, // O–H, combination
  { from: 1650, to: 1780, shift: -0.05, intensity: -0.0005, broadening: 0.0008 }, // C–H, first overtone
  { from: 1490, to: 1560, shift: -0.2, intensity: -0.0015, broadening: 0.001 }, // N–H, first overtone
  { from: 1380, to: 1420, shift: -0.1, intensity: 0.003, broadening: 0.0008 }, // free water
  { from: 1440, to: 1500, shift: -0.35, intensity: -0.004, broadening: 0.0015 }, // bound water
] as const;

/** Less than a tenth of a channel cannot be seen. */
const SMALLEST_BLUR = 0.1;
