import { EngineError } from '#core/base/errors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

// Figures of merit of class probabilities. y: measured class codes, length n; p: n × K, rows sum to 1. What cannot be
// computed is NaN. Values agree with scikit-learn where it has the figure.

/**
 * Mean negative logarithm of the probability of the measured class. Rows are normalised to sum 1, and probabilities are
 * kept at least 2.2e-16 (machine precision) from 0 and 1, so that one certain mistake costs 36, not infinity.
 */
export function logLoss(y: Float64Array, p: Matrix): number {
  requireRows(y, p);
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    let total = 0;
    for (let k = 0; k < p.cols; k++) total += clipped(p.data[i * p.cols + k]);
    sum -= Math.log(clipped(p.data[i * p.cols + y[i]]) / total);
  }
  return sum / y.length;
}

const clipped = (value: number): number => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, value));

/**
 * Area under the receiver operating characteristic: the probability that a sample of the class ranks above one of the
 * others, ties counting half. Two classes: of the second class. More: one class against the rest, averaged over the
 * classes that were measured (macro). NaN when fewer than two classes were measured.
 */
export function rocAuc(y: Float64Array, p: Matrix): number {
  requireRows(y, p);
  if (p.cols === 2) return oneVersusRest(y, p, 1);
  let sum = 0;
  let classes = 0;
  for (let k = 0; k < p.cols; k++) {
    const area = oneVersusRest(y, p, k);
    if (Number.isNaN(area)) continue;
    sum += area;
    classes += 1;
  }
  return sum / classes;
}

/** Mann–Whitney U over the number of pairs, from mid-ranks. */
function oneVersusRest(y: Float64Array, p: Matrix, k: number): number {
  const n = y.length;
  const score = (i: number): number => p.data[i * p.cols + k];
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => score(a) - score(b));
  let rankSum = 0;
  let members = 0;
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && score(order[end]) === score(order[start])) end += 1;
    for (let i = start; i < end; i++)
      if (y[order[i]] === k) {
        rankSum += (start + end + 1) / 2; // mean of the ranks start + 1 … end
        members += 1;
      }
    start = end;
  }
  return (rankSum - (members * (members + 1)) / 2) / (members * (n - members));
}

/**
 * Brier score: mean squared distance of the probabilities from the truth. Two classes: (p − truth)² of the second
 * class, 0 to 1. More: summed over classes, 0 to 2, as Brier (1950) Monthly Weather Review 78, 1–3,
 * doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
 */
export function brier(y: Float64Array, p: Matrix): number {
  requireRows(y, p);
  let sum = 0;
  for (let i = 0; i < y.length; i++)
    for (let k = 0; k < p.cols; k++) sum += (p.data[i * p.cols + k] - (y[i] === k ? 1 : 0)) ** 2;
  return sum / y.length / (p.cols === 2 ? 2 : 1);
}

/**
 * Expected calibration error: how far the confidence (largest probability) of a prediction lies from the share of right
 * predictions, averaged over bins of confidence weighted by their size. Guo, Pleiss, Sun & Weinberger (2017) ICML,
 * PMLR 70, 1321–1330.
 *
 * @param options.bins number of bins; 15 by default
 * @param options.adaptive bins of equal size instead of equal width, as Nguyen & O'Connor (2015) EMNLP, 1587–1598,
 *   doi:10.18653/v1/D15-1182
 */
export function expectedCalibrationError(
  y: Float64Array,
  p: Matrix,
  { bins = 15, adaptive = false }: { readonly bins?: number; readonly adaptive?: boolean } = {},
): number {
  requireRows(y, p);
  const n = y.length;
  const confidence = new Float64Array(n);
  const right = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let k = 1; k < p.cols; k++) if (p.data[i * p.cols + k] > p.data[i * p.cols + best]) best = k;
    confidence[i] = p.data[i * p.cols + best];
    right[i] = y[i] === best ? 1 : 0;
  }
  const bin = adaptive ? equalSizes(confidence, bins) : equalWidths(confidence, bins);
  const gaps = new Float64Array(bins);
  for (let i = 0; i < n; i++) gaps[bin[i]] += right[i] - confidence[i];
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / n;
}

/** Bins (k / bins, (k + 1) / bins]: the upper edge belongs to the bin. */
const equalWidths = (values: Float64Array, bins: number): Int32Array =>
  Int32Array.from(values, (value) => Math.min(bins - 1, Math.max(0, Math.ceil(value * bins) - 1)));

/** Sorted and cut into parts whose sizes differ by one at most; equal confidences keep their order. */
function equalSizes(values: Float64Array, bins: number): Int32Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const bin = new Int32Array(values.length);
  order.forEach((sample, rank) => {
    bin[sample] = Math.floor((rank * bins) / values.length);
  });
  return bin;
}

function requireRows(y: Float64Array, p: Matrix): void {
  if (p.rows !== y.length)
    throw new EngineError('numerics.shape', {
      what: 'Class probabilities',
      expected: `${y.length} rows, one for each measured class`,
      found: String(p.rows),
    });
}
