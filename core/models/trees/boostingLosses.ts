import { mean } from '#core/numerics/mean.ts';
import { quantile } from '#core/numerics/quantile.ts';

/**
 * A loss that gradient boosting lowers. `raw` holds one column of scores for each output (one, or one a class for more
 * than two classes), each of length n.
 */
export interface BoostingLoss {
  readonly outputs: number;
  /** The constant scores that boosting starts from. */
  start(): Float64Array;
  /** The negative gradient of the loss by the scores of output k: what the next tree learns. Called once a tree. */
  residual(raw: readonly Float64Array[], k: number): Float64Array;
  /** The best step for the samples of one leaf, from the residual that the tree learned. */
  leaf(samples: Int32Array, residual: Float64Array, raw: Float64Array): number;
  /** Mean loss at these scores. */
  value(raw: readonly Float64Array[]): number;
}

export type RegressionLossName = 'squared_error' | 'absolute_error' | 'huber' | 'quantile';

/**
 * Losses of a numeric target (Friedman 2001, section 4). `alpha` is the quantile of `quantile`, and the quantile of
 * absolute residuals beyond which `huber` counts linearly.
 */
export function regressionLoss(name: RegressionLossName, y: Float64Array, alpha: number): BoostingLoss {
  const differences = (samples: Int32Array, raw: Float64Array): Float64Array =>
    Float64Array.from(samples, (s) => y[s] - raw[s]);
  const only = (value: number): Float64Array => Float64Array.of(value);
  switch (name) {
    case 'squared_error':
      return {
        outputs: 1,
        start: () => only(mean(y)),
        residual: ([raw]) => y.map((value, i) => value - raw[i]),
        leaf: (samples, residual) => mean(Float64Array.from(samples, (s) => residual[s])),
        value: ([raw]) => mean(y.map((value, i) => (value - raw[i]) ** 2)),
      };
    case 'absolute_error':
      return {
        outputs: 1,
        start: () => only(quantile(y, 0.5)),
        residual: ([raw]) => y.map((value, i) => (value > raw[i] ? 1 : -1)),
        leaf: (samples, _, raw) => lowerQuantile(differences(samples, raw), 0.5),
        value: ([raw]) => mean(y.map((value, i) => Math.abs(value - raw[i]))),
      };
    case 'quantile':
      return {
        outputs: 1,
        start: () => only(quantile(y, alpha)),
        residual: ([raw]) => y.map((value, i) => (value > raw[i] ? alpha : alpha - 1)),
        leaf: (samples, _, raw) => lowerQuantile(differences(samples, raw), alpha),
        value: ([raw]) => mean(y.map((value, i) => (value > raw[i] ? alpha : alpha - 1) * (value - raw[i]))),
      };
    case 'huber': {
      let limit = Infinity;
      return {
        outputs: 1,
        start: () => only(quantile(y, 0.5)),
        residual([raw]) {
          const rest = y.map((value, i) => value - raw[i]);
          limit = lowerQuantile(rest.map(Math.abs), alpha);
          return rest.map((value) => Math.max(-limit, Math.min(limit, value)));
        },
        leaf(samples, _, raw) {
          const rest = differences(samples, raw);
          const median = lowerQuantile(rest, 0.5);
          return median + mean(rest.map((value) => Math.max(-limit, Math.min(limit, value - median))));
        },
        value([raw]) {
          const rest = y.map((value, i) => Math.abs(value - raw[i]));
          const bound = lowerQuantile(rest, alpha);
          return mean(rest.map((r) => (r <= bound ? 0.5 * r * r : bound * (r - 0.5 * bound))));
        },
      };
    }
  }
}

/**
 * Two classes, by the scores of the second. `log_loss`: logistic likelihood; `exponential`: the loss of AdaBoost.
 * Leaves take one Newton step (Friedman 2001, algorithm 5). y: 0 or 1.
 */
export function binaryLoss(name: 'log_loss' | 'exponential', y: Float64Array): BoostingLoss {
  const share = Math.min(1 - SINGLE, Math.max(SINGLE, mean(y)));
  const logit = Math.log(share / (1 - share));
  if (name === 'log_loss')
    return {
      outputs: 1,
      start: () => Float64Array.of(logit),
      residual: ([raw]) => y.map((value, i) => value - 1 / (1 + Math.exp(-raw[i]))),
      leaf: (samples, residual) => newtonStep(samples, residual, y, 1),
      value: ([raw]) => mean(raw.map((score, i) => logOnePlusExp((1 - 2 * y[i]) * score))),
    };
  return {
    outputs: 1,
    start: () => Float64Array.of(logit / 2),
    residual: ([raw]) => y.map((value, i) => (2 * value - 1) * Math.exp(-(2 * value - 1) * raw[i])),
    leaf(samples, residual) {
      let numerator = 0;
      let denominator = 0;
      for (const s of samples) {
        numerator += residual[s];
        denominator += Math.abs(residual[s]);
      }
      return denominator < SMALLEST ? 0 : numerator / denominator;
    },
    value: ([raw]) => mean(raw.map((score, i) => Math.exp((1 - 2 * y[i]) * score))),
  };
}

/** log(1 + e^z), safe against overflow. */
const logOnePlusExp = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/** More than two classes: multinomial likelihood, one column of scores for each (Friedman 2001, algorithm 6). */
export function multinomialLoss(codes: Float64Array, classCount: number): BoostingLoss {
  const n = codes.length;
  const member = Array.from({ length: classCount }, (_, k) => codes.map((code) => (code === k ? 1 : 0)));
  let class_ = 0;
  return {
    outputs: classCount,
    start: () => Float64Array.from(member, (one) => Math.log(Math.min(1 - SINGLE, Math.max(SINGLE, mean(one))))),
    residual(raw, k) {
      class_ = k;
      const out = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        const { largest, logSum } = spread(raw, i);
        out[i] = member[k][i] - Math.exp(raw[k][i] - largest - logSum);
      }
      return out;
    },
    leaf: (samples, residual) => newtonStep(samples, residual, member[class_], (classCount - 1) / classCount),
    value: (raw) =>
      mean(
        codes.map((code, i) => {
          const { largest, logSum } = spread(raw, i);
          return largest + logSum - raw[code][i];
        }),
      ),
  };

  /** The largest score of a sample, and log Σ exp of the others' distance to it. */
  function spread(raw: readonly Float64Array[], i: number): { largest: number; logSum: number } {
    let largest = -Infinity;
    for (let j = 0; j < classCount; j++) largest = Math.max(largest, raw[j][i]);
    let sum = 0;
    for (let j = 0; j < classCount; j++) sum += Math.exp(raw[j][i] - largest);
    return { largest, logSum: Math.log(sum) };
  }
}

/** Sum of residuals over the curvature p (1 − p), where p = truth − residual. */
function newtonStep(samples: Int32Array, residual: Float64Array, truth: Float64Array, factor: number): number {
  let numerator = 0;
  let denominator = 0;
  for (const s of samples) {
    const p = truth[s] - residual[s];
    numerator += residual[s];
    denominator += p * (1 - p);
  }
  return Math.abs(denominator) < SMALLEST ? 0 : (factor * numerator) / denominator;
}

/** The smallest value with at least a fraction q of the values at or below it: no interpolation. */
function lowerQuantile(values: Float64Array, q: number): number {
  const sorted = values.toSorted();
  return sorted[Math.max(0, Math.ceil(q * sorted.length - 1e-9) - 1)];
}

/** Shares of classes are kept this far from 0 and 1, as in scikit-learn: the step of single precision. */
const SINGLE = 2 ** -23;
/** Below this a curvature is no number to divide by. */
const SMALLEST = 1e-150;
