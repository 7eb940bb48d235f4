import { EngineError } from '#core/base/errors.ts';
import type { BaseOutcomes } from '#core/execution/baseOutcome.ts';
import { baseName, checkCoverage, chooseModels, givenOf, outOfFold } from '#core/execution/givenPredictions.ts';
import type { VariantFold } from '#core/execution/groupResults.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import { takeIntegers } from '#core/execution/foldStageOf.ts';
import type { JoinPlan, PlannedStep, RoutePlan } from '#core/execution/stepPlans.ts';
import type { FitResult, PartPredictions } from '#core/execution/unit.ts';

/** Turns a join into one whose predictions are at hand. */
export type MakeReady = (join: JoinPlan) => PlannedStep;

/** The steps with their joins made ready, those inside lanes too. */
export const withReadyJoins = (steps: readonly PlannedStep[], ready: MakeReady): PlannedStep[] =>
  steps.map((step) => {
    if (step.role === 'ready-join')
      return { ...step, features: step.features.map((lane) => withReadyJoins(lane, ready)) };
    if (step.role !== 'join') return step;
    return ready({ ...step, features: step.features.map((lane) => withReadyJoins(lane, ready)) });
  });

/** In pass 1 a join takes in out-of-fold predictions: of each sample by models that were trained without it. */
export const outOfFoldJoin =
  (run: RunContext, outcomes: BaseOutcomes): MakeReady =>
  (join) => {
    const chosen = join.predictions.map((plan) => chooseModels(run, plan, join.onMissing, outcomes));
    const usable = chosen.filter(({ models }) => models.length > 0);
    if (usable.length === 0 && join.features.length === 0) {
      const failed = join.predictions.flatMap(({ models }) => models.flatMap((one) => outcomes.get(one) ?? []));
      const problem = failed.find(({ summary }) => summary.problem !== null)?.summary.problem ?? '';
      throw new EngineError('run.no-base-models', { problem });
    }
    return {
      role: 'ready-join',
      ...{ features: join.features, separate: join.separate, equal: join.equal },
      given: usable.map((one) =>
        givenOf(run, one, (model) => {
          const outcome = outcomes.get(model);
          if (outcome === undefined)
            throw new Error('A base model was not cross-validated before what learns from it.');
          checkCoverage(run, model, outcome, join.onMissing);
          return outOfFold(outcome);
        }),
      ),
    };
  };

/** The route of a group whose models are separated by groups of samples; null for a group with a model of its own. */
export function routeOf({ group }: GroupFolds): RoutePlan | null {
  const last = group.steps.at(-1);
  return last?.role === 'route' ? last : null;
}

/** What a route says on one fold: of each sample what the model of its group says, in the order of the rows. */
export function routedFold(run: RunContext, route: RoutePlan, k: number, outcomes: BaseOutcomes): FitResult {
  const folds = route.lanes.map(({ model, name }): VariantFold => {
    const outcome = outcomes.get(model);
    const fold = outcome?.folds[k] ?? null;
    if (fold !== null) return fold;
    throw new EngineError('run.base-failed', {
      model: baseName(run.input.plan.variants[model]),
      problem: outcome?.summary.problem ?? `it has no result for ${name} in this fold.`,
    });
  });
  return routed(folds, run.input.data.classes?.length ?? 0);
}

/** The results of groups as one, in the order of the rows. */
export function routed(groups: readonly VariantFold[], classCount: number): FitResult {
  const part = (of: 'train' | 'validation' | 'test') => {
    const all = groups.flatMap(({ rows }) => [...rows[of]]);
    const order = Array.from(all.keys()).sort((a, b) => (all[a] ?? 0) - (all[b] ?? 0));
    return {
      rows: takeIntegers(Int32Array.from(all), order),
      said: inOrder(
        groups.map((one) => one.predictions[of]),
        order,
        classCount,
      ),
    };
  };
  const [train, validation, test] = [part('train'), part('validation'), part('test')];
  return {
    rows: { train: train.rows, validation: validation.rows, test: test.rows },
    predictions: [{ train: train.said, validation: validation.said, test: test.said }],
    notices: [],
    chains: null,
    judges: {},
    modelInput: null,
    records: [],
    milliseconds: 0,
  };
}

function inOrder(parts: readonly PartPredictions[], order: readonly number[], classCount: number): PartPredictions {
  const predicted = parts.flatMap((part) => [...part.predicted]);
  const probable = classCount > 0 && parts.every((part) => part.predicted.length === 0 || part.probabilities !== null);
  const rows = parts.flatMap(({ probabilities, predicted: own }) =>
    Array.from(own.keys(), (k) => probabilities?.subarray(k * classCount, (k + 1) * classCount) ?? []),
  );
  return {
    predicted: Float64Array.from(order, (k) => predicted[k] ?? NaN),
    probabilities: probable ? Float64Array.from(order.flatMap((k) => [...(rows[k] ?? [])])) : null,
  };
}
