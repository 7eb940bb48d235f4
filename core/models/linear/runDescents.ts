import { EngineError } from '#core/base/errors.ts';
import type { FitContext, State } from '#core/data/operator.ts';
import type { LossCurve } from '#core/data/lossCurve.ts';
import type { Descent, DescentPoint } from '#core/models/linear/stochasticDescent.ts';
import type { StochasticParams } from '#core/models/linear/stochasticParameters.ts';

/** What models by stochastic descent keep besides coefficients; several descents stand one behind the other. */
export interface DescentRecord {
  /** Mean training loss of each epoch, without penalty; several descents: their mean. */
  readonly losses: Float64Array;
  /** Loss on the part set aside; empty without one. */
  readonly validation: Float64Array;
  /** Where each descent ended: coefficients (m × p), intercepts, steps, rates. For a warm start. */
  readonly lastCoef: Float64Array;
  readonly lastIntercept: Float64Array;
  readonly lastStep: Float64Array;
  readonly lastRate: Float64Array;
}

export interface WatchedDescent {
  readonly descent: Descent;
  /** Score (larger is better) and loss of the part set aside; null without one. */
  held(): { readonly score: number; readonly loss: number } | null;
}

/** Checks what the schedule needs. Throws `numerics.parameter`. */
export function checkSchedule(operator: string, { learning_rate, eta0, alpha }: StochasticParams): void {
  const wrong = (parameter: string, problem: string): never => {
    throw new EngineError('numerics.parameter', { operator, parameter, problem });
  };
  if (learning_rate === 'optimal' && alpha === 0)
    wrong('alpha', 'must be above 0 for the optimal schedule, which takes its steps from it.');
  if (learning_rate !== 'optimal' && eta0 <= 0) wrong('eta0', `must be above 0 for the schedule ${learning_rate}.`);
}

/** Runs descents side by side, an epoch each in turn, until each has settled. Throws where one leaves all bounds. */
export function runDescents(
  operator: string,
  descents: readonly WatchedDescent[],
  { max_iter, tol }: StochasticParams,
  context: FitContext,
): DescentRecord {
  const training: number[] = [];
  const validation: number[] = [];
  const last = descents.map(() => ({ loss: NaN, held: NaN }));
  let running = [...descents.keys()];
  for (let epoch = 1; epoch <= max_iter && running.length > 0; epoch++) {
    const next: number[] = [];
    for (const k of running) {
      context.cancel.check();
      const { descent, held } = descents[k];
      const loss = descent.epoch();
      const { coef, intercept } = descent.point();
      if (!Number.isFinite(loss) || !Number.isFinite(intercept) || !coef.every(Number.isFinite))
        throw new EngineError('numerics.parameter', {
          operator,
          parameter: 'eta0',
          problem: 'lets the coefficients grow without bound. Put StandardScaler before the model, or lower it.',
        });
      const watched = held();
      last[k] = { loss, held: watched?.loss ?? NaN };
      if (!descent.ends(watched?.score ?? null)) next.push(k);
    }
    running = next;
    training.push(meanOf(last, ({ loss }) => loss));
    const heldLoss = meanOf(last, ({ held }) => held);
    if (!Number.isNaN(heldLoss)) validation.push(heldLoss);
    context.trained?.({
      ...{ epoch, epochs: max_iter, loss: training[epoch - 1] },
      validationLoss: Number.isNaN(heldLoss) ? null : heldLoss,
    });
  }
  if (running.length > 0 && tol !== null)
    context.notice(`${operator}: the loss was still falling after ${max_iter} epochs. Raise max_iter.`);
  const points = descents.map(({ descent }) => descent.point());
  const p = points[0]?.coef.length ?? 0;
  const lastCoef = new Float64Array(points.length * p);
  points.forEach(({ coef }, k) => {
    lastCoef.set(coef, k * p);
  });
  return {
    losses: Float64Array.from(training),
    validation: Float64Array.from(validation),
    lastCoef,
    lastIntercept: Float64Array.from(points, ({ intercept }) => intercept),
    lastStep: Float64Array.from(points, ({ step }) => step),
    lastRate: Float64Array.from(points, ({ rate }) => rate),
  };
}

const meanOf = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((sum, value) => sum + of(value), 0) / values.length;

export const descentLosses = ({ losses, validation }: DescentRecord): LossCurve => ({
  training: losses,
  validation: validation.length === 0 ? null : validation,
});

/**
 * Points of an earlier training to go on from: coefficients together with the number of steps, so that the schedule
 * goes on as well. Begun anew, its first steps would be as large as those of a cold start and would undo what was
 * learned. Null where they do not fit, with a notice.
 */
export function pointsToGoOnFrom(
  operator: string,
  { warmStart, notice }: FitContext,
  count: number,
  channels: number,
): DescentPoint[] | null {
  if (warmStart === undefined) return null;
  const [coef, intercept, step, rate] = ['lastCoef', 'lastIntercept', 'lastStep', 'lastRate'].map((name) =>
    numbers(warmStart[name]),
  );
  if (coef?.length === count * channels && intercept?.length === count && step?.length === count)
    return Array.from({ length: count }, (_, k) => ({
      coef: coef.slice(k * channels, (k + 1) * channels),
      ...{ intercept: intercept[k], step: step[k], rate: rate?.[k] ?? 0 },
    }));
  notice(
    `${operator}: the coefficients of the fold do not fit (other channels or classes). Training starts from the beginning.`,
  );
  return null;
}

const numbers = (value: State[string] | undefined): Float64Array | null =>
  value instanceof Float64Array ? value : null;
