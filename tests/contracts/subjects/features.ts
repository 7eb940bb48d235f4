import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

const COMPONENTS = () => null; // components have no direction along the axis
const CHANCE = () => null; // channels are drawn in their order
const NOT_A_VALUE = { 'inverts what it did to a target': 'a class stands for a range of values' };

export const featureSubjects: SubjectTable = {
  Crop: {
    given: [{ from: 1020, to: 1100 }, { to: 1050 }, { start: 3, end: 20 }],
    reversal: (params) => ('start' in params || 'end' in params ? null : 1),
  },
  KeepRegions: {
    given: [
      {
        regions: [
          [1020, 1060],
          [1100, 1090],
        ],
      },
    ],
  },
  CutRegions: {
    given: [
      {
        regions: [
          [1020, 1060],
          [1100, 1090],
        ],
      },
    ],
  },
  Resample: {
    given: [
      { num_samples: 25, method: 'cubic' },
      { from: 1001, to: 1150, count: 31 },
      { target_wavelengths: [990, 1003, 1050.5, 1170], method: 'quadratic', fill_value: 'extrapolate' },
      { target_wavelengths: [990, 1003, 1050.5, 1170], fill_value: 3, method: 'nearest' },
      { count: 79, method: 'cubic', crop_range: [1010, 1100], fill_value: -1 },
    ],
    // A named grid runs as it is named, whatever the direction of the spectra.
    reversal: (params) => ('from' in params || 'target_wavelengths' in params ? null : 1),
  },
  // The incomplete last bin is at the other end of reversed spectra.
  Binning: { given: [{ bin_size: 8 }, { bin_size: 7 }], reversal: ({ bin_size }) => (bin_size === 7 ? null : 1) },
  PCA: {
    given: [{ n_components: 3, whiten: true }, { n_components: 0.9 }],
    reversal: COMPONENTS,
  },
  FlexiblePCA: { given: [{ n_components: 4 }], reversal: COMPONENTS },
  TruncatedSVD: { given: [{ n_components: 5 }], reversal: COMPONENTS },
  FlexibleSVD: { given: [{ n_components: 3 }], reversal: COMPONENTS },
  PLSScores: { given: [{ n_components: 4, scale: false }], reversal: COMPONENTS },
  // Pairs of channels are counted from the first one, and interpolated from there.
  Wavelet: { given: [{ wavelet: 'db4', mode: 'symmetric' }, { wavelet: 'coif1' }], reversal: () => null },
  Haar: { reversal: () => null },
  WaveletFeatures: { given: [{ wavelet: 'haar', n_coeffs_per_level: 30 }], reversal: COMPONENTS },
  WaveletPCA: { given: [{ wavelet: 'haar', whiten: false, max_level: 2 }], reversal: COMPONENTS },
  WaveletSVD: { given: [{ wavelet: 'sym4', n_components_per_level: 2 }], reversal: COMPONENTS },
  VIP: { given: [{ n_components: 2, threshold: 0.8, scale: false }] },
  IntervalPLSSelection: {
    given: [
      { mode: 'backward', n_intervals: 8, n_components: 3 },
      { max_intervals: 2, n_components: 2 },
    ],
    // Sets of intervals whose errors differ by rounding alone may come out either way.
    reversal: () => null,
  },
  CARS: { given: [{ n_sampling_runs: 8, n_components: 3, random_state: 7 }], reversal: CHANCE },
  MCUVE: {
    given: [{ n_iterations: 20, n_components: 2, threshold_method: 'percentile', threshold_percentile: 80 }],
    reversal: CHANCE,
  },
  SelectKBest: { given: [{ k: 'all' }, { k: 5, score_func: 'f_regression' }] },
  VarianceThreshold: { given: [{ threshold: 0.05 }] },
  OSC: { given: [{ n_components: 3, scale: false }] },
  EPO: { given: [{ n_components: 2, condition: 'instrument' }] },
  GLSW: { given: [{ alpha: 1e-3, condition: 'instrument' }] },
  DS: { given: [{ n_components: 2, reference: 'B' }] },
  PDS: { given: [{ window_length: 1, n_components: 1 }] },
  SST: { given: [{ n_components: 2, reference: 'B' }] },
  PowerTransformer: { given: [{ standardize: false }, { method: 'box-cox' }] },
  BoxCox: { given: [{ standardize: false }] },
  QuantileTransformer: { given: [{ n_quantiles: 5 }] },
  RangeDiscretizer: { withoutDefaults: 'needs limits', given: [{ bins: [1.4, 2] }], exempt: NOT_A_VALUE },
  KBinsDiscretizer: { given: [{ n_bins: 3, strategy: 'kmeans' }], exempt: NOT_A_VALUE },
};
