import { z } from 'zod';
import { BaseModel } from '#core/contract/baseModel.ts';
import { DatasetId } from '#core/contract/datasets.ts';
import { PipelineText } from '#core/contract/pipelines.ts';

/** UTC time and a random suffix, the name of the run's folder: `20261122T031500.123Z-7f3a`. */
export const RunId = z.string().regex(/^\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{4}$/);
export const RunStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled', 'interrupted']);
export type RunStatus = z.infer<typeof RunStatus>;
export const Phase = z.enum(['check', 'cv', 'select', 'refit', 'report']);
export type Phase = z.infer<typeof Phase>;
export const Task = z.enum(['regression', 'classification']);
export type Task = z.infer<typeof Task>;

/** What one cache layer did in a run. */
export const CacheLayer = z.strictObject({
  hits: z.int(),
  misses: z.int(),
  /** Held now, in bytes. */
  bytes: z.number(),
  /** Measured time of the work that hits made unnecessary. */
  secondsSaved: z.number(),
  /** Entries given up to stay under the byte limit. */
  evictions: z.int(),
});
export type CacheLayer = z.infer<typeof CacheLayer>;

/** The five cache layers of a run; null where the run was told to compute everything afresh. */
export const CacheReport = z.strictObject({
  /** Fitted transforms found by operator chain and data. */
  checkBeforeFit: CacheLayer,
  /** Transforms that are fitted on training and test spectra together. */
  fitOnAll: CacheLayer,
  /** Transforms whose result depends on the parameters and the single spectrum alone. */
  stateless: CacheLayer,
  /** Spectra as they are after a step. */
  stepCache: CacheLayer,
  /** Fits that an earlier run of the workspace has done on the same data. */
  crossRun: CacheLayer,
});
export type CacheReport = z.infer<typeof CacheReport>;

export const RunStart = z.strictObject({
  datasetId: DatasetId,
  name: z.string().max(200),
  pipeline: PipelineText,
  /** Null: the dataset's first target. */
  target: z.string().nullable(),
  /** Null: the document's own, or 0. */
  seed: z.int().min(0).nullable().default(null),
  /** Labels of the split that are training or test data; null: train/test, or everything where there is no split. */
  trainSplit: z.array(z.string()).nullable(),
  testSplit: z.array(z.string()).nullable(),
  /** False: everything is computed afresh. The results are the same. */
  cache: z.boolean().default(true),
  /** Contents of the files with folds that the document names in `split`, by the name in the document. */
  foldFiles: z.record(z.string().max(1000), z.string().max(20_000_000)).default({}),
});
export type RunStart = z.infer<typeof RunStart>;

/** Figures of merit of one set of predictions. Null where it cannot be computed (one sample, constant y). */
export const Scores = z.strictObject({
  n: z.int(),
  rmse: z.number().nullable(),
  mae: z.number().nullable(),
  r2: z.number().nullable(),
  bias: z.number().nullable(),
  sep: z.number().nullable(),
  rpd: z.number().nullable(),
  rpiq: z.number().nullable(),
  slope: z.number().nullable(),
  intercept: z.number().nullable(),
  // Of classifiers; null in regression, as the figures above are null in classification.
  accuracy: z.number().nullable().default(null),
  balancedAccuracy: z.number().nullable().default(null),
  precisionMacro: z.number().nullable().default(null),
  recallMacro: z.number().nullable().default(null),
  f1Macro: z.number().nullable().default(null),
  f1Weighted: z.number().nullable().default(null),
  mcc: z.number().nullable().default(null),
  kappa: z.number().nullable().default(null),
  logLoss: z.number().nullable().default(null),
  rocAuc: z.number().nullable().default(null),
  ece: z.number().nullable().default(null),
  brier: z.number().nullable().default(null),
});
export type Scores = z.infer<typeof Scores>;

/** A variant as results name it. */
export const VariantSummary = z.strictObject({
  variant: z.int(),
  /** A model whose predictions are features of others: it has scores, and is not chosen by itself. */
  base: z.boolean().default(false),
  /** Names of the lanes that hold the model, from the outside. */
  branchPath: z.array(z.string()).default([]),
  /** As results call it; empty in results of earlier versions, where it is `model`. */
  modelName: z.string().default(''),
  /** The generator's choices in words: "SNV · n_components 7". */
  label: z.string(),
  /** Every step in words, in order. */
  steps: z.array(z.string()),
  model: z.string(),
  params: z.record(z.string(), z.unknown()),
  choices: z.array(z.strictObject({ name: z.string(), value: z.unknown() })),
  /** Variants of one fit group differ only in the component count and came from the same fits. */
  fitGroup: z.int(),
  status: z.enum(['waiting', 'completed', 'failed']),
  /** Why it failed, in a sentence. */
  problem: z.string().nullable(),
  /** Mean of the fold scores under the run's metric: what selection compares. */
  meanScore: z.number().nullable(),
  /** Standard error of that mean over the folds. */
  scoreSe: z.number().nullable(),
  /** Pooled: √(PRESS/N) over all out-of-fold predictions, a sample predicted several times counting with its mean. */
  rmsecv: z.number().nullable(),
  r2cv: z.number().nullable(),
  biasCv: z.number().nullable(),
  /** Samples behind the pooled figures. */
  n: z.int().nullable(),
  /** Every figure of the pooled out-of-fold predictions; null until all folds are done. */
  cv: Scores.nullable().default(null),
  /** Model parameters that finetuning found; null without finetuning. Of the best fold where each fold has its own. */
  tuned: z.record(z.string(), z.unknown()).nullable().default(null),
  selected: z.boolean(),
});
export type VariantSummary = z.infer<typeof VariantSummary>;

export const CvBest = z.strictObject({
  variant: z.int(),
  label: z.string(),
  params: z.record(z.string(), z.unknown()),
  score: z.number(),
});
export type CvBest = z.infer<typeof CvBest>;

/** A variant that was trained again on all training data. */
export const RefitSummary = z.strictObject({
  variant: z.int(),
  label: z.string(),
  params: z.record(z.string(), z.unknown()),
  /** Which criterion chose it, in words. */
  criterion: z.string(),
  rmsec: z.number().nullable(),
  rmsep: z.number().nullable(),
  /** On the test partition, under the run's metric. */
  finalScore: z.number().nullable(),
  train: Scores.nullable(),
  test: Scores.nullable(),
  /** Why it failed; null when it did not. */
  problem: z.string().nullable(),
});
export type RefitSummary = z.infer<typeof RefitSummary>;

/** What a finished run says of itself; also what `refract run --json` prints. */
export const RunResult = z.strictObject({
  runId: RunId,
  status: RunStatus,
  variants: z.int(),
  realFits: z.int(),
  folds: z.int(),
  metric: z.string(),
  ranking: z.enum(['mean_val', 'rmsecv']),
  cvBest: CvBest.nullable(),
  /** Mean validation score of the winner under the run's metric. */
  cvBestScore: z.number().nullable(),
  /** Pooled, of the winner. */
  rmsecv: z.number().nullable(),
  /** Mean of the winner's fold RMSEs. */
  rmsecvMeanOfFolds: z.number().nullable(),
  /** Pooled RMSECV in component order for the winner's fit group; null where no component sweep ran. */
  rmsecvByComponents: z.array(z.number().nullable()).nullable(),
  components: z.array(z.number()).nullable(),
  /** The simplest variant within one standard error of the winner, beside the minimum. */
  oneStandardError: CvBest.nullable(),
  finalScore: z.number().nullable(),
  rmsec: z.number().nullable(),
  rmsep: z.number().nullable(),
  task: Task.default('regression'),
  /** Names of the classes, in the order of their codes; null in regression. */
  classes: z.array(z.string()).nullable().default(null),
  /** Best score, or the simplest within one standard error of it. */
  rule: z.enum(['best', 'one_standard_error']).default('best'),
  /** Every refitted variant, the deployed one first. Empty with `refit: false`. */
  refits: z.array(RefitSummary).default([]),
  /** Base models of the deployed variant, innermost first; empty without stacking and separation. */
  baseModels: z.array(BaseModel).default([]),
  /** With `refit: false` the fold models are the model: how many there are, else 0. */
  foldEnsemble: z.int().default(0),
  /** All figures of the winner: pooled out of fold, and of the final model on training and test data. */
  cv: Scores.nullable().default(null),
  train: Scores.nullable().default(null),
  test: Scores.nullable().default(null),
  /** Parameters of the final model: finetuned ones and `refit_params` put in. */
  finalParams: z.record(z.string(), z.unknown()).nullable().default(null),
  cache: CacheReport.nullable().default(null),
  nTrain: z.int(),
  nTest: z.int(),
  /** Samples behind the pooled RMSECV: fewer than nTrain where a splitter leaves some out. */
  nCv: z.int().nullable(),
  cvStrategy: z.string().nullable(),
  target: z.string(),
  targetUnit: z.string().nullable(),
  warnings: z.array(z.string()),
  timings: z.record(z.string(), z.number()),
});
export type RunResult = z.infer<typeof RunResult>;

export const RunSummary = z.strictObject({
  id: RunId,
  name: z.string(),
  datasetId: DatasetId,
  datasetName: z.string(),
  target: z.string(),
  status: RunStatus,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Null until the run has ended. */
  result: RunResult.nullable(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  pipeline: PipelineText,
  seed: z.int(),
  /** The split labels of the request, for running it again as it was. */
  trainSplit: z.array(z.string()).nullable(),
  testSplit: z.array(z.string()).nullable(),
  /** Content hash of the dataset and version of the application that computed the run. */
  datasetHash: z.string(),
  appVersion: z.string(),
  /** False for a run that computed everything afresh. */
  cached: z.boolean().default(true),
  fraction: z.number(),
});
export type RunSummary = z.infer<typeof RunSummary>;
