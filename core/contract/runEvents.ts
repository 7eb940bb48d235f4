import { z } from 'zod';
import { Doubles } from '#core/contract/call.ts';
import { CacheReport, CvBest, Phase, RunId, RunResult, Task, VariantSummary } from '#core/contract/runTypes.ts';

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
    task: Task.default('regression'),
    classes: z.array(z.string()).nullable().default(null),
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
        /** Models that others learn from. */
        base: z.boolean().default(false),
        branchPath: z.array(z.string()).default([]),
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
    /** Read from an earlier run instead of computed. */
    reused: z.boolean().default(false),
    /** Out-of-fold predictions of the best path value so far, for the live plot (at most 500 points). */
    measured: Doubles,
    predicted: Doubles,
  }),
  /** One finetuning trial of a group (of one of its folds where each fold is tuned by itself). */
  event('trial.completed', {
    group: z.int(),
    fold: z.int().nullable(),
    trial: z.int(),
    of: z.int(),
    params: z.record(z.string(), z.unknown()),
    /** Under the run's metric (or the study's own); null when it failed or was stopped early. */
    value: z.number().nullable(),
    state: z.enum(['completed', 'pruned', 'failed']),
    /** The best value so far. */
    best: z.number().nullable(),
    /** Read from an earlier run instead of computed. */
    reused: z.boolean(),
  }),
  /** One epoch of a model that learns step by step. */
  event('fold.training', {
    group: z.int(),
    /** Null: the refit. */
    fold: z.int().nullable(),
    /** From 1, of at most `epochs`. */
    epoch: z.int(),
    epochs: z.int(),
    loss: z.number(),
    /** On the validation part of the training fold; null without early stopping. */
    validationLoss: z.number().nullable(),
  }),
  /** What the caches did so far; at most about once a second, and at the end of a phase. */
  event('cache.updated', { cache: CacheReport }),
  /** Nothing is done yet, but the stamp tells how far it is; a few times a second at most. */
  event('run.progress', {}),
  event('fold.failed', { group: z.int(), fold: z.int(), message: z.string() }),
  event('variant.completed', { group: z.int(), best: VariantSummary.nullable() }),
  event('selection.completed', {
    rule: z.string(),
    winner: VariantSummary,
    oneStandardError: CvBest.nullable(),
    top: z.array(VariantSummary),
  }),
  event('refit.started', {
    label: z.string(),
    nTrain: z.int(),
    /** Which of the models that are refitted, from 1. */
    index: z.int().default(1),
    of: z.int().default(1),
  }),
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
  /** The workspace could not be written to. What is stored is safe; the run can go on later. */
  event('run.interrupted', { message: z.string(), code: z.string() }),
  event('run.cancelled', { finishedFolds: z.int(), ofFolds: z.int() }),
  event('run.resumed', { finishedFolds: z.int() }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
