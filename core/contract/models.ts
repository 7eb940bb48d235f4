import { z } from 'zod';
import { JobId } from '#core/contract/app.ts';
import { call, Doubles, FileGrant, LONG_JOB_SECONDS, Nothing } from '#core/contract/call.ts';
import { DatasetId } from '#core/contract/datasets.ts';
import { RunId, Scores, Task } from '#core/contract/runTypes.ts';

/** A deployable model in the workspace: a refitted variant, or the fold models of a run without a refit. */
export const ModelSummary = z.strictObject({
  runId: RunId,
  name: z.string(),
  variant: z.int(),
  /** The variant's choices in words. */
  label: z.string(),
  /** Whether it is the model that the run deploys; a run may have refitted several variants. */
  deployed: z.boolean(),
  content: z.enum(['refit', 'fold-ensemble']),
  /** Chains that predict together: 1 in a refit. */
  members: z.int(),
  task: Task,
  /** Names of the classes; null in regression. */
  classes: z.array(z.string()).nullable(),
  target: z.string(),
  targetUnit: z.string().nullable(),
  steps: z.array(z.string()),
  axis: z.strictObject({ from: z.number(), to: z.number(), count: z.int(), unit: z.enum(['nm', 'cm-1', 'index']) }),
  datasetName: z.string(),
  nTrain: z.int(),
  nTest: z.int(),
  rmsecv: z.number().nullable(),
  rmsec: z.number().nullable(),
  rmsep: z.number().nullable(),
  /** All figures: pooled out of fold, on the training and on the test data; null where there are none. */
  cv: Scores.nullable(),
  train: Scores.nullable(),
  test: Scores.nullable(),
  createdAt: z.string(),
});
export type ModelSummary = z.infer<typeof ModelSummary>;

export const Verification = z.strictObject({
  /** Largest relative difference between the file, loaded back in a fresh session, and the engine. */
  maxRelativeDifference: z.number(),
  /** 1e-9, or more where ONNX has an operator in single precision only. */
  tolerance: z.number(),
  samples: z.int(),
  worstSample: z.string().nullable(),
});
export type Verification = z.infer<typeof Verification>;

export const PredictionTable = z.strictObject({
  modelName: z.string(),
  target: z.string(),
  targetUnit: z.string().nullable(),
  task: Task,
  /** Names of the classes by code; null in regression. */
  classes: z.array(z.string()).nullable(),
  sampleIds: z.array(z.string()),
  /** Values in the target's unit, or class codes (−1: none of the classes). */
  predicted: Doubles,
  /** n × K, row-major; null in regression and for classifiers without probabilities. */
  probabilities: Doubles.nullable(),
  /**
   * Reference values or class codes, where the files have a column of the target's name (NaN where missing, or a class
   * that the model does not know); else null.
   */
  measured: Doubles.nullable(),
  /** Classification: the reference as the file writes it ('' where missing); null where `measured` is. */
  measuredLabels: z.array(z.string()).nullable(),
  scores: Scores.nullable(),
  /** Classification with reference: rows are measured, columns predicted classes; "none" is a last column if it occurs. */
  confusion: z.strictObject({ columns: z.array(z.string()), counts: z.array(z.array(z.int())) }).nullable(),
  /** Lowest and highest reference value of the calibration; outside it a prediction is an extrapolation. */
  range: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  /** How the file's axis was matched, in a sentence. */
  axisNote: z.string(),
  warnings: z.array(z.string()),
  milliseconds: z.number(),
});
export type PredictionTable = z.infer<typeof PredictionTable>;

/** A model to predict with: one of the workspace, or a file (.refract or .onnx). */
export const ModelChoice = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('run'), runId: RunId, variant: z.int().min(0).nullable().default(null) }),
  z.strictObject({ from: z.literal('file'), file: FileGrant }),
]);
/** Spectra to predict: files, or a dataset of the workspace. */
export const SpectraChoice = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('files'), files: z.array(FileGrant).min(1).max(20_000) }),
  z.strictObject({ from: z.literal('dataset'), datasetId: DatasetId }),
]);

/** Everything the window may ask about models that leave, and predictions with them. */
export const models = {
  'models.list': call({ in: Nothing, out: z.array(ModelSummary) }),
  'models.export': call({
    in: z.strictObject({
      runId: RunId,
      /** Null: the variant that the run deploys. */
      variant: z.int().min(0).nullable().default(null),
      file: FileGrant,
      format: z.enum(['onnx', 'refract']),
    }),
    out: z.strictObject({
      name: z.string(),
      bytes: z.int(),
      verification: Verification,
      /** What the person should know: a bundle without an ONNX graph, and why. */
      notes: z.array(z.string()),
    }),
    timeoutSeconds: LONG_JOB_SECONDS,
  }),
  /** What a model file says of itself. */
  'models.open': call({
    in: z.strictObject({ file: FileGrant }),
    out: z.strictObject({
      name: z.string(),
      format: z.enum(['onnx', 'refract']),
      target: z.string().nullable(),
      targetUnit: z.string().nullable(),
      task: Task,
      classes: z.array(z.string()).nullable(),
      /** Chains that predict together: 1, or the folds of an ensemble. */
      members: z.int(),
      axis: z
        .strictObject({ from: z.number(), to: z.number(), count: z.int(), unit: z.enum(['nm', 'cm-1', 'index']) })
        .nullable(),
      steps: z.array(z.string()),
      problems: z.array(z.string()),
    }),
  }),
  'models.predict': call({
    in: z.strictObject({ model: ModelChoice, spectra: SpectraChoice, jobId: JobId }),
    out: PredictionTable,
    timeoutSeconds: LONG_JOB_SECONDS,
  }),
};
