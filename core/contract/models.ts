import { z } from 'zod';
import { JobId } from '#core/contract/app.ts';
import { call, Doubles, FileGrant, LONG_JOB_SECONDS, Nothing } from '#core/contract/call.ts';
import { DatasetId } from '#core/contract/datasets.ts';
import { RunId, Scores } from '#core/contract/runs.ts';

/** A refitted model in the workspace. */
export const ModelSummary = z.strictObject({
  runId: RunId,
  name: z.string(),
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
  createdAt: z.string(),
});
export type ModelSummary = z.infer<typeof ModelSummary>;

export const Verification = z.strictObject({
  /** Largest relative difference between the file, loaded back in a fresh session, and the engine. */
  maxRelativeDifference: z.number(),
  tolerance: z.number(),
  samples: z.int(),
  worstSample: z.string().nullable(),
});
export type Verification = z.infer<typeof Verification>;

export const PredictionTable = z.strictObject({
  modelName: z.string(),
  target: z.string(),
  targetUnit: z.string().nullable(),
  sampleIds: z.array(z.string()),
  predicted: Doubles,
  /** Reference values, where the files have a column of the target's name (NaN where missing); else null. */
  measured: Doubles.nullable(),
  scores: Scores.nullable(),
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
  z.strictObject({ from: z.literal('run'), runId: RunId }),
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
    in: z.strictObject({ runId: RunId, file: FileGrant, format: z.enum(['onnx', 'refract']) }),
    out: z.strictObject({ name: z.string(), bytes: z.int(), verification: Verification }),
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
