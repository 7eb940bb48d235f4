import { addTo } from '#core/base/addTo.ts';
import type { Scores, Task, VariantSummary } from '#core/contract/runTypes.ts';
import { scoreFigures } from '#core/contract/scoreFigures.ts';
import type { PredictionRecord, PredictionRepository } from '#core/workspace/predictionRepository.ts';
import type { RunRepository } from '#core/workspace/runRepository.ts';
import type { TrialRepository } from '#core/workspace/trialRepository.ts';
import type { VariantRepository } from '#core/workspace/variantRepository.ts';

export type ResultLevel = 'run' | 'variant' | 'model' | 'fold' | 'trial';
/** One flat row: what a table, a CSV line or a JSON object can hold. Rows of one level have the same columns. */
export type ResultRow = Readonly<Record<string, string | number | boolean | null>>;

export interface ResultSources {
  readonly runs: RunRepository;
  readonly variants: VariantRepository;
  readonly predictions: PredictionRepository;
  readonly trials: TrialRepository;
}

/**
 * Everything that is stored about a run's results, at the level asked. Only the figures of the run's task are columns.
 * `top` keeps the variants that the selection ranked highest, best first; everything else about them stays in order.
 * Throws `workspace.not-found`.
 */
export function resultRows(sources: ResultSources, runId: string, level: ResultLevel, top?: number): ResultRow[] {
  if (top === undefined || level === 'run' || level === 'trial') return rowsOf(sources, runId, level, null);
  const best = sources.variants.page(runId, { sortBy: 'rank', filter: '', offset: 0, limit: top }).rows;
  const ofVariant = new Map<ResultRow[string] | undefined, ResultRow[]>();
  for (const row of rowsOf(sources, runId, level, best)) addTo(ofVariant, row['variant'], row);
  return best.flatMap(({ variant }) => ofVariant.get(variant) ?? []);
}

/** `only`: these variants; all of the run when null. */
function rowsOf(
  sources: ResultSources,
  runId: string,
  level: ResultLevel,
  only: readonly VariantSummary[] | null,
): ResultRow[] {
  const variants = (): readonly VariantSummary[] => only ?? sources.variants.all(runId);
  const predictions = (): PredictionRecord[] =>
    sources.predictions.list({ runId, ...(only === null ? {} : { variant: only.map(({ variant }) => variant) }) });
  const run = sources.runs.get(runId);
  const task = run.result?.task ?? 'regression';
  switch (level) {
    case 'run':
      return [runRow(run, task)];
    case 'variant':
      return variantRows(variants(), task, new Set(run.result?.refits.map(({ variant }) => variant)));
    case 'model':
      return modelRows(variants(), predictions(), task);
    case 'fold': {
      const choices = new Map(variants().map((v) => [v.variant, JSON.stringify(v.choices)]));
      return predictions()
        .toSorted(inTableOrder)
        .map((p) => ({
          ...nameOf(p),
          ...figuresOf(p.scores, task),
          cvStrategy: p.cvStrategy,
          cvFolds: p.cvFolds,
          generatorChoices: choices.get(p.variant) ?? null,
          bestParams: JSON.stringify(p.bestParams),
        }));
    }
    case 'trial':
      return trialRows(sources, runId);
  }
}

const figuresOf = (scores: Scores | null | undefined, task: Task): ResultRow =>
  Object.fromEntries([
    ['n', scores?.n ?? null],
    ...scoreFigures[task].map((figure) => [figure, scores?.[figure] ?? null] as const),
  ]);

function runRow({ result, ...run }: ReturnType<RunRepository['get']>, task: Task): ResultRow {
  const scores: ResultRow =
    task === 'regression'
      ? {
          rmsecv: result?.rmsecv ?? null,
          rmsecvMeanOfFolds: result?.rmsecvMeanOfFolds ?? null,
          rmsec: result?.rmsec ?? null,
          finalScore: result?.finalScore ?? null,
          rmsep: result?.rmsep ?? null,
        }
      : {
          balancedAccuracyCv: result?.cv?.balancedAccuracy ?? null,
          accuracyCv: result?.cv?.accuracy ?? null,
          balancedAccuracyTrain: result?.train?.balancedAccuracy ?? null,
          finalScore: result?.finalScore ?? null,
          balancedAccuracyTest: result?.test?.balancedAccuracy ?? null,
          accuracyTest: result?.test?.accuracy ?? null,
        };
  return {
    runId: run.id,
    name: run.name,
    status: run.status,
    dataset: run.datasetName,
    datasetHash: run.datasetHash,
    target: run.target,
    task,
    metric: run.metric,
    seed: run.seed,
    variants: result?.variants ?? null,
    realFits: result?.realFits ?? null,
    folds: result?.folds ?? null,
    cvStrategy: result?.cvStrategy ?? null,
    bestVariant: result?.cvBest?.variant ?? null,
    bestLabel: result?.cvBest?.label ?? null,
    cvBestScore: result?.cvBestScore ?? null,
    ...scores,
    oneSeVariant: result?.oneStandardError?.variant ?? null,
    refits: result?.refits.length ?? null,
    foldEnsemble: result?.foldEnsemble ?? null,
    nTrain: result?.nTrain ?? null,
    nTest: result?.nTest ?? null,
    appVersion: run.appVersion,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    error: run.error?.message ?? null,
  };
}

function variantRows(variants: readonly VariantSummary[], task: Task, refitted: ReadonlySet<number>): ResultRow[] {
  const competing = variants.filter(({ base }) => !base);
  return competing.map((v) => ({
    variant: v.variant,
    label: v.label,
    branch: branchOf(v.branchPath),
    model: v.model,
    choices: JSON.stringify(v.choices),
    params: JSON.stringify(v.params),
    tuned: v.tuned === null ? null : JSON.stringify(v.tuned),
    fitGroup: v.fitGroup,
    status: v.status,
    meanScore: v.meanScore,
    scoreSe: v.scoreSe,
    ...(task === 'regression'
      ? { rmsecv: v.rmsecv, r2cv: v.r2cv, biasCv: v.biasCv, n: v.n }
      : { ...figuresOf(v.cv, task), n: v.n }),
    selected: v.selected,
    refitted: refitted.has(v.variant),
    problem: v.problem,
  }));
}

/** One row a model of a variant: its cross-validation beside its refit, each with its own n. */
function modelRows(
  variants: readonly VariantSummary[],
  predictions: readonly PredictionRecord[],
  task: Task,
): ResultRow[] {
  const summaries = new Map(variants.map((v) => [v.variant, v]));
  const byModel = new Map<string, PredictionRecord[]>();
  for (const p of predictions) {
    const key = JSON.stringify([p.variant, p.branchPath, p.modelName]);
    addTo(byModel, key, p);
  }
  return [...byModel.values()].map((sets): ResultRow => {
    const first = sets[0];
    const summary = first && summaries.get(first.variant);
    const final = (partition: string) => sets.find((p) => p.foldId === 'final' && p.partition === partition)?.scores;
    const [train, test] = [final('train'), final('test')];
    const isRegression = task === 'regression';
    return {
      variant: first?.variant ?? null,
      label: summary?.label ?? null,
      base: summary?.base ?? false,
      branch: first?.branchName ?? null,
      model: first?.modelName ?? null,
      modelClass: first?.modelClass ?? null,
      cvStrategy: first?.cvStrategy ?? null,
      folds: sets.filter((p) => /^fold_/.test(p.foldId) && p.partition === 'validation').length,
      meanScore: summary?.meanScore ?? null,
      ...(isRegression
        ? { rmsecv: summary?.rmsecv ?? null }
        : { balancedAccuracyCv: summary?.cv?.balancedAccuracy ?? null }),
      nCv: summary?.n ?? null,
      selected: summary?.selected ?? false,
      ...(isRegression ? { rmsec: train?.rmse ?? null } : { balancedAccuracyTrain: train?.balancedAccuracy ?? null }),
      nTrain: train?.n ?? null,
      ...(isRegression ? { rmsep: test?.rmse ?? null } : { balancedAccuracyTest: test?.balancedAccuracy ?? null }),
      nTest: test?.n ?? null,
    };
  });
}

const branchOf = (path: readonly string[]): string | null => (path.length === 0 ? null : path.join(' › '));

/** One row a finetuning trial; `fold` is empty where one search serves all folds. */
function trialRows({ trials }: ResultSources, runId: string): ResultRow[] {
  return trials.ofRun(runId).map(({ group, fold, trial, milliseconds }) => ({
    fitGroup: group,
    fold: fold === null ? null : `fold_${fold}`,
    trial: trial.number,
    phase: trial.phase,
    sampler: trial.sampler,
    state: trial.state === 'complete' ? 'completed' : trial.state,
    value: trial.value,
    params: JSON.stringify(trial.point),
    foldScores: JSON.stringify(trial.values),
    milliseconds: Math.round(milliseconds),
  }));
}

/** The averages follow the folds, and the refit follows the averages; all else stays in the order of the store. */
const inTableOrder = (a: PredictionRecord, b: PredictionRecord): number =>
  a.variant - b.variant || compare(a.modelName, b.modelName) || placeOf(a.foldId) - placeOf(b.foldId);
const placeOf = (foldId: string): number => 1 + ['avg', 'w_avg', 'final'].indexOf(foldId);
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const nameOf = (p: PredictionRecord): ResultRow => ({
  variant: p.variant,
  branch: p.branchName,
  model: p.modelName,
  modelClass: p.modelClass,
  fold: p.foldId,
  partition: p.partition,
  refitContext: p.refitContext,
});
