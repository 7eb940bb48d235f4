import { inverseWavelet, wavelet, type WaveletMode } from '#core/numerics/discreteWavelet.ts';
import type { WaveletFilters } from '#core/numerics/waveletFilters.ts';

/**
 * Discrete wavelet transform over several levels: the approximation of the last level first, then the details from the
 * coarsest to the finest, as PyWavelets' `wavedec` orders them.
 */
export function waveletLevels(
  x: Float64Array,
  filters: WaveletFilters,
  mode: WaveletMode,
  levels: number,
): Float64Array[] {
  const details: Float64Array[] = [];
  let approximation = x;
  for (let level = 0; level < levels; level++) {
    const next = wavelet(approximation, filters, mode);
    details.unshift(next.detail);
    approximation = next.approximation;
  }
  return [approximation, ...details];
}

/** Undoes `waveletLevels`; the result may be a value longer than the signal was. */
export function fromWaveletLevels(
  [approximation, ...details]: readonly Float64Array[],
  filters: WaveletFilters,
  mode: WaveletMode,
): Float64Array {
  return details.reduce(
    // An odd length has left one value too many.
    (rough, detail) => inverseWavelet({ approximation: rough.subarray(0, detail.length), detail }, filters, mode),
    approximation ?? new Float64Array(0),
  );
}

/** Levels that leave at least one coefficient untouched by the ends: PyWavelets' `dwt_max_level`. */
export const usefulWaveletLevels = (n: number, filterLength: number): number =>
  n < filterLength - 1 ? 0 : Math.max(0, Math.floor(Math.log2(n / (filterLength - 1))));
