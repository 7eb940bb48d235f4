import { z } from 'zod';
import { lineageSchema } from '#core/export/lineage.ts';

/** Version 1 of the bundle format; resources/docs/bundle-format.md describes it. */
export const BUNDLE_FORMAT_VERSION = 1;

/** Every hash of a bundle is SHA-256 in lower-case hexadecimal; the core has no implementation of its own. */
export type Sha256 = (bytes: Uint8Array) => string;

export const memberPaths = {
  manifest: 'manifest.json',
  chain: 'chain.json',
  onnx: 'model.onnx',
  metadata: 'metadata.yaml',
  domain: 'domain.json',
  examples: 'example.json',
  state: (step: number): string => `state/${step}.safetensors`,
} as const;

/** What every version of the manifest has: enough to refuse a newer one politely. */
export const manifestHeadSchema = z.object({
  format: z.literal('refract-bundle'),
  formatVersion: z.int().min(1),
  appVersion: z.string(),
});

export const manifestSchema = manifestHeadSchema.extend({
  created: z.iso.datetime(),
  /** `refit`: one model, fitted on all training data. */
  content: z.literal('refit'),
  lineage: lineageSchema,
  members: z.array(
    z.strictObject({ path: z.string(), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type BundleManifest = z.infer<typeof manifestSchema>;

const axisUnitSchema = z.enum(['nm', 'cm-1', 'index']);
const targetSchema = z.strictObject({ name: z.string(), unit: z.string().nullable() });

export const chainSchema = z.strictObject({
  inputAxis: z.strictObject({ unit: axisUnitSchema, values: z.array(z.number()).min(1) }),
  signal: z.enum(['absorbance', 'reflectance', 'transmittance', 'unknown']),
  target: targetSchema,
  steps: z
    .array(
      z.strictObject({
        role: z.enum(['transform', 'target', 'model']),
        id: z.string(),
        version: z.int().min(1),
        params: z.record(z.string(), z.json()),
        state: z.string(),
      }),
    )
    .min(1)
    .max(200),
});

export const domainSchema = z.strictObject({
  samples: z.int().min(0),
  y: z.strictObject({ min: z.number(), max: z.number() }),
  x: z.strictObject({ low: z.array(z.number()), high: z.array(z.number()) }),
});

export const examplesSchema = z.strictObject({
  sampleIds: z.array(z.string()),
  spectra: z.array(z.array(z.number())).min(1),
  expected: z.array(z.number()),
});

const scoreSchema = z.strictObject({
  /** For example `rmsecv` or `rmsep`. */
  metric: z.string(),
  /** `cv`: estimated by cross-validation; `final`: the refitted model on the test partition. */
  kind: z.enum(['cv', 'final']),
  value: z.number(),
  /** Samples behind the number. */
  n: z.int().min(0),
});
export type BundleScore = z.infer<typeof scoreSchema>;

/** What a catalog shows of a model without opening it; also the content of a sidecar file. */
export const metadataSchema = z.object({
  schemaVersion: z.literal(1),
  task: z.literal('regression'),
  model: z.object({ id: z.string(), params: z.record(z.string(), z.json()) }),
  preprocessing: z.array(z.object({ id: z.string(), params: z.record(z.string(), z.json()) })),
  targetProcessing: z.array(z.object({ id: z.string(), params: z.record(z.string(), z.json()) })),
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
