import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { lineageSchema } from '#core/export/lineage.ts';

/** What an ONNX file written by Refract says about its model. */
export interface OnnxOrigin {
  readonly appVersion: string;
  readonly axis: Axis;
  readonly target: { readonly name: string; readonly unit: string | null };
  readonly steps: readonly {
    readonly role: string;
    readonly id: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
  readonly lineage: Lineage;
  /** Range of the reference values of the calibration, or null where the file does not say it. */
  readonly targetRange: { readonly min: number; readonly max: number } | null;
}

/**
 * Reads the metadata that `chainToOnnx` writes. Null for a foreign model, which says nothing about its axis and target.
 * @throws predict.model-unreadable when the entries are there and damaged
 */
export function readOnnxOrigin(metadata: ReadonlyMap<string, string>, file: string): OnnxOrigin | null {
  const appVersion = metadata.get('refract.version');
  if (appVersion === undefined) return null;
  const damaged = (cause?: unknown): EngineError<'predict.model-unreadable'> =>
    new EngineError(
      'predict.model-unreadable',
      { file, reason: 'its description of the model is damaged.' },
      { cause },
    );
  try {
    const parsed = originSchema.parse({
      values: json(metadata, 'refract.axis.values'),
      unit: metadata.get('refract.axis.unit'),
      name: metadata.get('refract.target.name'),
      targetUnit: metadata.get('refract.target.unit'),
      steps: json(metadata, 'refract.steps'),
      lineage: json(metadata, 'refract.lineage'),
      range: metadata.has('refract.target.range') ? json(metadata, 'refract.target.range') : null,
    });
    return {
      appVersion,
      axis: { values: Float64Array.from(parsed.values), unit: parsed.unit },
      target: { name: parsed.name, unit: parsed.targetUnit === '' ? null : parsed.targetUnit },
      steps: parsed.steps,
      lineage: parsed.lineage,
      targetRange: parsed.range === null ? null : { min: parsed.range[0], max: parsed.range[1] },
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw damaged(error);
    throw error;
  }
}

const originSchema = z.object({
  values: z.array(z.number()).min(1),
  unit: z.enum(['nm', 'cm-1', 'index']),
  name: z.string(),
  targetUnit: z.string(),
  steps: z.array(z.object({ role: z.string(), id: z.string(), params: z.record(z.string(), z.json()) })),
  lineage: lineageSchema,
  range: z.tuple([z.number(), z.number()]).nullable(),
});

const json = (metadata: ReadonlyMap<string, string>, key: string): unknown =>
  JSON.parse(metadata.get(key) ?? '') as unknown;
