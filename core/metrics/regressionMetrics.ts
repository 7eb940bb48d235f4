import { EngineError } from '#core/base/errors.ts';
import { mean } from '#core/numerics/mean.ts';
import { quantile } from '#core/numerics/quantile.ts';

// Figures of merit of a regression. y: measured values, p: predicted values, both of length n ≥ 1. Definitions and
// names after Fearn (2002) NIR news 13, 12–14 and Bellon-Maurel et al. (2010) Trends in Analytical Chemistry 29,
// 1073–1081 (doi:10.1016/j.trac.2010.05.006); values agree with scikit-learn where it has the figure. What cannot be
// computed (R² of constant y, SEP of one sample) is NaN: the caller shows a dash, nothing is invented.

/** Sum of squared errors (PRESS when the predictions are out of fold). */
export function press(y: Float64Array, p: Float64Array): number {
  requireSameLength(y, p);
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const error = p[i] - y[i];
    sum += error * error; // not ** 2, whose last bit depends on how the loop was compiled
  }
  return sum;
}

/** Root mean square error, √(PRESS / n), in the unit of the target. Over pooled out-of-fold predictions: RMSECV. */
export const rmse = (y: Float64Array, p: Float64Array): number => Math.sqrt(press(y, p) / y.length);

/** Mean absolute error, in the unit of the target. */
export function mae(y: Float64Array, p: Float64Array): number {
  requireSameLength(y, p);
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += Math.abs(p[i] - y[i]);
  return sum / y.length;
}

/** Mean square error, PRESS / n, in the squared unit of the target. */
export const mse = (y: Float64Array, p: Float64Array): number => press(y, p) / y.length;

/** Median absolute error, in the unit of the target: half of the errors are smaller. */
export const medae = (y: Float64Array, p: Float64Array): number => quantile(errors(y, p).map(Math.abs), 0.5);

/** Mean absolute error relative to the measured value (0.05 is 5 %); NaN when a measured value is 0. */
export function mape(y: Float64Array, p: Float64Array): number {
  if (y.includes(0)) return NaN;
  return mean(errors(y, p).map((error, i) => Math.abs(error / y[i])));
}

/** Coefficient of determination, 1 − PRESS / Σ(y − ȳ)². Of out-of-fold predictions it is often called Q². */
export function r2(y: Float64Array, p: Float64Array): number {
  const total = sumOfSquares(y);
  return total > 0 ? 1 - press(y, p) / total : NaN;
}

/** Mean of predicted − measured: positive when the model predicts too high. */
export const bias = (y: Float64Array, p: Float64Array): number => mean(errors(y, p));

/** Standard error of prediction: the standard deviation of the errors about their bias, divisor n − 1. */
export function sep(y: Float64Array, p: Float64Array): number {
  return y.length > 1 ? Math.sqrt(sumOfSquares(errors(y, p)) / (y.length - 1)) : NaN;
}

/** Ratio of performance to deviation: standard deviation of y (divisor n − 1) over RMSE. */
export function rpd(y: Float64Array, p: Float64Array): number {
  return y.length > 1 ? Math.sqrt(sumOfSquares(y) / (y.length - 1)) / rmse(y, p) : NaN;
}

/** Ratio of performance to interquartile range: (Q3 − Q1) of y over RMSE; quartiles by linear interpolation. */
export const rpiq = (y: Float64Array, p: Float64Array): number => (quantile(y, 0.75) - quantile(y, 0.25)) / rmse(y, p);

/** Slope of the least squares line of predicted on measured; 1 for an unbiased model. */
export function slope(y: Float64Array, p: Float64Array): number {
  requireSameLength(y, p);
  const yMean = mean(y);
  const pMean = mean(p);
  let product = 0;
  for (let i = 0; i < y.length; i++) product += (y[i] - yMean) * (p[i] - pMean);
  const total = sumOfSquares(y);
  return total > 0 ? product / total : NaN;
}

/** Intercept of the least squares line of predicted on measured; 0 for an unbiased model. */
export const intercept = (y: Float64Array, p: Float64Array): number => mean(p) - slope(y, p) * mean(y);

/** Largest absolute error. */
export function maxError(y: Float64Array, p: Float64Array): number {
  requireSameLength(y, p);
  let largest = y.length > 0 ? 0 : NaN;
  // Written so that a NaN error is not lost.
  for (let i = 0; i < y.length; i++) if (!(Math.abs(p[i] - y[i]) <= largest)) largest = Math.abs(p[i] - y[i]);
  return largest;
}

/** RMSE over the range of y, without unit. */
export function nrmse(y: Float64Array, p: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < y.length; i++) {
    low = Math.min(low, y[i]);
    high = Math.max(high, y[i]);
  }
  return high > low ? rmse(y, p) / (high - low) : NaN;
}

function errors(y: Float64Array, p: Float64Array): Float64Array {
  requireSameLength(y, p);
  return p.map((value, i) => value - y[i]);
}

function sumOfSquares(values: Float64Array): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i] - centre;
    sum += deviation * deviation;
  }
  return sum;
}

function requireSameLength(y: Float64Array, p: Float64Array): void {
  if (y.length !== p.length)
    throw new EngineError('numerics.shape', {
      what: 'Predictions',
      expected: `${y.length}, one for each measured value`,
      found: String(p.length),
    });
}
