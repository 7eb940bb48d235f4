import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';
import { stepSchema } from '#core/data/stepSchema.ts';
import type { StepTree } from '#core/data/stepTree.ts';
import { readColumnInputs, type ColumnInput } from '#core/export/columnInputs.ts';
import { EXPORT_TOLERANCE } from '#core/export/onnxForms.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { lineageSchema } from '#core/export/lineage.ts';

/** What an ONNX file written by Refract says about its model. */
export interface OnnxOrigin {
  readonly appVersion: string;
  readonly axis: Axis;
  readonly target: {
    readonly name: string;
    readonly unit: string | null;
    /** Names of the classes by code; null in regression. */
    readonly classes: readonly string[] | null;
  };
  /** 1, or the number of fold models that the graph averages. */
  readonly members: number;
  readonly steps: readonly OriginStep[];
  /** Metadata columns that the graph asks for. */
  readonly columns: readonly ColumnInput[];
  readonly lineage: Lineage;
  /** Range of the reference values of the calibration, or null where the file does not say it. */
  readonly targetRange: { readonly min: number; readonly max: number } | null;
}

export interface OriginOperator {
  readonly role: 'transform' | 'target' | 'model';
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
}
export type OriginStep = StepTree<OriginOperator, Omit<OriginOperator, 'role'>>;

/** How closely the graph agrees with the engine: 1e-9, or what the file says where an operator is in single precision. */
export function readOnnxTolerance(metadata: ReadonlyMap<string, string>): number {
  const stated = Number(metadata.get('refract.tolerance') ?? EXPORT_TOLERANCE);
  return stated > EXPORT_TOLERANCE && stated <= MOST_TOLERANCE ? stated : EXPORT_TOLERANCE;
}

/** A file cannot talk its way out of the check. */
const MOST_TOLERANCE = 1e-3;

/**
 * Reads the metadata that `modelToOnnx` writes. Null for a foreign model, which says nothing about its axis and target.
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
      classes: metadata.has('refract.target.classes') ? json(metadata, 'refract.target.classes') : null,
      members: Number(metadata.get('refract.folds') ?? 1),
    });
    return {
      appVersion,
      axis: { values: Float64Array.from(parsed.values), unit: parsed.unit },
      target: { name: parsed.name, unit: parsed.targetUnit === '' ? null : parsed.targetUnit, classes: parsed.classes },
      members: parsed.members,
      steps: parsed.steps,
      columns: readColumnInputs(metadata, file),
      lineage: parsed.lineage,
      targetRange: parsed.range === null ? null : { min: parsed.range[0], max: parsed.range[1] },
    };
  } catch (error) {
    // RangeError: nested too deeply for the stack.
    if (error instanceof SyntaxError || error instanceof z.ZodError || error instanceof RangeError)
      throw damaged(error);
    throw error;
  }
}

const filterSchema = z.object({ id: z.string(), params: z.record(z.string(), z.json()) });
const operatorSchema = filterSchema.extend({ role: z.enum(['transform', 'target', 'model']) });

const originSchema = z.object({
  values: z.array(z.number()).min(1),
  unit: z.enum(['nm', 'cm-1', 'index']),
  name: z.string(),
  targetUnit: z.string(),
  classes: z.array(z.string()).nullable(),
  members: z.int().min(1),
  steps: z.array(stepSchema<OriginOperator, Omit<OriginOperator, 'role'>>(operatorSchema, filterSchema)),
  lineage: lineageSchema,
  range: z.tuple([z.number(), z.number()]).nullable(),
});

const json = (metadata: ReadonlyMap<string, string>, key: string): unknown =>
  JSON.parse(metadata.get(key) ?? '') as unknown;
