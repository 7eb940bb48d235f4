import type { AxisUnit } from '#core/data/axis.ts';
import { matrix, takeRows } from '#core/numerics/matrix.ts';
import { transformUntil, type UnitContext } from '#core/execution/fitUnit.ts';
import type { PlannedStep, UnitData } from '#core/execution/unit.ts';

export interface PreviewUnit {
  /** Steps up to and including the one that is looked at. */
  readonly steps: readonly PlannedStep[];
  /** Number of steps that run before the "before" picture: all but the last, or none. */
  readonly beforeSteps: number;
  /** Rows to draw; the fitted steps learn from all training rows of `data`. */
  readonly rows: Int32Array;
  readonly seed: number;
}

export interface PreviewResult {
  readonly before: { readonly axis: Float64Array; readonly unit: AxisUnit; readonly values: Float64Array };
  readonly after: { readonly axis: Float64Array; readonly unit: AxisUnit; readonly values: Float64Array };
  readonly milliseconds: number;
}

/** Spectra on both sides of a step, through the same code as the run. */
export function previewUnit(data: UnitData, unit: PreviewUnit, context: UnitContext): PreviewResult {
  const started = context.now();
  const everything = { train: Int32Array.from(data.train, (_, k) => k), validation: new Int32Array(0) };
  const side = (steps: readonly PlannedStep[]) => {
    // The drawn rows ride along as "test" rows: transformed, never learned from beyond the training rows.
    const shown = { ...data, test: unit.rows };
    if (steps.length === 0)
      return {
        axis: data.axis.values,
        unit: data.axis.unit,
        values: takeRows(matrix(data.rows, data.cols, data.x), unit.rows).data,
      };
    const part = transformUntil(
      shown,
      steps,
      steps.length,
      { fold: everything, splitterIndex: steps.length, seed: unit.seed },
      [],
      context,
    );
    return { axis: part.axis.values, unit: part.axis.unit, values: part.test.data };
  };
  const before = side(unit.steps.slice(0, unit.beforeSteps));
  const after = side(unit.steps);
  return { before, after, milliseconds: context.now() - started };
}
