import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

export const augmentationSubjects: SubjectTable = {
  GaussianAdditiveNoise: {
    given: [{ smoothing_kernel_width: 7 }, { apply_on: 'global' }, { variation_scope: 'batch' }],
  },
  MultiplicativeNoise: { given: [{ per_wavelength: true }, { variation_scope: 'batch' }, { apply_on: 'global' }] },
  HeteroscedasticNoise: { given: [{ variation_scope: 'batch' }] },
  SpikeNoise: { given: [{ n_spikes_range: [5, 200] }] },
  LinearBaselineDrift: { given: [{ variation_scope: 'batch' }] },
  PolynomialBaselineDrift: {
    given: [{ degree: 0 }, { degree: 1, coeff_ranges: [[0, 1], [-1, 1]] }, { variation_scope: 'batch' }], // prettier-ignore
  },
  WavelengthShift: { given: [{ shift_range: [-200, 900] }, { variation_scope: 'batch' }] },
  WavelengthStretch: { given: [{ stretch_range: [0.5, 2] }, { variation_scope: 'batch' }] },
  LocalWavelengthWarp: {
    given: [{ n_control_points: 2, max_shift: 20 }, { n_control_points: 4 }, { variation_scope: 'batch' }],
  },
  SmoothMagnitudeWarp: { given: [{ n_control_points: 3 }, { variation_scope: 'batch' }] },
  BandPerturbation: { given: [{ bandwidth_range: [1, 500] }] },
  BandMasking: { given: [{ mode: 'zero' }, { n_bands_range: [10, 10], bandwidth_range: [60, 500] }] },
  ChannelDropout: { given: [{ mode: 'zero' }, { dropout_prob: 0.97 }] },
  Mixup: { given: [{ alpha: 5 }] },
  LocalMixup: { given: [{ k_neighbors: 1, alpha: 1 }, { k_neighbors: 500 }] },
  ScatterSimulationMSC: { given: [{ variation_scope: 'batch' }, { reference_mode: 'global_mean' }] },
  PathLengthAugmenter: { given: [{ variation_scope: 'batch' }] },
  BatchEffectAugmenter: { given: [{ variation_scope: 'batch' }] },
  // Without a range, temperature, moisture and broadening do the same to every spectrum.
  TemperatureAugmenter: {
    given: [
      { temperature_range: [-10, 10] },
      { temperature_range: [20, 90] },
      { temperature_range: [20, 90], region_specific: false },
    ],
  },
  MoistureAugmenter: { given: [{ water_activity_range: [-0.3, 0.3], moisture_content: 0.15 }] },
  InstrumentalBroadeningAugmenter: {
    given: [{ fwhm_range: [10, 60] }, { fwhm_range: [10, 60], variation_scope: 'batch' }],
  },
  GaussianSmoothingJitter: { given: [{ kernel_width: 4 }, { variation_scope: 'batch' }] },
  UnsharpSpectralMask: { given: [{ variation_scope: 'batch' }] },
  LocalClipping: { given: [{ n_regions: 3, width_range: [1, 500] }] },
  DeadBand: { given: [{ n_bands: 2, variation_scope: 'batch' }, { probability: 0.5 }] },
  Rotate_Translate: { given: [{ apply_on: 'global' }] },
  Random_X_Operation: { given: [{ operator_func: 'operator.add', apply_on: 'samples' }, { operator_func: 'sub' }] },
};
