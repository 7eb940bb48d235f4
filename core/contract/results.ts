import { z } from 'zod';
import { call, Doubles, RowNumbers } from '#core/contract/call.ts';
import { RunId, Scores, VariantSummary } from '#core/contract/runTypes.ts';

export const Partition = z.enum(['train', 'validation', 'test']);
export type Partition = z.infer<typeof Partition>;

/** One fitted model of a variant on one partition. `fold` is `fold_0` …, `avg`, `w_avg` or `final`. */
export const FoldScores = z.strictObject({ fold: z.string(), partition: Partition, model: z.string(), scores: Scores });
export type FoldScores = z.infer<typeof FoldScores>;

/** Predictions with what they are compared to; every array has the same length. */
export const Predictions = z.strictObject({
  rows: RowNumbers,
  sampleIds: z.array(z.string()),
  /** In the target's unit; class codes in classification (−1 is "none of the classes"). */
  measured: Doubles,
  predicted: Doubles,
  /** Classification: the classes by code, and n × K probabilities (null where the model has none). */
  classes: z.array(z.string()).nullable().default(null),
  probabilities: Doubles.nullable().default(null),
  /** The fold in which each sample was held out; −1 for test and refit predictions. */
  fold: RowNumbers,
});
export type Predictions = z.infer<typeof Predictions>;

export const ComponentCurve = z.strictObject({
  param: z.string(),
  values: Doubles,
  variants: z.array(z.int()),
  /** Pooled RMSECV; NaN where the data's rank ended the sweep. */
  rmsecv: Doubles,
  /** Mean and standard error of the fold scores. */
  meanScore: Doubles,
  scoreSe: Doubles,
  /** Pooled error on the training parts of the folds. */
  rmsecFolds: Doubles,
  /** folds × values, row-major: the score of each fold. */
  foldScores: Doubles,
  folds: z.int(),
  selected: z.int(),
  oneStandardError: z.int().nullable(),
});
export type ComponentCurve = z.infer<typeof ComponentCurve>;

export const Coefficients = z.strictObject({
  /** The regression vector in the units of the spectra that reach the model, on the axis they have there. */
  axis: Doubles,
  unit: z.enum(['nm', 'cm-1', 'index']),
  coef: Doubles,
  intercept: z.number(),
  /** Mean training spectrum as it reaches the model. */
  meanSpectrum: Doubles,
});
export type Coefficients = z.infer<typeof Coefficients>;

/** Rows: measured class; columns: predicted class, and "none" as a last column where it occurs. Row-major counts. */
export const ConfusionMatrix = z.strictObject({
  /** `fold_0` …, `pooled` (out of fold), `train` or `test` (of the refitted model). */
  of: z.string(),
  columns: z.array(z.string()),
  counts: z.array(z.array(z.int())),
  scores: Scores,
});
export type ConfusionMatrix = z.infer<typeof ConfusionMatrix>;

export const Trial = z.strictObject({
  variant: z.int(),
  /** Null where one study serves all folds. */
  fold: z.int().nullable(),
  trial: z.int(),
  phase: z.int(),
  sampler: z.string(),
  params: z.record(z.string(), z.unknown()),
  value: z.number().nullable(),
  /** Score of each fold that was computed. */
  foldScores: z.array(z.number()),
  state: z.enum(['completed', 'pruned', 'failed']),
  best: z.boolean(),
  milliseconds: z.number(),
});
export type Trial = z.infer<typeof Trial>;

const Variant = z.strictObject({ runId: RunId, variant: z.int().min(0) });

/** Everything the window may ask about what a run found. */
export const results = {
  'results.variants': call({
    in: z.strictObject({
      runId: RunId,
      sortBy: z.enum(['rank', 'index', 'rmsecv', 'label']).default('rank'),
      filter: z.string().max(200).default(''),
      offset: z.int().min(0),
      limit: z.int().min(1).max(1000),
    }),
    out: z.strictObject({ total: z.int(), rows: z.array(VariantSummary) }),
  }),
  /** One variant by its number; base models too. */
  'results.variant': call({ in: Variant, out: VariantSummary }),
  /** The models whose predictions others learn from, by number. Empty without stacking and separation. */
  'results.bases': call({ in: z.strictObject({ runId: RunId }), out: z.array(VariantSummary) }),
  'results.folds': call({ in: Variant, out: z.array(FoldScores) }),
  /** `cv`: every sample's out-of-fold prediction; `train` and `test`: the refitted model's. Null where there are none. */
  'results.predictions': call({
    in: Variant.extend({ of: z.enum(['cv', 'train', 'test']) }),
    out: Predictions.nullable(),
  }),
  /** Null when the variant's model was not swept over components. */
  'results.components': call({ in: Variant, out: ComponentCurve.nullable() }),
  /** Classification: pooled first, then each fold, then the refitted model. Null in regression. */
  'results.confusion': call({
    in: Variant,
    out: z.strictObject({ classes: z.array(z.string()), matrices: z.array(ConfusionMatrix) }).nullable(),
  }),
  /** The finetuning trials behind a variant, in order. Empty without finetuning. */
  'results.trials': call({
    in: Variant,
    out: z.strictObject({ metric: z.string(), direction: z.enum(['lower', 'higher']), trials: z.array(Trial) }),
  }),
  /** Of a refitted model (null: the deployed one); null when it is not linear in the spectra that reach it, or there is no refit. */
  'results.coefficients': call({
    in: z.strictObject({ runId: RunId, variant: z.int().min(0).nullable().default(null) }),
    out: Coefficients.nullable(),
  }),
};
