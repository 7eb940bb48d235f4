import { z } from 'zod';
import { call, Doubles, Nothing, RowNumbers } from '#core/contract/call.ts';
import { DatasetId } from '#core/contract/datasets.ts';

export const PipelineId = z.string().regex(/^pl_[0-9a-z]{6,24}$/);
/** Documents are text: YAML or JSON in the pipeline language. A megabyte is far beyond any real one. */
export const PipelineText = z.string().max(1_000_000);

export const PipelineSummary = z.strictObject({
  id: PipelineId,
  name: z.string(),
  text: PipelineText,
  updatedAt: z.string(),
  version: z.int(),
});
export type PipelineSummary = z.infer<typeof PipelineSummary>;

export const PipelineTemplate = z.strictObject({ name: z.string(), description: z.string(), text: PipelineText });
export type PipelineTemplate = z.infer<typeof PipelineTemplate>;

export const Problem = z.strictObject({
  severity: z.enum(['error', 'warning', 'note']),
  code: z.string(),
  message: z.string(),
  /** Where in the document: keys and indices from the top. */
  path: z.array(z.union([z.string(), z.number()])),
  /** 1-based. */
  line: z.int(),
  column: z.int(),
  endLine: z.int(),
  endColumn: z.int(),
  /** A one-click repair: its label and the whole document after it. */
  fix: z.strictObject({ label: z.string(), text: PipelineText }).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const PipelineCheck = z.strictObject({
  /** True when it can run: no problem is an error. */
  runnable: z.boolean(),
  problems: z.array(Problem),
  variants: z.number(),
  fitGroups: z.number(),
  /** Null when only the data tell. */
  folds: z.int().nullable(),
  /** Trials of the finetuning on each fold; 1 without, null when variants differ in it. */
  trials: z.int().nullable(),
  /** Refits on all training data, at most. */
  refits: z.int(),
  /** Fits that will really happen, trials and refits included; null when only the data tell. */
  realFits: z.number().nullable(),
});
export type PipelineCheck = z.infer<typeof PipelineCheck>;

/** Spectra on one side of a step; rows as in `rows` of the preview. */
export const PreviewSide = z.strictObject({ axis: Doubles, unit: z.enum(['nm', 'cm-1', 'index']), values: Doubles });
export type PreviewSide = z.infer<typeof PreviewSide>;

export const PipelinePreview = z.strictObject({
  rows: RowNumbers,
  ids: z.array(z.string()),
  before: PreviewSide,
  after: PreviewSide,
  /** The fitted steps learned from `computedOn` of `samples` samples. */
  computedOn: z.int(),
  samples: z.int(),
  milliseconds: z.number(),
});
export type PipelinePreview = z.infer<typeof PipelinePreview>;

/** Everything the window may ask about pipeline documents. */
export const pipelines = {
  'pipelines.list': call({ in: Nothing, out: z.array(PipelineSummary) }),
  'pipelines.templates': call({ in: Nothing, out: z.array(PipelineTemplate) }),
  'pipelines.save': call({
    in: z.strictObject({ id: PipelineId.nullable(), name: z.string().min(1).max(200), text: PipelineText }),
    out: PipelineSummary,
  }),
  'pipelines.remove': call({ in: z.strictObject({ id: PipelineId }), out: Nothing }),
  'pipelines.check': call({
    in: z.strictObject({ text: PipelineText, datasetId: DatasetId.nullable() }),
    out: PipelineCheck,
  }),
  'pipelines.preview': call({
    /** The spectra before and after the step whose card stands at `path`; sweeps take their first value. */
    in: z.strictObject({
      text: PipelineText,
      datasetId: DatasetId,
      path: z.array(z.union([z.string(), z.number()])),
      /** Compare with the input of this step, or of the whole pipeline. */
      from: z.enum(['step', 'start']),
      lines: z.int().min(1).max(500),
    }),
    out: PipelinePreview,
  }),
};
