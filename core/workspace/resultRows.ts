import type { PredictionRecord, PredictionRepository } from '#core/workspace/predictionRepository.ts';
import type { RunRepository } from '#core/workspace/runRepository.ts';
import type { VariantRepository } from '#core/workspace/variantRepository.ts';

export type ResultLevel = 'run' | 'variant' | 'model' | 'fold';
/** One flat row: what a table, a CSV line or a JSON object can hold. Rows of one level have the same columns. */
export type ResultRow = Readonly<Record<string, string | number | boolean | null>>;

export interface ResultSources {
  readonly runs: RunRepository;
  readonly variants: VariantRepository;
  readonly predictions: PredictionRepository;
}

/** Everything that is stored about a run's results, at the level asked. Throws `workspace.not-found`. */
export function resultRows(sources: ResultSources, runId: string, level: ResultLevel): ResultRow[] {
  const run = sources.runs.get(runId);
  switch (level) {
    case 'run':
      return [runRow(run)];
    case 'variant':
      return variantRows(sources, runId);
    case 'model':
      return modelRows(sources, runId);
    case 'fold':
      return sources.predictions.list({ runId }).map((p) => ({ ...nameOf(p), ...p.scores }));
  }
}

function runRow({ result, ...run }: ReturnType<RunRepository['get']>): ResultRow {
  return {
    runId: run.id,
    name: run.name,
    status: run.status,
    dataset: run.datasetName,
    datasetHash: run.datasetHash,
    target: run.target,
    metric: run.metric,
    seed: run.seed,
    variants: result?.variants ?? null,
    realFits: result?.realFits ?? null,
    folds: result?.folds ?? null,
    cvStrategy: result?.cvStrategy ?? null,
    bestVariant: result?.cvBest?.variant ?? null,
    bestLabel: result?.cvBest?.label ?? null,
    cvBestScore: result?.cvBestScore ?? null,
    rmsecv: result?.rmsecv ?? null,
    rmsecvMeanOfFolds: result?.rmsecvMeanOfFolds ?? null,
    rmsec: result?.rmsec ?? null,
    finalScore: result?.finalScore ?? null,
    rmsep: result?.rmsep ?? null,
    nTrain: result?.nTrain ?? null,
    nTest: result?.nTest ?? null,
    appVersion: run.appVersion,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    error: run.error?.message ?? null,
  };
}

function variantRows({ variants }: ResultSources, runId: string): ResultRow[] {
  return variants.all(runId).map((v) => ({
    variant: v.variant,
    label: v.label,
    model: v.model,
    params: JSON.stringify(v.params),
    fitGroup: v.fitGroup,
    status: v.status,
    meanScore: v.meanScore,
    scoreSe: v.scoreSe,
    rmsecv: v.rmsecv,
    r2cv: v.r2cv,
    biasCv: v.biasCv,
    n: v.n,
    selected: v.selected,
    problem: v.problem,
  }));
}

/** One row a model of a variant: its cross-validation beside its refit, each with its own n. */
function modelRows({ variants, predictions }: ResultSources, runId: string): ResultRow[] {
  const summaries = new Map(variants.all(runId).map((v) => [v.variant, v]));
  const byModel = new Map<string, PredictionRecord[]>();
  for (const p of predictions.list({ runId })) {
    const key = JSON.stringify([p.variant, p.branchPath, p.modelName]);
    byModel.set(key, [...(byModel.get(key) ?? []), p]);
  }
  return [...byModel.values()].map((sets): ResultRow => {
    const first = sets[0];
    const summary = first && summaries.get(first.variant);
    const final = (partition: string) => sets.find((p) => p.foldId === 'final' && p.partition === partition)?.scores;
    return {
      variant: first?.variant ?? null,
      label: summary?.label ?? null,
      branch: first?.branchName ?? null,
      model: first?.modelName ?? null,
      modelClass: first?.modelClass ?? null,
      cvStrategy: first?.cvStrategy ?? null,
      folds: sets.filter((p) => /^fold_/.test(p.foldId) && p.partition === 'validation').length,
      meanScore: summary?.meanScore ?? null,
      rmsecv: summary?.rmsecv ?? null,
      nCv: summary?.n ?? null,
      selected: summary?.selected ?? false,
      rmsec: final('train')?.rmse ?? null,
      nTrain: final('train')?.n ?? null,
      rmsep: final('test')?.rmse ?? null,
      nTest: final('test')?.n ?? null,
    };
  });
}

const nameOf = (p: PredictionRecord): ResultRow => ({
  variant: p.variant,
  branch: p.branchName,
  model: p.modelName,
  modelClass: p.modelClass,
  fold: p.foldId,
  partition: p.partition,
  refitContext: p.refitContext,
});
