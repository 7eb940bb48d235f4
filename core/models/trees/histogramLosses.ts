import { mean } from '#core/numerics/mean.ts';
import { quantile } from '#core/numerics/quantile.ts';

/** A loss for histogram boosting; `raw` holds one column of scores for each output. */
export interface HistogramLoss {
  readonly outputs: number;
  /** The constant scores that boosting starts from, learned from these rows. */
  start(rows: Int32Array): Float64Array;
  /** First and second derivatives by the scores of output k, for every row; no second: all 1. */
  derivatives(raw: readonly Float64Array[], k: number): { gradients: Float64Array; hessians: Float64Array | null };
  /** The best step for the samples of a leaf, where it is not the Newton step. */
  leaf?(samples: Int32Array, raw: Float64Array): number;
  /** Mean loss over these rows. */
  value(raw: readonly Float64Array[], rows: Int32Array): number;
}

export function numericLoss(name: 'squared_error' | 'absolute_error', y: Float64Array): HistogramLoss {
  const of = (rows: Int32Array): Float64Array => Float64Array.from(rows, (i) => y[i]);
  const differences = (rows: Int32Array, raw: Float64Array): Float64Array =>
    Float64Array.from(rows, (i) => y[i] - raw[i]);
  if (name === 'squared_error')
    return {
      outputs: 1,
      start: (rows) => Float64Array.of(mean(of(rows))),
      derivatives: ([raw]) => ({ gradients: raw.map((score, i) => score - y[i]), hessians: null }),
      value: ([raw], rows) => mean(differences(rows, raw).map((d) => 0.5 * d * d)),
    };
  return {
    outputs: 1,
    start: (rows) => Float64Array.of(quantile(of(rows), 0.5)),
    derivatives: ([raw]) => ({ gradients: raw.map((score, i) => (score > y[i] ? 1 : -1)), hessians: null }),
    leaf: (samples, raw) => quantile(differences(samples, raw), 0.5),
    value: ([raw], rows) => mean(differences(rows, raw).map(Math.abs)),
  };
}

/** Class codes 0 … K − 1, K ≥ 2: logistic likelihood, one column of scores for two classes and K for more. */
export function classLoss(codes: Float64Array, classCount: number): HistogramLoss {
  const share = (rows: Int32Array, k: number): number =>
    Math.min(1 - EPSILON, Math.max(EPSILON, mean(Float64Array.from(rows, (i) => (codes[i] === k ? 1 : 0)))));
  if (classCount === 2) {
    const chance = (score: number): number => 1 / (1 + Math.exp(-score));
    return {
      outputs: 1,
      start: (rows) => Float64Array.of(Math.log(share(rows, 1) / (1 - share(rows, 1)))),
      derivatives([raw]) {
        const p = raw.map(chance);
        return { gradients: p.map((value, i) => value - codes[i]), hessians: p.map((value) => value * (1 - value)) };
      },
      value: ([raw], rows) =>
        mean(
          Float64Array.from(
            rows,
            (i) => Math.log1p(Math.exp(-Math.abs(raw[i]))) + Math.max(0, codes[i] === 1 ? -raw[i] : raw[i]),
          ),
        ),
    };
  }
  const logSum = (raw: readonly Float64Array[], i: number): number => {
    let largest = -Infinity;
    for (const column of raw) largest = Math.max(largest, column[i]);
    let sum = 0;
    for (const column of raw) sum += Math.exp(column[i] - largest);
    return largest + Math.log(sum);
  };
  return {
    outputs: classCount,
    start(rows) {
      const logs = Float64Array.from({ length: classCount }, (_, k) => Math.log(share(rows, k)));
      const centre = mean(logs);
      return logs.map((value) => value - centre);
    },
    derivatives(raw, k) {
      const p = raw[k].map((score, i) => Math.exp(score - logSum(raw, i)));
      return {
        gradients: p.map((value, i) => value - (codes[i] === k ? 1 : 0)),
        hessians: p.map((value) => value * (1 - value)),
      };
    },
    value: (raw, rows) => mean(Float64Array.from(rows, (i) => logSum(raw, i) - raw[codes[i]][i])),
  };
}

/** Shares of classes are kept this far from 0 and 1. */
const EPSILON = Number.EPSILON;
