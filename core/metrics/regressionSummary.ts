import { EngineError } from '#core/base/errors.ts';
import { measuredStatistics, type MeasuredStatistics } from '#core/metrics/measuredStatistics.ts';

/** Every figure of merit of a set of predictions. NaN where one cannot be computed. */
export interface RegressionSummary {
  readonly n: number;
  readonly rmse: number;
  readonly mae: number;
  readonly r2: number;
  readonly bias: number;
  readonly sep: number;
  readonly rpd: number;
  readonly rpiq: number;
  readonly nrmse: number;
  readonly slope: number;
  readonly intercept: number;
  readonly maxError: number;
}

/**
 * The table that results, reports and the command line show for one partition: the figures of `regressionMetrics`, to
 * the last bit, in three passes over the predictions instead of two or three for each figure.
 *
 * @param y measured values, length n
 * @param p predicted values, length n
 * @param measured statistics of y, for who judges many predictions of the same samples
 */
export function regressionSummary(
  y: Float64Array,
  p: Float64Array,
  measured: MeasuredStatistics = measuredStatistics(y),
): RegressionSummary {
  const n = y.length;
  if (n !== p.length)
    throw new EngineError('numerics.shape', {
      what: 'Predictions',
      expected: `${n}, one for each measured value`,
      found: String(p.length),
    });
  let press = 0;
  let absolute = 0;
  let sumOfErrors = 0;
  let sumOfPredictions = 0;
  let largest = n > 0 ? 0 : NaN;
  for (let i = 0; i < n; i++) {
    const error = p[i] - y[i];
    press += error * error;
    absolute += Math.abs(error);
    sumOfErrors += error;
    sumOfPredictions += p[i];
    // Written so that a NaN error is not lost.
    if (!(Math.abs(error) <= largest)) largest = Math.abs(error);
  }
  // The corrective pass of `mean`, for errors and predictions at once.
  const firstError = sumOfErrors / n;
  const firstPrediction = sumOfPredictions / n;
  let restOfErrors = 0;
  let restOfPredictions = 0;
  for (let i = 0; i < n; i++) {
    restOfErrors += p[i] - y[i] - firstError;
    restOfPredictions += p[i] - firstPrediction;
  }
  const bias = firstError + restOfErrors / n;
  const predictedMean = firstPrediction + restOfPredictions / n;
  let errorSquares = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    const deviation = p[i] - y[i] - bias;
    errorSquares += deviation * deviation;
    product += (y[i] - measured.mean) * (p[i] - predictedMean);
  }
  const rmse = Math.sqrt(press / n);
  const slope = measured.squares > 0 ? product / measured.squares : NaN;
  return {
    n,
    rmse,
    mae: absolute / n,
    r2: measured.squares > 0 ? 1 - press / measured.squares : NaN,
    bias,
    sep: n > 1 ? Math.sqrt(errorSquares / (n - 1)) : NaN,
    rpd: n > 1 ? Math.sqrt(measured.squares / (n - 1)) / rmse : NaN,
    rpiq: measured.interquartileRange / rmse,
    nrmse: measured.range > 0 ? rmse / measured.range : NaN,
    slope,
    intercept: predictedMean - slope * measured.mean,
    maxError: largest,
  };
}
