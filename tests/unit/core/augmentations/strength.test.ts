import fc from 'fast-check';
import { expect, test } from 'vitest';
import { augmentations } from '#core/catalog/lists/augmentations.ts';
import { rowOf, zeros } from '#core/numerics/matrix.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { relativeError } from '#tests/support/tolerance.ts';
import { augment, nearInfrared } from '#tests/unit/core/augmentations/support/augment.ts';

/** Parameters with which nothing happens. */
const nothing: Readonly<Record<string, Record<string, unknown>>> = {
  GaussianAdditiveNoise: { sigma: 0, smoothing_kernel_width: 5 },
  MultiplicativeNoise: { sigma_gain: 0, per_wavelength: true },
  HeteroscedasticNoise: { noise_base: 0, noise_signal_dep: 0 },
  SpikeNoise: { n_spikes_range: [0, 0] },
  LinearBaselineDrift: { offset_range: [0, 0], slope_range: [0, 0] },
  PolynomialBaselineDrift: { degree: 1, coeff_ranges: [[0, 0], [0, 0]] }, // prettier-ignore
  WavelengthShift: { shift_range: [0, 0] },
  WavelengthStretch: { stretch_range: [1, 1] },
  LocalWavelengthWarp: { max_shift: 0 },
  SmoothMagnitudeWarp: { gain_range: [1, 1] },
  BandPerturbation: { gain_range: [1, 1], offset_range: [0, 0] },
  BandMasking: { n_bands_range: [0, 0] },
  ChannelDropout: { dropout_prob: 0 },
  ScatterSimulationMSC: { a_range: [0, 0], b_range: [1, 1] },
  PathLengthAugmenter: { path_length_std: 0 },
  BatchEffectAugmenter: { offset_std: 0, slope_std: 0, gain_std: 0 },
  TemperatureAugmenter: { temperature_delta: 0 },
  MoistureAugmenter: { water_activity_delta: 0 },
  InstrumentalBroadeningAugmenter: { fwhm: 0 },
  GaussianSmoothingJitter: { sigma_range: [0, 0] },
  UnsharpSpectralMask: { amount_range: [0, 0] },
  LocalClipping: { n_regions: 0 },
  DeadBand: { probability: 0 },
  Rotate_Translate: { p_range: 0, y_factor: 1e15 },
  Random_X_Operation: { operator_range: [1, 1] },
};

const withStrength = augmentations.filter(({ id }) => !['Mixup', 'LocalMixup'].includes(id));

test.each(withStrength.map((operator) => [operator.id, operator] as const))(
  '%s without strength changes nothing',
  (id, operator) => {
    fc.assert(
      fc.property(spectra(2, 15), (x) => {
        const made = augment(operator, nothing[id] ?? {}, x, { axis: nearInfrared(x.cols) });
        if (id === 'Rotate_Translate') expect(relativeError(made.x.data, x.data)).toBeLessThan(1e-12);
        else expect(made.x.data).toEqual(x.data);
      }),
      { numRuns: 10 },
    );
  },
);

test.each(augmentations.map((operator) => [operator.id, operator] as const))(
  '%s draws anew for each spectrum, or once for the batch',
  (id, operator) => {
    // Equal spectra show whether the draws are equal.
    const same = zeros(6, 60);
    const random =
      {
        TemperatureAugmenter: { temperature_range: [-9, 9] },
        MoistureAugmenter: { water_activity_range: [-0.4, 0.4] },
        InstrumentalBroadeningAugmenter: { fwhm_range: [20, 90] },
      }[id] ?? {};
    for (let i = 0; i < same.rows; i++)
      rowOf(same, i).forEach((_, j, row) => (row[j] = 1 + Math.sin(j / 6) + 0.3 * Math.sin(1.3 * j)));
    const differ = (params: Record<string, unknown>): boolean => {
      const { x } = augment(operator, { ...random, ...params }, same, { axis: nearInfrared(60) });
      return Array.from({ length: 5 }, (_, i) => rowOf(x, i + 1)).some((row) =>
        row.some((value, j) => value !== rowOf(x, 0)[j]),
      );
    };
    const schema = operator.params.parse({}) as Record<string, unknown>;
    // Dead bands hold noise of their own; mixing equal spectra changes nothing.
    if (id === 'Mixup' || id === 'LocalMixup') expect(differ({})).toBe(false);
    else if (id === 'Random_X_Operation') expect([differ({}), differ({ apply_on: 'samples' })]).toEqual([false, true]);
    else expect(differ({})).toBe(true);
    if ('variation_scope' in schema && id !== 'DeadBand') expect(differ({ variation_scope: 'batch' })).toBe(false);
  },
);
