import type { SignalType } from '#core/data/dataset.ts';

export interface SignalGuess {
  readonly type: SignalType;
  readonly confidence: number;
}

/**
 * What the spectra measure, from words in file names and the range of the values. Near-infrared spectra are mostly
 * stored as absorbance, so that is the guess (of low confidence) where the range allows several.
 */
export function guessSignal(values: ArrayLike<number>, words: string): SignalGuess {
  if (/absorb|log.?1.?r/i.test(words)) return { type: 'absorbance', confidence: 0.9 };
  if (/reflect/i.test(words)) return { type: 'reflectance', confidence: 0.9 };
  if (/transmi/i.test(words)) return { type: 'transmittance', confidence: 0.9 };
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  if (sorted.length === 0) return { type: 'unknown', confidence: 0 };
  const [low, high] = [at(0.01), at(0.99)];
  if (high > 200 || high < 0.02) return { type: 'unknown', confidence: 0.5 };
  if (low < -0.25 * high) return { type: 'unknown', confidence: 0.3 };
  if (high > 10) return low >= 0 ? { type: 'reflectance', confidence: 0.3 } : { type: 'unknown', confidence: 0.5 };
  if (high > 1.1) return { type: 'absorbance', confidence: 0.8 };
  return { type: 'absorbance', confidence: 0.5 };
}
