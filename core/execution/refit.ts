import { CancelledError } from '#core/base/cancellation.ts';
import { errorReport } from '#core/base/errors.ts';
import type { BaseModel } from '#core/contract/baseModel.ts';
import type { RefitSummary } from '#core/contract/runTypes.ts';
import type { CrossValidation } from '#core/execution/crossValidation.ts';
import { baseModelsOf } from '#core/execution/baseModels.ts';
import { teachersOf } from '#core/execution/basesOf.ts';
import { finalFits, type FinalFit } from '#core/execution/finalFits.ts';
import { finiteOrNull } from '#core/execution/foldScores.ts';
import { baseName } from '#core/execution/givenPredictions.ts';
import { isStorageFailure } from '#core/execution/isStorageFailure.ts';
import { entryOf } from '#core/execution/groupResults.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { DoneUnit, FinalModel, StoredPredictions } from '#core/execution/ports.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import { takeValues } from '#core/numerics/matrix.ts';

/** A variant that is trained again on all training data, and which criterion asked for it. */
export interface RefitRequest {
  readonly variant: PlannedVariant;
  readonly entry: GroupFolds;
  readonly criterion: string;
}

export interface RefitOutcome {
  readonly refit: RefitSummary;
  /** What it learns from, with scores and contributions. */
  readonly baseModels: readonly BaseModel[];
}

/** Pass 1 as the refits need it. */
export interface Pass1 {
  readonly groups: readonly GroupFolds[];
  readonly cv: CrossValidation;
  /** Base models that were trained for use: those of one refitted variant serve the next. */
  readonly trained: Map<string, Promise<FinalFit>>;
}

/**
 * Pass 2: the variant's steps once more, with one fold that trains on everything and validates on nothing, through the
 * same executor; base models before the meta-model. A failure leaves the results of pass 1 as they are and is told, not
 * thrown.
 */
export async function refit(
  run: RunContext,
  request: RefitRequest,
  pass1: Pass1,
  place = { index: 1, of: 1 },
): Promise<RefitOutcome> {
  const { input, ports } = run;
  const { variant, criterion } = request;
  const nTrain = input.data.train.length;
  const summary = { variant: variant.index, label: variant.label, criterion };
  const nothing = { rmsec: null, rmsep: null, finalScore: null, train: null, test: null };
  run.emit({ type: 'refit.started', label: variant.label, nTrain, ...place });
  let begun = 0;
  let steps = 3;
  const begin = (base: PlannedVariant): void => {
    run.emit({ type: 'refit.step', step: `base model ${baseName(base)}`, index: ++begun, of: steps });
  };
  try {
    const done = async (fit: FinalFit): Promise<void> => {
      await stored(run, fit);
      tellPerfectFit(run, fit, pass1.cv);
    };
    const fits = finalFits(run, pass1.groups, pass1.cv, begin, done, pass1.trained);
    const bases = fits.needs(variant.index).filter(({ steps: led }) => led.at(-1)?.role !== 'route');
    steps = bases.length + (bases.length === 0 ? 3 : 2);
    if (bases.length === 0) run.emit({ type: 'refit.step', step: 'preprocessing', index: 1, of: steps });
    const fit = await fits.final(variant.index);
    const { result } = fit;
    run.meter.fitted(variant.model, result.milliseconds);
    const model =
      bases.length === 0 ? 'model' : variant.steps.at(-1)?.role === 'route' ? 'models of the groups' : 'meta-model';
    run.emit({ type: 'refit.step', step: model, index: steps - 1, of: steps });
    run.emit({ type: 'refit.step', step: 'evaluation', index: steps, of: steps });
    const entries = await stored(run, fit);
    const train = entries.find(({ partition }) => partition === 'train');
    const test = entries.find(({ partition }) => partition === 'test');
    const scores = {
      rmsec: train?.scores.rmse ?? null,
      rmsep: test?.scores.rmse ?? null,
      train: train?.scores ?? null,
      test: test?.scores ?? null,
      finalScore: test === undefined ? null : finiteOrNull(ports.metrics.score(test)),
    };
    run.emit({
      type: 'refit.completed',
      rmsec: scores.rmsec,
      rmsep: scores.rmsep,
      nTrain: result.rows.train.length,
      nTest: result.rows.test.length,
    });
    const baseModels = baseModelsOf(run, fit, await fits.trained(), pass1.cv);
    return { refit: { ...summary, params: { ...fit.params }, ...scores, problem: null }, baseModels };
  } catch (error) {
    if (error instanceof CancelledError || isStorageFailure(error)) throw error;
    const { message } = errorReport(error);
    run.emit({ type: 'refit.failed', message });
    return { refit: { ...summary, params: { ...variant.params }, ...nothing, problem: message }, baseModels: [] };
  }
}

/** Stores a trained model and what it says of training and test samples. */
export async function stored(run: RunContext, fit: FinalFit): Promise<StoredPredictions[]> {
  const { variant, entry, params, result, predictions, keys, stacked } = fit;
  result.notices.forEach((notice) => {
    run.warn(notice);
  });
  const entries = (['train', 'test'] as const)
    .filter((partition) => result.rows[partition].length > 0)
    .map((partition) => ({
      ...entryOf(run, variant, 'final', partition, params, { rows: result.rows[partition], ...predictions[partition] }),
      stacked,
    }));
  const done = keys.map((key): DoneUnit => ({
    key,
    variant: variant.index,
    fold: 'final',
    possible: true,
    milliseconds: result.milliseconds,
    notices: result.notices,
  }));
  // The model first: a unit counts as done only when everything of it is there.
  await run.ports.store.final(finalModelOf(fit));
  run.ports.store.predictions(() => entries, { strategy: entry.strategy, folds: entry.folds.length }, done);
  return entries;
}

const finalModelOf = ({ variant, chain, modelInput, stacked }: FinalFit): FinalModel => ({
  variant: variant.index,
  model: variant.modelName,
  stacked,
  chain,
  modelInput,
});

/** A base model that fits its training data almost exactly teaches a meta-model to trust it too much. */
function tellPerfectFit(run: RunContext, { variant, result, predictions }: FinalFit, { bases }: CrossValidation): void {
  const { plan, data } = run.input;
  if (plan.metaTraining === 'oof' || plan.task !== 'regression') return;
  if (!plan.groups.some(({ steps }) => teachersOf(steps).includes(variant.index))) return;
  const { rows } = result;
  const r2 = run.ports.metrics.summary({ measured: takeValues(data.y, rows.train), ...predictions.train }).r2;
  const r2cv = bases.get(variant.index)?.summary.r2cv ?? null;
  if (r2 === null || r2cv === null || r2 <= PERFECT_R2 || r2 - r2cv < CLEARLY_LOWER) return;
  run.warn(
    `The meta-model was trained on in-sample predictions, and ${baseName(variant)} fits its training data almost exactly (R² ${r2.toFixed(3)}, cross-validated ${r2cv.toFixed(3)}), so the meta-model trusts it too much. Set refit: {stackingMetaTraining: oof}.`,
  );
}

const PERFECT_R2 = 0.99;
const CLEARLY_LOWER = 0.02;

/**
 * The fold models of a variant, kept as the model: with `refit: false`, with `keepFoldArtifacts`, and when the refit
 * failed. They predict as a fold ensemble. Those of a failed refit go when it succeeds later.
 */
export async function keepFoldModels(run: RunContext, { variant, entry }: RefitRequest, pass1: Pass1): Promise<number> {
  const { ports, input } = run;
  const fits = finalFits(
    run,
    pass1.groups,
    pass1.cv,
    () => undefined,
    () => Promise.resolve(),
  );
  const models: FinalModel[] = [];
  try {
    for (const fold of entry.folds.keys()) models.push(finalModelOf(await fits.ofFold(variant.index, fold)));
  } catch (error) {
    if (error instanceof CancelledError || isStorageFailure(error)) throw error;
    // The results of cross-validation are worth more than a run that fails with them.
    run.warn(`The fold models could not be kept: ${errorReport(error).message}`);
    return 0;
  }
  await ports.store.ensemble(models, input.plan.refit && !input.plan.keepFoldArtifacts ? 'refit' : 'removal');
  if (input.data.test.length === 0 && models.length > 0)
    run.warn('There is no test set, so the fold models have no independent check; quote the cross-validated scores.');
  return models.length;
}
