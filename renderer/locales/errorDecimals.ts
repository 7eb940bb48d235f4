/**
 * Decimals that show an error with three significant digits, and small figures of its kind (bias, standard error) with
 * the same last place and one more: 2.00 goes with +0.019 and ± 0.106.
 */
export function errorDecimals(rmse: number | null): number {
  if (rmse === null || !Number.isFinite(rmse) || rmse <= 0) return 3;
  return Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(rmse))));
}
