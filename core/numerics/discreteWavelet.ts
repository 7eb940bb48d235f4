import { edgeIndex, type EdgeMode } from '#core/numerics/edgeIndex.ts';
import type { WaveletFilters } from '#core/numerics/waveletFilters.ts';

/** How the signal goes on beyond its ends, named as in PyWavelets. `periodization` keeps the number of coefficients least. */
export const waveletModes = [
  'periodization',
  'symmetric',
  'reflect',
  'periodic',
  'constant',
  'zero',
  'smooth',
] as const;
export type WaveletMode = (typeof waveletModes)[number];

export interface WaveletCoefficients {
  readonly approximation: Float64Array;
  readonly detail: Float64Array;
}

/** One level of the discrete wavelet transform of n values (Mallat 1989, IEEE PAMI 11, 674–693). */
export function wavelet(x: Float64Array, filters: WaveletFilters, mode: WaveletMode): WaveletCoefficients {
  const length = filters.decompositionLow.length;
  const n = x.length;
  const periodized = mode === 'periodization';
  const count = periodized ? Math.ceil(n / 2) : Math.floor((n + length - 1) / 2);
  const approximation = new Float64Array(count);
  const detail = new Float64Array(count);
  // Place of the value that the first weight meets, for coefficient 0.
  const start = periodized ? length / 2 : 1;
  for (let k = 0; k < count; k++) {
    let low = 0;
    let high = 0;
    for (let j = 0; j < length; j++) {
      const value = extended(x, 2 * k + start - j, mode);
      low += filters.decompositionLow[j] * value;
      high += filters.decompositionHigh[j] * value;
    }
    approximation[k] = low;
    detail[k] = high;
  }
  return { approximation, detail };
}

/** Undoes one level. The result may be one value longer than the signal was; the caller cuts it. */
export function inverseWavelet(
  { approximation, detail }: WaveletCoefficients,
  filters: WaveletFilters,
  mode: WaveletMode,
): Float64Array {
  const length = filters.reconstructionLow.length;
  const count = detail.length;
  const periodized = mode === 'periodization';
  const n = periodized ? 2 * count : 2 * count - length + 2;
  const out = new Float64Array(n);
  const shift = periodized ? length / 2 - 1 : length - 2;
  for (let k = 0; k < count; k++)
    for (let j = 0; j < length; j++) {
      const place = 2 * k + j - shift;
      const at = periodized ? ((place % n) + n) % n : place;
      if (at < 0 || at >= n) continue;
      out[at] += approximation[k] * filters.reconstructionLow[j] + detail[k] * filters.reconstructionHigh[j];
    }
  return out;
}

function extended(x: Float64Array, i: number, mode: WaveletMode): number {
  const n = x.length;
  if (i >= 0 && i < n) return x[i];
  switch (mode) {
    case 'periodization':
      // An odd number of values is made even by repeating the last.
      return x[Math.min(edgeIndex(i, n + (n % 2), 'wrap'), n - 1)];
    case 'smooth': {
      const step = n > 1 ? (i < 0 ? x[0] - x[1] : x[n - 1] - x[n - 2]) : 0;
      return i < 0 ? x[0] - i * step : x[n - 1] + (i - n + 1) * step;
    }
    case 'zero':
      return 0;
    default:
      return x[edgeIndex(i, n, scipyName[mode])];
  }
}

const scipyName: Record<'symmetric' | 'reflect' | 'periodic' | 'constant', EdgeMode> = {
  symmetric: 'reflect',
  reflect: 'mirror',
  periodic: 'wrap',
  constant: 'nearest',
};
