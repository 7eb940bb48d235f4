import type { SubjectTable } from '#tests/contracts/subjects/subjectTable.ts';

/** Derivatives of odd order change their sign when the wavelengths are reversed. */
const oddTurns =
  (param: string, fallback: number) =>
  (given: Record<string, unknown>): 1 | -1 =>
    Number(given[param] ?? fallback) % 2 === 1 ? -1 : 1;

export const preprocessingSubjects: SubjectTable = {
  SNV: { given: [{ ddof: 1 }, { with_mean: false }, { with_std: false }] },
  MSC: { given: [{ method: 'median' }] },
  EMSC: { given: [{ degree: 0 }, { degree: 4 }] },
  LocalSNV: {
    given: [
      { window: 5, pad_mode: 'edge' },
      { window: 21, pad_mode: 'constant', constant_values: 0.5 },
    ],
  },
  RobustSNV: { given: [{ with_center: false }, { with_scale: false }, { k: 1 }] },
  VectorNormalization: { given: [{ norm: 'l1' }, { norm: 'max' }] },
  AreaNormalization: { given: [{ method: 'abs_sum' }, { method: 'trapz' }] },
  MinMaxNormalization: { given: [{ use_min: false }] },
  SavitzkyGolay: {
    given: [{ deriv: 1 }, { window_length: 7, polyorder: 2, deriv: 2, delta: 2 }, { window_length: 3, polyorder: 0 }],
    reversal: oddTurns('deriv', 0),
  },
  FirstDerivative: { given: [{ delta: 2, edge_order: 1 }], reversal: () => -1 },
  SecondDerivative: { given: [{ delta: 2, edge_order: 1 }] },
  Derivate: { given: [{ order: 0 }, { order: 2, delta: 4 }, { order: 3 }], reversal: oddTurns('order', 1) },
  NorrisWilliams: {
    given: [
      { deriv: 2, gap: 3, segment: 1 },
      { deriv: 2, delta: 4 },
    ],
    reversal: oddTurns('deriv', 1),
  },
  Gaussian: { given: [{ order: 0, sigma: 2.5 }, { order: 1 }, { order: 3, sigma: 4 }], reversal: oddTurns('order', 2) },
  MovingAverage: {
    given: [{ window_size: 11, mode: 'reflect' }, { window_size: 5, mode: 'mirror' }, { mode: 'wrap' }],
  },
  // Coefficients are taken at every other channel, so a reversed spectrum is cut in another way.
  WaveletDenoise: {
    given: [
      { wavelet: 'haar', level: 2, mode: 'symmetric', threshold_mode: 'hard' },
      { wavelet: 'sym5', level: 3, mode: 'smooth', noise_estimator: 'std' },
    ],
    reversal: () => null,
  },
  Detrend: { given: [{ polyorder: 0 }, { polyorder: 4 }] },
  PolynomialBaseline: { given: [{ poly_order: 0 }, { poly_order: 5 }] },
  ModPoly: { given: [{ poly_order: 2, use_original: true }, { mask_initial_peaks: true }] },
  IModPoly: { given: [{ poly_order: 2, use_original: true, num_std: 2 }, { mask_initial_peaks: false }] },
  AsLS: { given: [{ lam: 100, p: 0.05, diff_order: 1 }, { diff_order: 3 }] },
  IASLS: { given: [{ lam: 100, p: 0.1, lam_1: 1e-2 }, { diff_order: 3 }] },
  AirPLS: { given: [{ lam: 100, diff_order: 1, weigh_ends: true }, { lam: 1e3 }] },
  ArPLS: {
    given: [
      { lam: 100, diff_order: 1 },
      { lam: 1e3, diff_order: 3 },
    ],
  },
  SNIP: {
    given: [
      { max_half_window: 5, decreasing: false, filter_order: 4 },
      { max_half_window: 8, smooth_half_window: 2, filter_order: 6 },
      { max_half_window: 12, filter_order: 8 },
    ],
  },
  RollingBall: { given: [{ half_window: 4 }, { half_window: 6, smooth_half_window: 0 }] },
  ReflectanceToAbsorbance: { given: [{ percent: true, min_value: 1e-3 }] },
  ToAbsorbance: { given: [{ source_type: 'transmittance%', epsilon: 1e-3 }] },
  AbsorbanceToReflectance: { given: [{ target_type: 'reflectance%' }] },
  KubelkaMunk: { given: [{ source_type: 'reflectance%', epsilon: 1e-3 }] },
  LogTransform: {
    given: [
      { base: 10, offset: -2 },
      { base: 2, offset: 10, auto_offset: false },
    ],
  },
  StandardScaler: { given: [{ with_mean: false }, { with_std: false }, { ddof: 1 }] },
  MinMaxScaler: { given: [{ feature_range: [-2, 3] }, { clip: true }] },
  RobustScaler: {
    given: [{ with_centering: false, quantile_range: [10, 90], unit_variance: true }, { with_scaling: false }],
  },
  Pareto: { given: [{ p: 0.3, with_mean: false }, { ddof: 1 }] },
  Normalize: { given: [{ feature_range: [0, 2] }] },
};
