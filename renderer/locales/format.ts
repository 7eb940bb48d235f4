import { numberFormat } from '#renderer/locales/intlFormats.ts';
import { currentLanguage } from '#renderer/locales/t.ts';

const NOTHING = '–';

/** A number with so many significant digits (default 4), as the language writes it; "–" for null, NaN and infinity. */
export function formatNumber(
  value: number | null | undefined,
  options: { digits?: number; decimals?: number; sign?: boolean; grouping?: boolean } = {},
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  const { digits = 4, decimals, sign = false, grouping = true } = options;
  const tiny = value !== 0 && Math.abs(value) < 1e-4;
  const huge = Math.abs(value) >= 1e7;
  const precision =
    decimals === undefined
      ? { minimumSignificantDigits: 1, maximumSignificantDigits: digits }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return numberFormat(currentLanguage(), {
    ...precision,
    ...(tiny || huge ? { notation: 'scientific' as const } : {}),
    useGrouping: grouping,
    ...(sign ? { signDisplay: 'exceptZero' as const } : {}),
  }).format(value);
}

/** A wavelength or wavenumber: up to six digits and never grouped, as axes print them. */
export const formatAxisValue = (value: number | null | undefined): string =>
  formatNumber(value, { digits: 6, grouping: false });

/**
 * How many decimals a column of values needs so that their spread shows three digits; all cells of the column use it,
 * so that decimal marks stand under each other.
 */
export function decimalsForSpread(spread: number | null | undefined): number {
  if (spread === null || spread === undefined || !Number.isFinite(spread) || spread <= 0) return 3;
  return Math.min(Math.max(2 - Math.floor(Math.log10(spread)), 0), 8);
}

/** A whole count: "10,000". */
export const formatCount = (value: number): string => numberFormat(currentLanguage(), {}).format(value);

/** An error of calibration with three significant digits, trailing zeros kept, so that columns of them compare. */
export function formatScore(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  if (value !== 0 && Math.abs(value) < 1e-4) return formatNumber(value, { digits: 3 });
  return numberFormat(currentLanguage(), { minimumSignificantDigits: 3, maximumSignificantDigits: 3 }).format(value);
}

/** A share between 0 and 1 in whole percent; never "100 %" before the end. */
export function formatPercent(fraction: number): string {
  const shown = fraction < 1 ? Math.min(Math.floor(fraction * 100), 99) : 100;
  return numberFormat(currentLanguage(), { style: 'percent' }).format(Math.max(shown, 0) / 100);
}

/** "12 ms", "3.4 s", "2 min 05 s", "1 h 20 min". */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return NOTHING;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${formatNumber(seconds, { decimals: seconds < 10 ? 1 : 0 })} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Day and time of an ISO time, in the zone of the machine. */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return NOTHING;
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** A value with its unit, "12.4 %"; without a unit just the value. */
export const formatWithUnit = (value: number | null, unit: string | null, digits = 4): string =>
  unit ? `${formatNumber(value, { digits })} ${unit}` : formatNumber(value, { digits });

/** The unit of a wavelength axis as axes and headers print it. */
export const axisUnitLabel = (unit: 'nm' | 'cm-1' | 'index'): string =>
  unit === 'cm-1' ? 'cm⁻¹' : unit === 'nm' ? 'nm' : 'index';

/** A range of seconds as people say it: "12–20 s", "3–5 min". Never "0 s" while something works. */
export function formatTimeLeft({ low, high }: { readonly low: number; readonly high: number }): string {
  const inMinutes = high >= 120;
  const scale = inMinutes ? 60 : 1;
  const from = Math.max(1, Math.floor(low / scale));
  const to = Math.max(from, Math.ceil(high / scale));
  const range = from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`;
  return `${range} ${inMinutes ? 'min' : 's'}`;
}
