import { z } from 'zod';
import { call, Doubles, Nothing, stream } from '#core/contract/call.ts';
import { DatasetId } from '#core/contract/datasets.ts';
import { PipelineText } from '#core/contract/pipelines.ts';

/** UTC time and a random suffix, the name of the run's folder: `20261122T031500.123Z-7f3a`. */
export const RunId = z.string().regex(/^\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{4}$/);
export const RunStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled', 'interrupted']);
export type RunStatus = z.infer<typeof RunStatus>;
export const Phase = z.enum(['check', 'cv', 'select', 'refit', 'report']);
export type Phase = z.infer<typeof Phase>;

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
});
export type Scores = z.infer<typeof Scores>;

/** A variant as results name it. */
export const VariantSummary = z.strictObject({
  variant: z.int(),
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
  fraction: z.number(),
});
export type RunSummary = z.infer<typeof RunSummary>;

const base = {
  runId: RunId,
  /** 1, 2, 3 … without gaps within a run. */
  seq: z.int(),
  phase: Phase,
  /** Of the whole run, weighted by predicted cost; never decreases. */
  fraction: z.number().min(0).max(1),
  elapsedMs: z.number(),
  /** Seconds left, as a range; null until enough fits were timed. */
  eta: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
};
const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ ...base, type: z.literal(type), ...shape });

/** Typed, ordered, and enough to draw the whole run screen. */
export const RunEvent = z.discriminatedUnion('type', [
  event('run.started', {
    name: z.string(),
    datasetName: z.string(),
    target: z.string(),
    targetUnit: z.string().nullable(),
    metric: z.string(),
    nTrain: z.int(),
    nTest: z.int(),
    variants: z.int(),
  }),
  /** The check phase is over: what will be computed is known. One row of the run screen is one fit group. */
  event('check.completed', {
    folds: z.int(),
    realFits: z.int(),
    cvStrategy: z.string().nullable(),
    groups: z.array(
      z.strictObject({
        group: z.int(),
        label: z.string(),
        model: z.string(),
        /** The swept path parameter (n_components) and its values, or null. */
        pathParam: z.string().nullable(),
        pathValues: z.array(z.number()),
        variants: z.array(z.int()),
      }),
    ),
    warnings: z.array(z.string()),
  }),
  event('variant.started', { group: z.int() }),
  event('fold.completed', {
    group: z.int(),
    fold: z.int(),
    milliseconds: z.number(),
    n: z.int(),
    /** Per path value (one entry without a sweep): score under the metric, and squared error sum of this fold. */
    scores: z.array(z.number().nullable()),
    press: z.array(z.number().nullable()),
    /** Squared error sum on the fold's training part, and its size. */
    trainPress: z.array(z.number().nullable()),
    nTrain: z.int(),
    /** Out-of-fold predictions of the best path value so far, for the live plot (at most 500 points). */
    measured: Doubles,
    predicted: Doubles,
  }),
  event('fold.failed', { group: z.int(), fold: z.int(), message: z.string() }),
  event('variant.completed', { group: z.int(), best: VariantSummary.nullable() }),
  event('selection.completed', {
    rule: z.string(),
    winner: VariantSummary,
    oneStandardError: CvBest.nullable(),
    top: z.array(VariantSummary),
  }),
  event('refit.started', { label: z.string(), nTrain: z.int() }),
  event('refit.step', { step: z.string(), index: z.int(), of: z.int() }),
  event('refit.progress', { message: z.string() }),
  event('refit.completed', {
    rmsec: z.number().nullable(),
    rmsep: z.number().nullable(),
    nTrain: z.int(),
    nTest: z.int(),
  }),
  event('refit.failed', { message: z.string() }),
  event('run.completed', { result: RunResult }),
  event('run.failed', { message: z.string(), code: z.string() }),
  event('run.cancelled', { finishedFolds: z.int(), ofFolds: z.int() }),
  event('run.resumed', { finishedFolds: z.int() }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

const One = z.strictObject({ runId: RunId });

/** Everything the window may ask about runs. */
export const runs = {
  'runs.start': call({ in: RunStart, out: One }),
  /** Answers as soon as the request is noted; the run ends with `run.cancelled`. */
  'runs.cancel': call({ in: One, out: Nothing }),
  'runs.list': call({ in: Nothing, out: z.array(RunSummary) }),
  'runs.get': call({ in: One, out: RunSummary }),
  /** Everything that happened so far, for a screen that opens in the middle of a run. */
  'runs.history': call({ in: One, out: z.array(RunEvent) }),
  'runs.remove': call({ in: One, out: Nothing }),
  'runs.events': stream({ out: RunEvent }),
};
