import type { AxisUnit } from '#core/data/axis.ts';
import { numberFromText, type NumberStyle } from '#core/io/numberText.ts';

export interface UnitGuess {
  readonly unit: AxisUnit;
  readonly confidence: number;
  /** Something the person should know, or null. */
  readonly note: string | null;
}

/** A column name that holds a wavelength: "850", "852,02", "X850", "850 nm", "4000.1 cm-1". */
export interface AxisName {
  readonly value: number;
  /** What stands around the number; neighbours on one axis share it. */
  readonly dress: string;
  readonly unit: 'nm' | 'cm-1' | null;
}

export function axisName(text: string, style: NumberStyle): AxisName | null {
  const match = /^([A-Za-z_.\s]*?)[\s_.]?([+-]?\d[\d.,eE+-]*)\s*(nm|cm-1|cm\^-1|1\/cm|cm⁻¹)?$/.exec(text.trim());
  if (!match) return null;
  const digits = match[2] ?? '';
  let value = numberFromText(digits, style);
  // The header may be written by another hand than the data: "852.02" above decimal commas.
  if (Number.isNaN(value))
    value = numberFromText(digits, { decimal: style.decimal === '.' ? ',' : '.', thousands: '' });
  if (Number.isNaN(value)) return null;
  const unitText = match[3] ?? '';
  return {
    value,
    dress: `${(match[1] ?? '').toLowerCase()}…${unitText}`,
    unit: unitText === '' ? null : unitText === 'nm' ? 'nm' : 'cm-1',
  };
}

/** True when the values only rise or only fall. */
export function isMonotonic(values: ArrayLike<number>): boolean {
  const n = values.length;
  if (n < 2) return true;
  const sign = Math.sign((values[n - 1] as number) - (values[0] as number));
  if (sign === 0) return false;
  for (let j = 1; j < n; j++) if (((values[j] as number) - (values[j - 1] as number)) * sign <= 0) return false;
  return true;
}

/** True for channel numbers: 0, 1, 2 … or 1, 2, 3 … */
export function isChannelCount(values: ArrayLike<number>): boolean {
  const first = values[0];
  if (first !== 0 && first !== 1) return false;
  for (let j = 0; j < values.length; j++) if (values[j] !== first + j) return false;
  return true;
}

/** A unit from words around the axis: "Wavelength (nm)", "wavenumber", "cm-1". */
export function unitFromWords(text: string): 'nm' | 'cm-1' | null {
  if (/cm[\s^]*[-⁻]?\s*[1¹]|1\/cm|wave\s*_?number|raman/i.test(text)) return 'cm-1';
  return /\bnm\b|nanomet|wave\s*_?length/i.test(text) ? 'nm' : null;
}

/**
 * The unit of an axis from its values, when no word names it: channel counts; beyond 2600 only wavenumbers make sense;
 * steps of an infrared interferometer (its He-Ne laser, 15798 cm⁻¹, halved again and again: … 0.964, 1.929, 3.857 …)
 * tell mid-infrared wavenumbers from near-infrared wavelengths of the same size.
 */
export function guessUnit(values: ArrayLike<number>, stated: 'nm' | 'cm-1' | null): UnitGuess {
  if (stated) return { unit: stated, confidence: 1, note: null };
  if (isChannelCount(values)) return { unit: 'index', confidence: 0.9, note: null };
  const first = values[0] ?? 0;
  const last = values[values.length - 1] ?? 0;
  const low = Math.min(first, last);
  const high = Math.max(first, last);
  if (low > 0 && high <= 30)
    return {
      unit: 'index',
      confidence: 0.4,
      note: `The axis ${first} … ${last} may be in micrometres; it is taken as plain numbers.`,
    };
  if (high > 2600) return { unit: 'cm-1', confidence: 0.95, note: null };
  if (low < 190) return { unit: 'cm-1', confidence: 0.6, note: null };
  const step = Math.abs(last - first) / Math.max(1, values.length - 1);
  if (isLaserStep(step)) return { unit: 'cm-1', confidence: 0.8, note: null };
  return last < first ? { unit: 'cm-1', confidence: 0.55, note: null } : { unit: 'nm', confidence: 0.9, note: null };
}

function isLaserStep(step: number): boolean {
  const halvings = Math.log2(HELIUM_NEON_WAVENUMBER / step);
  return Number.isFinite(halvings) && halvings > 9 && Math.abs(halvings - Math.round(halvings)) < 0.002;
}

const HELIUM_NEON_WAVENUMBER = 15798;
