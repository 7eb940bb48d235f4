import { EngineError } from '#core/base/errors.ts';
import { foldWeights, type Predicted } from '#core/execution/averages.ts';
import type { BaseOutcome, BaseOutcomes } from '#core/execution/baseOutcome.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import type { Given, JoinPlan, PredictionPlan } from '#core/execution/stepPlans.ts';

/** Which models a source of predictions consists of, and how they are added up. */
export interface ChosenModels {
  /** Numbers of the variants, in the order of the columns. */
  readonly models: readonly number[];
  /** One a model, their sum is 1; null: side by side. */
  readonly weights: readonly number[] | null;
}

/** A base model's name for people: with the lane that holds it. */
export const baseName = ({ modelName, branchPath }: PlannedVariant): string =>
  branchPath.length === 0 ? modelName : `${modelName} (branch ${branchPath.join(' › ')})`;

/**
 * Which models of a lane go on, by their scores in pass 1. A model that failed fails the merge by its name, or is left
 * out with a warning (`on_missing: warn`) or without one (`skip`).
 */
export function chooseModels(
  run: RunContext,
  plan: PredictionPlan,
  onMissing: JoinPlan['onMissing'],
  outcomes: BaseOutcomes,
): ChosenModels {
  const { metrics } = run.ports;
  const { variants } = run.input.plan;
  const usable = plan.models.filter((model) => {
    const problem = outcomes.get(model)?.summary.problem ?? null;
    if (problem === null) return true;
    const name = baseName(variants[model]);
    if (onMissing === 'error') throw new EngineError('run.base-failed', { model: name, problem });
    if (onMissing === 'warn') run.warn(`The base model ${name} failed and was left out of the merge: ${problem}`);
    return false;
  });
  const scoreOf = (model: number): number => {
    const outcome = outcomes.get(model);
    const score = plan.metric === null ? outcome?.summary.meanScore : outcome?.means[plan.metric];
    return score ?? NaN;
  };
  const direction = metrics.direction(plan.metric ?? undefined);
  const models = selected(plan, usable, scoreOf, direction, variants);
  if (plan.aggregate === 'separate' || models.length < 2) return { models, weights: null };
  const shares = plan.aggregate === 'weighted_mean' ? foldWeights(models.map(scoreOf), direction) : models.map(() => 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return { models, weights: shares.map((share) => (total > 0 ? share / total : 1 / models.length)) };
}

function selected(
  { select, lane }: PredictionPlan,
  usable: readonly number[],
  scoreOf: (model: number) => number,
  direction: 'lower' | 'higher',
  variants: readonly PlannedVariant[],
): readonly number[] {
  if (select === 'all') return usable;
  if (typeof select === 'object' && 'explicit' in select) {
    const known = usable.map((model) => variants[model].modelName);
    return select.explicit.map((name) => {
      const at = known.indexOf(name);
      if (at < 0) throw new EngineError('run.unknown-base', { name, lane, known });
      return usable[at];
    });
  }
  const sign = direction === 'lower' ? 1 : -1;
  const worst = (model: number) => (Number.isNaN(scoreOf(model)) ? Infinity : sign * scoreOf(model));
  const count = select === 'best' ? 1 : select.topK;
  const best = new Set(usable.toSorted((a, b) => worst(a) - worst(b) || a - b).slice(0, count));
  return usable.filter((model) => best.has(model));
}

/** What one model says of some rows of the dataset. */
type Said = readonly Predicted[];

/**
 * Predictions of the chosen models as features: one row for every row of the dataset, NaN where a model says nothing.
 * Regression: a column a model; classification: a column for each class (its probability, or 1 for the predicted class
 * where the model has none).
 */
export function givenOf(run: RunContext, { models, weights }: ChosenModels, saidOf: (model: number) => Said): Given {
  const { data } = run.input;
  const width = data.classes?.length ?? 1;
  const cols = weights === null ? width * models.length : width;
  const x = new Float64Array(new SharedArrayBuffer(8 * data.rows * cols)).fill(NaN);
  models.forEach((model, at) => {
    const share = weights?.[at] ?? 1;
    const from = weights === null ? at * width : 0;
    for (const { rows, predicted, probabilities } of saidOf(model))
      rows.forEach((row, k) => {
        for (let c = 0; c < width; c++) {
          const value =
            data.classes === null ? predicted[k] : (probabilities?.[k * width + c] ?? (predicted[k] === c ? 1 : 0));
          const place = row * cols + from + c;
          // The first of several that are added up takes the place of "nothing".
          x[place] = weights === null || at === 0 ? share * value : x[place] + share * value;
        }
      });
  });
  // A row that one of them says nothing of has no prediction at all.
  for (let row = 0; row < data.rows; row++) {
    const own = x.subarray(row * cols, (row + 1) * cols);
    if (own.some(Number.isNaN)) own.fill(NaN);
  }
  const key = run.ports.digest('given', [new Int32Array(x.buffer)]);
  return { key, x: { rows: data.rows, cols, data: x } };
}

/** What pass 1 says of the training samples out of fold, and of the test samples by the mean of the fold models. */
export const outOfFold = ({ validation, test }: BaseOutcome): Said =>
  [validation, test].flatMap((part) => (part === null ? [] : [part]));

/**
 * Training samples that a fold trained on and none validated have no out-of-fold prediction. `error` refuses them with
 * the model named; else the meta-model is trained without them.
 */
export function checkCoverage(
  run: RunContext,
  model: number,
  outcome: BaseOutcome,
  onMissing: JoinPlan['onMissing'],
): void {
  const seen = new Set(outcome.folds.flatMap((fold) => (fold === null ? [] : [...fold.rows.train])));
  for (const row of outcome.validation?.rows ?? []) seen.delete(row);
  if (seen.size === 0) return;
  const name = baseName(run.input.plan.variants[model]);
  if (onMissing === 'error') throw new EngineError('run.missing-predictions', { model: name, samples: seen.size });
  if (onMissing === 'warn')
    run.warn(
      `${name} has no out-of-fold prediction for ${seen.size} training samples; the model behind the merge is trained without them.`,
    );
}
