import { z } from 'zod';
import { stepSchema } from '#core/data/stepSchema.ts';
import type { StepTree } from '#core/data/stepTree.ts';
import { lineageSchema } from '#core/export/lineage.ts';

/** The newest version of the format; resources/docs/bundle-format.md describes it. */
export const BUNDLE_FORMAT_VERSION = 3;
/** What is written for chains of operators and views alone, which readers of that version understand. */
export const PLAIN_FORMAT_VERSION = 2;

/** Every hash of a bundle is SHA-256 in lower-case hexadecimal; the core has no implementation of its own. */
export type Sha256 = (bytes: Uint8Array) => string;

export const memberPaths = {
  manifest: 'manifest.json',
  chain: 'chain.json',
  onnx: 'model.onnx',
  metadata: 'metadata.yaml',
  domain: 'domain.json',
  examples: 'example.json',
  state: (operator: number): string => `state/${operator}.safetensors`,
} as const;

/** What every version of the manifest has: enough to refuse a newer one politely. */
export const manifestHeadSchema = z.object({
  format: z.literal('refract-bundle'),
  formatVersion: z.int().min(1),
  appVersion: z.string(),
});

export const manifestSchema = manifestHeadSchema.extend({
  created: z.iso.datetime(),
  /** `refit`: one chain, fitted on all training data; `fold-ensemble`: the chains of all folds, which predict together. */
  content: z.enum(['refit', 'fold-ensemble']),
  lineage: lineageSchema,
  members: z.array(
    z.strictObject({ path: z.string(), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type BundleManifest = z.infer<typeof manifestSchema>;

export const axisUnitSchema = z.enum(['nm', 'cm-1', 'index']);
const signalSchema = z.enum(['absorbance', 'reflectance', 'transmittance', 'unknown']);
const targetSchema = z.strictObject({
  name: z.string(),
  unit: z.string().nullable(),
  /** In the order of the class codes; null in regression. */
  classes: z.array(z.string()).min(1).max(100_000).nullable(),
});

export const operatorSchema = z.strictObject({
  role: z.enum(['transform', 'target', 'model']),
  id: z.string(),
  version: z.int().min(1),
  params: z.record(z.string(), z.json()),
  /** Path of the member that holds what it learned. */
  state: z.string(),
});
export type OperatorDocument = z.infer<typeof operatorSchema>;
const filterDocumentSchema = operatorSchema.omit({ role: true });
export type FilterDocument = z.infer<typeof filterDocumentSchema>;
export type StepDocument = StepTree<OperatorDocument, FilterDocument>;
const MOST_STEPS = 200;

export const chainSchema = z.strictObject({
  inputAxis: z.strictObject({ unit: axisUnitSchema, values: z.array(z.number()).min(1) }),
  signal: signalSchema,
  target: targetSchema,
  /** One chain in a refit, one a fold in an ensemble. */
  chains: z
    .array(
      z
        .array(stepSchema<OperatorDocument, FilterDocument>(operatorSchema, filterDocumentSchema))
        .min(1)
        .max(MOST_STEPS),
    )
    .min(1)
    .max(10_000),
});
export type ChainDocument = z.infer<typeof chainSchema>;

export const domainSchema = z.strictObject({
  samples: z.int().min(0),
  y: z.strictObject({ min: z.number(), max: z.number() }).nullable(),
  x: z.strictObject({ low: z.array(z.number()), high: z.array(z.number()) }),
});

export const examplesSchema = z.strictObject({
  sampleIds: z.array(z.string()),
  spectra: z.array(z.array(z.number())).min(1),
  /** Values in the target's unit, or class codes. */
  expected: z.array(z.number()),
  probabilities: z.array(z.array(z.number())).nullable(),
  /** The metadata columns that the model asks for, one value a spectrum. */
  metadata: z.record(z.string(), z.array(z.string())).optional(),
});
export type ExamplesDocument = z.infer<typeof examplesSchema>;

const scoreSchema = z.strictObject({
  /** For example `rmsecv`, `rmsep` or `balancedAccuracy`. */
  metric: z.string(),
  /** `cv`: estimated by cross-validation; `final`: the refitted model on the test partition. */
  kind: z.enum(['cv', 'final']),
  value: z.number(),
  /** Samples behind the number. */
  n: z.int().min(0),
});
export type BundleScore = z.infer<typeof scoreSchema>;

const namedStepSchema = z.object({ id: z.string(), params: z.record(z.string(), z.json()) });
export type NamedStep = z.infer<typeof namedStepSchema>;
/** A model that gives its predictions to another one, or the lane of a separation. */
export interface NamedPath {
  /** The model's name in results, or the lane's. */
  readonly name: string;
  /** Names of the lanes that hold it, from the outside. */
  readonly branchPath: readonly string[];
  readonly model: NamedStep;
  readonly preprocessing: NamedTransform[];
  readonly targetProcessing: NamedStep[];
  readonly separation?: NamedSeparation | undefined;
}
export interface NamedSeparation {
  /** `column`: by the values of a metadata column; `filters`: by the verdict of fitted filters. */
  readonly kind: 'column' | 'filters';
  readonly by: string;
  readonly lanes: readonly (NamedPath & { readonly values: readonly string[] })[];
}
export type NamedTransform =
  | NamedStep
  | { readonly views: readonly (readonly NamedTransform[])[] }
  | { readonly source: string }
  /** Spectra of lanes and predictions of models, side by side. */
  | { readonly merge: readonly NamedPart[] };
export type NamedPart =
  | { readonly spectra: readonly NamedTransform[] }
  | { readonly predictions: readonly NamedPath[]; readonly weights: readonly number[] | null };
const namedTransformSchema: z.ZodType<NamedTransform> = z.lazy(() =>
  z.union([
    namedStepSchema,
    z.object({ views: z.array(z.array(namedTransformSchema)) }),
    z.object({ source: z.string() }),
    z.object({ merge: z.array(namedPartSchema) }),
  ]),
);
const namedPathShape = {
  name: z.string(),
  branchPath: z.array(z.string()),
  model: namedStepSchema,
  preprocessing: z.array(namedTransformSchema),
  targetProcessing: z.array(namedStepSchema),
  separation: z.lazy(() => namedSeparationSchema).optional(),
};
const namedPathSchema: z.ZodType<NamedPath> = z.object(namedPathShape);
const namedSeparationSchema: z.ZodType<NamedSeparation> = z.object({
  kind: z.enum(['column', 'filters']),
  by: z.string(),
  lanes: z.array(z.object({ ...namedPathShape, values: z.array(z.string()) })),
});
const namedPartSchema: z.ZodType<NamedPart> = z.union([
  z.object({ spectra: z.array(namedTransformSchema) }),
  z.object({ predictions: z.array(namedPathSchema), weights: z.array(z.number()).nullable() }),
]);

/** What a catalog shows of a model without opening it; also the content of a sidecar file. */
export const metadataSchema = z.object({
  schemaVersion: z.literal(2),
  task: z.enum(['regression', 'classification']),
  content: z.enum(['refit', 'fold-ensemble']),
  /** Chains that predict together: 1 in a refit. */
  members: z.int().min(1),
  model: namedStepSchema,
  preprocessing: z.array(namedTransformSchema),
  targetProcessing: z.array(namedStepSchema),
  /** Only where the model is one for each group of samples. */
  separation: namedSeparationSchema.optional(),
  /** Metadata columns that new spectra must come with; only where there are any. */
  requiredMetadata: z.array(z.string()).optional(),
  target: targetSchema,
  axis: z.object({ unit: axisUnitSchema, points: z.int().min(1), first: z.number(), last: z.number() }),
  signal: z.string(),
  scores: z.array(scoreSchema),
  dataset: z.object({ name: z.string(), hash: z.string() }),
  runId: z.string(),
  variant: z.string(),
  pipelineHash: z.string(),
  created: z.iso.datetime(),
  appVersion: z.string(),
});
export type BundleMetadata = z.infer<typeof metadataSchema>;
