import { formatNumber } from '#renderer/locales/format.ts';

/**
 * A figure that is read beside an error of calibration (bias, standard error, residual), to one decimal more than the
 * error has with three significant digits: 2.00 goes with +0.019 and ± 0.106. What rounds to nothing is 0.
 */
export function formatError(
  value: number | null,
  rmse: number | null,
  options: { readonly sign?: boolean } = {},
): string {
  if (value === null || !Number.isFinite(value)) return formatNumber(null);
  const decimals = errorDecimals(rmse);
  const rounded = Number(value.toFixed(decimals));
  return formatNumber(rounded, { decimals, ...options });
}

export function errorDecimals(rmse: number | null): number {
  if (rmse === null || !Number.isFinite(rmse) || rmse <= 0) return 3;
  return Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(rmse))));
}
