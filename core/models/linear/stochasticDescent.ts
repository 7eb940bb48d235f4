import type { StochasticLoss } from '#core/models/linear/stochasticLosses.ts';
import { treeRandom } from '#core/models/trees/treeRandom.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export interface DescentSettings {
  readonly penalty: 'l2' | 'l1' | 'elasticnet' | null;
  readonly alpha: number;
  readonly l1_ratio: number;
  readonly fit_intercept: boolean;
  readonly tol: number | null;
  readonly shuffle: boolean;
  readonly learning_rate: 'constant' | 'optimal' | 'invscaling' | 'adaptive';
  readonly eta0: number;
  readonly power_t: number;
  readonly n_iter_no_change: number;
  readonly average: boolean | number;
}

/** Where a descent stands; another can go on from there. */
export interface DescentPoint {
  readonly coef: Float64Array;
  readonly intercept: number;
  /** Number of the next step, from 1: schedules count them. */
  readonly step: number;
  /** Size of the last step; `adaptive` has lowered it. */
  readonly rate: number;
}

export interface DescentData {
  readonly x: Matrix;
  /** Targets, or −1 and 1. */
  readonly y: Float64Array;
  /** 1 where a row is set aside for early stopping; null: none is. */
  readonly held: Uint8Array | null;
  /** What the samples with y > 0 count, and the others. */
  readonly weights: readonly [number, number];
}

export interface Descent {
  /** One pass over the rows; returns the mean loss, without penalty, that they had when their turn came. */
  epoch(): number;
  /** After an epoch: whether it is the last. `score`: what early stopping watches, larger is better. */
  ends(score: number | null): boolean;
  /** The solution: averaged where that was asked for and begun. */
  solution(): { coef: Float64Array; intercept: number };
  /** Where it stands, not averaged. */
  point(): DescentPoint;
}

/**
 * Stochastic gradient descent on a linear model, one sample a step (Bottou 2010, doi:10.1007/978-3-7908-2604-3_16), with
 * the truncated L1 penalty of Tsuruoka, Tsujii & Ananiadou (2009, ACL, 477–485). Steps, schedules and the order of
 * samples are scikit-learn's: one seed gives the same steps there and here.
 */
export function stochasticDescent(
  { x, y, held, weights: [positive, negative] }: DescentData,
  loss: StochasticLoss,
  settings: DescentSettings,
  seed: number,
  start: DescentPoint | null,
): Descent {
  const { alpha, penalty, learning_rate, eta0, power_t, tol } = settings;
  const { rows: n, cols: p, data } = x;
  const ratio = { l1: 1, elasticnet: settings.l1_ratio, l2: 0, none: 0 }[penalty ?? 'none'];
  const truncates = penalty === 'l1' || penalty === 'elasticnet';
  const shrinks = penalty === 'l2' || penalty === 'elasticnet';
  const averageFrom = Number(settings.average);
  const learned = held === null ? n : n - held.reduce((sum, one) => sum + one, 0);
  const firstStep = optimalStart(loss, alpha);

  // The weights are `scale` × w, so that shrinking all of them is one multiplication.
  const w = start?.coef.slice() ?? new Float64Array(p);
  let scale = 1;
  let intercept = start?.intercept ?? 0;
  let t = start?.step ?? 1;
  let rate = start?.rate ?? eta0;
  const applied = new Float64Array(truncates ? p : 0);
  let owed = 0;
  const mean = new Float64Array(averageFrom > 0 ? p : 0);
  let meanIntercept = 0;
  let best = held === null ? Infinity : -Infinity;
  let failures = 0;
  let lastLoss = NaN;
  const order = Int32Array.from({ length: n }, (_, i) => i);

  function settleScale(): void {
    for (let j = 0; j < p; j++) w[j] *= scale;
    scale = 1;
  }

  function step(row: number): number {
    const base = row * p;
    let sum = 0;
    for (let j = 0; j < p; j++) sum += w[j] * data[base + j];
    const predicted = sum * scale + intercept;
    if (learning_rate === 'optimal') rate = 1 / (alpha * (firstStep + t - 1));
    else if (learning_rate === 'invscaling') rate = eta0 / t ** power_t;
    const slope = Math.max(-STEEPEST, Math.min(STEEPEST, loss.slope(predicted, y[row])));
    const change = -rate * slope * (y[row] > 0 ? positive : negative);
    if (shrinks) {
      scale *= Math.max(0, 1 - (1 - ratio) * rate * alpha);
      if (scale < SMALLEST_SCALE) settleScale();
    }
    if (change !== 0) {
      const c = change / scale;
      for (let j = 0; j < p; j++) w[j] += c * data[base + j];
      if (settings.fit_intercept) intercept += change;
    }
    if (averageFrom > 0 && averageFrom <= t) {
      const count = t - averageFrom + 1;
      for (let j = 0; j < p; j++) mean[j] += (w[j] * scale - mean[j]) / count;
      meanIntercept += (intercept - meanIntercept) / count;
    }
    if (truncates) {
      owed += ratio * rate * alpha;
      truncate();
    }
    t += 1;
    return loss.of(predicted, y[row]);
  }

  /** Takes from every weight what the penalty owes, but not beyond zero. */
  function truncate(): void {
    for (let j = 0; j < p; j++) {
      const before = w[j];
      if (before * scale > 0) w[j] = Math.max(0, before - (owed + applied[j]) / scale);
      else if (before * scale < 0) w[j] = Math.min(0, before + (owed - applied[j]) / scale);
      applied[j] += scale * (w[j] - before);
    }
  }

  return {
    epoch() {
      if (settings.shuffle) {
        const random = treeRandom(seed); // the same draws in every epoch, on what the last one left
        for (let i = 0; i < n - 1; i++) {
          const j = i + random.integer(0, n - i);
          [order[i], order[j]] = [order[j], order[i]];
        }
      }
      let sum = 0;
      for (const row of order) if (held?.[row] !== 1) sum += step(row);
      settleScale();
      lastLoss = sum / learned;
      return lastLoss;
    },
    ends(score) {
      const value = score ?? lastLoss;
      const failed = tol !== null && (score === null ? value > best - tol : value < best + tol);
      failures = failed ? failures + 1 : 0;
      best = score === null ? Math.min(best, value) : Math.max(best, value);
      if (failures < settings.n_iter_no_change) return false;
      if (learning_rate !== 'adaptive' || rate <= SMALLEST_RATE) return true;
      rate /= 5;
      failures = 0;
      return false;
    },
    solution: () =>
      averageFrom > 0 && averageFrom <= t - 1
        ? { coef: mean.slice(), intercept: meanIntercept }
        : { coef: w.map((value) => value * scale), intercept },
    point: () => ({ coef: w.map((value) => value * scale), intercept, step: t, rate }),
  };
}

/** Steps that the optimal schedule has behind it at the start, so that the first is not too large (Bottou). */
function optimalStart(loss: StochasticLoss, alpha: number): number {
  const typical = Math.sqrt(1 / Math.sqrt(alpha));
  const first = typical / Math.max(1, loss.slope(-typical, 1));
  return 1 / (first * alpha);
}

/** Slopes are cut to this. */
const STEEPEST = 1e12;
/** Below this the scale is multiplied into the weights, before digits are lost. */
const SMALLEST_SCALE = 1e-9;
/** `adaptive` does not go below this. */
const SMALLEST_RATE = 1e-6;
