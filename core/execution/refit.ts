import { CancelledError } from '#core/base/cancellation.ts';
import { errorReport } from '#core/base/errors.ts';
import type { RefitSummary } from '#core/contract/runs.ts';
import { computeUnit } from '#core/execution/computeUnit.ts';
import { finiteOrNull } from '#core/execution/foldScores.ts';
import { entryOf } from '#core/execution/groupResults.ts';
import { modelParams, withModelParams } from '#core/execution/modelParams.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { DoneUnit, FinalModel } from '#core/execution/ports.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';

type Params = Readonly<Record<string, unknown>>;

/** A variant that is trained on all training data, with the parameters that finetuning found (never searched again). */
export interface RefitRequest {
  readonly variant: PlannedVariant;
  readonly entry: GroupFolds;
  readonly tuned: Params | null;
  readonly criterion: string;
}

/** Parameters of the refitted model: the variant's own, the finetuned ones, then `refit_params`. */
export const finalParamsOf = (run: RunContext, { variant, tuned }: Pick<RefitRequest, 'variant' | 'tuned'>): Params =>
  modelParams(run.ports.lookup, variant.model, tuned ?? variant.params, variant.refitOverrides);

/**
 * Pass 2, the simple refit: the variant's steps once more, with one fold that trains on everything and validates on
 * nothing, through the same executor. A failure leaves the results of pass 1 as they are and is told, not thrown.
 */
export async function refit(
  run: RunContext,
  request: RefitRequest,
  place = { index: 1, of: 1 },
): Promise<RefitSummary> {
  const { input, ports } = run;
  const { data } = input;
  const { variant, entry, criterion } = request;
  const nTrain = data.train.length;
  const summary = { variant: variant.index, label: variant.label, criterion };
  const nothing = { rmsec: null, rmsep: null, finalScore: null, train: null, test: null };
  run.emit({ type: 'refit.started', label: variant.label, nTrain, ...place });
  try {
    const params = finalParamsOf(run, request);
    run.emit({ type: 'refit.step', step: 'preprocessing', index: 1, of: 3 });
    const { result, keys } = await computeUnit(run, {
      steps: withModelParams(entry.group.steps, params),
      splitterIndex: entry.group.splitterIndex,
      fold: { train: Int32Array.from({ length: nTrain }, (_, k) => k), validation: new Int32Array(0) },
      pathParam: null,
      pathValues: null,
      keepChains: true,
    });
    result.notices.forEach((notice) => {
      run.warn(notice);
    });
    run.meter.fitted(variant.model, result.milliseconds);
    const [predictions] = result.predictions;
    const chain = result.chains?.[0] ?? null;
    if (predictions === null || predictions === undefined || chain === null || result.modelInput === null)
      throw new Error('The training data do not have the rank that this many components need.');
    run.emit({ type: 'refit.step', step: 'model', index: 2, of: 3 });

    run.emit({ type: 'refit.step', step: 'evaluation', index: 3, of: 3 });
    const entries = (['train', 'test'] as const)
      .filter((partition) => result.rows[partition].length > 0)
      .map((partition) =>
        entryOf(run, variant, 'final', partition, params, { rows: result.rows[partition], ...predictions[partition] }),
      );
    const done = keys.map((key): DoneUnit => ({
      key,
      variant: variant.index,
      fold: 'final',
      possible: true,
      milliseconds: result.milliseconds,
      notices: result.notices,
    }));
    // The model first: a unit counts as done only when everything of it is there.
    await ports.store.final({ variant: variant.index, model: variant.modelName, chain, modelInput: result.modelInput });
    ports.store.predictions(() => entries, { strategy: entry.strategy, folds: entry.folds.length }, done);
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
      nTest: data.test.length,
    });
    return { ...summary, params: { ...params }, ...scores, problem: null };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const { message } = errorReport(error);
    run.emit({ type: 'refit.failed', message });
    return { ...summary, params: { ...variant.params }, ...nothing, problem: message };
  }
}

/**
 * The fold models of a variant, kept as the model: with `refit: false`, with `keepFoldArtifacts`, and when the refit
 * failed. They predict as a fold ensemble.
 */
export async function keepFoldModels(run: RunContext, request: RefitRequest): Promise<number> {
  const { ports, input } = run;
  const { variant, entry } = request;
  const params = request.tuned ?? variant.params;
  const models: FinalModel[] = [];
  for (const fold of entry.folds) {
    const { result } = await computeUnit(run, {
      steps: withModelParams(entry.group.steps, params),
      splitterIndex: entry.group.splitterIndex,
      fold,
      pathParam: null,
      pathValues: null,
      keepChains: true,
    });
    const chain = result.chains?.[0] ?? null;
    if (chain !== null && result.modelInput !== null)
      models.push({ variant: variant.index, model: variant.modelName, chain, modelInput: result.modelInput });
  }
  await ports.store.ensemble(models);
  if (input.data.test.length === 0 && models.length > 0)
    run.warn('There is no test set, so the fold models have no independent check; quote the cross-validated scores.');
  return models.length;
}
