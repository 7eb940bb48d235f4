import type { BaseModel } from '#core/contract/baseModel.ts';
import type { FittedMember } from '#core/data/fittedChain.ts';
import { predictChainFully, type Predicted } from '#core/data/predictChain.ts';
import type { CrossValidation } from '#core/execution/crossValidation.ts';
import type { FinalFit } from '#core/execution/finalFits.ts';
import { metadataOf } from '#core/execution/fitScene.ts';
import { finiteOrNull } from '#core/execution/foldScores.ts';
import { operatorById } from '#core/execution/lookup.ts';
import type { Judged, RunContext } from '#core/execution/runContext.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';

/** Samples that contributions are computed on, at most. */
const MOST_SAMPLES = 2000;

/** The models that a final model learns from, directly or through others, with their own scores and contributions. */
export function baseModelsOf(
  run: RunContext,
  final: FinalFit,
  trained: readonly FinalFit[],
  cv: CrossValidation,
): BaseModel[] {
  const byVariant = new Map(trained.map((fit) => [fit.variant.index, fit]));
  const of = (fit: FinalFit, usedBy: number | null): BaseModel[] => {
    const shares = contributionsOf(run, fit);
    const weights = weightsOf(run, fit);
    return fit.learnsFrom.flatMap(({ variant: index }, at) => {
      const base = byVariant.get(index);
      if (base === undefined) return [];
      const { variant } = base;
      const outcome = cv.bases.get(index)?.summary;
      const test = testOf(run, base);
      const own: BaseModel = {
        variant: index,
        name: variant.modelName,
        model: variant.model,
        branchPath: [...variant.branchPath],
        params: { ...base.params },
        usedBy,
        meanScore: outcome?.meanScore ?? null,
        rmsecv: outcome?.rmsecv ?? null,
        finalScore: test === null ? null : finiteOrNull(run.ports.metrics.score(test)),
        rmsep: test === null ? null : run.ports.metrics.summary(test).rmse,
        weight: weights?.[at] ?? null,
        contribution: shares?.[at] ?? null,
      };
      return [...of(base, index), own];
    });
  };
  return of(final, null);
}

function testOf(run: RunContext, { result, predictions }: FinalFit): Judged | null {
  const rows = result.rows.test;
  return rows.length === 0 ? null : { measured: takeValues(run.input.data.y, rows), ...predictions.test };
}

/** How much what the model says changes without each of its members, as shares of the sum. */
function contributionsOf(run: RunContext, fit: FinalFit): (number | null)[] | null {
  const { data } = run.input;
  const members = fit.learnsFrom.flatMap(({ member }) => member ?? []);
  if (members.length === 0 || members.length < fit.learnsFrom.length) return null;
  const step = Math.ceil(fit.result.rows.train.length / MOST_SAMPLES);
  const rows = fit.result.rows.train.filter((_, k) => k % step === 0);
  const x: Matrix = takeRows({ rows: data.rows, cols: data.cols, data: data.x }, rows);
  const facts = { metadata: metadataOf(data, {}, rows) };
  const lookup = operatorById(run.ports.lookup);
  const says = (without: FittedMember | null): Predicted => predictChainFully(fit.chain, x, lookup, facts, without);
  const whole = says(null);
  const changes = members.map((member) => difference(whole, says(member)));
  const total = changes.reduce((sum, change) => sum + change, 0);
  return changes.map((change) => (total > 0 ? change / total : null));
}

/** Mean squared difference: of predictions, of probabilities where there are any, else the share of other classes. */
function difference(a: Predicted, b: Predicted): number {
  const [one, other] =
    a.probabilities !== null && b.probabilities !== null
      ? [a.probabilities.data, b.probabilities.data]
      : [a.predicted, b.predicted];
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += ((one[i] ?? NaN) - (other[i] ?? NaN)) ** 2;
  return sum / Math.max(1, one.length);
}

/**
 * Coefficients of the members' predictions where the model is linear in them: regression, with nothing between the join
 * and the model.
 */
function weightsOf(run: RunContext, { chain, variant, learnsFrom }: FinalFit): (number | null)[] | null {
  const [model, join] = [chain.steps.at(-1), chain.steps.at(-2)];
  if (chain.target.classes !== null || model?.role !== 'model' || join?.role !== 'join') return null;
  const linear = run.ports.lookup.model(variant.model).linear?.(model.state, { ...model.params });
  if (linear === null || linear === undefined) return null;
  const parts = join.parts.filter((part) => part.kind === 'predictions');
  const columns = parts.reduce((sum, part) => sum + (part.weights === null ? part.members.length : 1), 0);
  const byMember = new Map<FittedMember, number>();
  let at = linear.coef.length - columns; // spectra come first
  for (const part of parts) {
    part.members.forEach((member, k) => {
      const coefficient = linear.coef[part.weights === null ? at + k : at] ?? NaN;
      byMember.set(member, coefficient * (part.weights?.[k] ?? 1));
    });
    at += part.weights === null ? part.members.length : 1;
  }
  return learnsFrom.map(({ member }) => (member === null ? null : (byMember.get(member) ?? null)));
}
