import { mean } from '#core/numerics/mean.ts';
import { quantile } from '#core/numerics/quantile.ts';

/** What figures of merit need of the measured values alone, whatever was predicted. */
export interface MeasuredStatistics {
  readonly mean: number;
  /** Σ(y − ȳ)². */
  readonly squares: number;
  /** Q3 − Q1 by linear interpolation, as in `rpiq`. */
  readonly interquartileRange: number;
  /** Largest − smallest value. */
  readonly range: number;
}

/** Computed once for all the predictions of the same samples; NaN for no values. */
export function measuredStatistics(y: Float64Array): MeasuredStatistics {
  const centre = mean(y);
  let squares = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < y.length; i++) {
    const deviation = y[i] - centre;
    squares += deviation * deviation;
    low = Math.min(low, y[i]);
    high = Math.max(high, y[i]);
  }
  const interquartileRange = quantile(y, 0.75) - quantile(y, 0.25);
  return { mean: centre, squares, interquartileRange, range: high - low };
}
