import type { AxisUnit } from '#core/data/axis.ts';
import { foldStageOf } from '#core/execution/foldStageOf.ts';
import { runSteps, type UnitContext } from '#core/execution/runSteps.ts';
import { joinedAxis } from '#core/execution/transformStage.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { UnitData } from '#core/execution/unit.ts';
import { joinColumns, matrix, takeRows } from '#core/numerics/matrix.ts';

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
  const fold = { train: Int32Array.from(data.train, (_, k) => k), validation: new Int32Array(0) };
  // The drawn rows ride along as "test" rows: transformed, never learned from beyond the training rows.
  const shown = { ...data, test: unit.rows };
  const side = (steps: readonly PlannedStep[]) => {
    if (steps.length === 0)
      return {
        axis: data.axis.values,
        unit: data.axis.unit,
        values: takeRows(matrix(data.rows, data.cols, data.x), unit.rows).data,
      };
    const stage = runSteps(
      shown,
      { steps, splitterIndex: -1, fold, input: null, known: {}, seed: unit.seed },
      steps.length,
      { records: [], notices: [] },
      context,
    );
    const { blocks } = stage.level === 'fold' ? stage : foldStageOf(shown, stage, fold);
    const axis = joinedAxis(blocks.map((block) => block.axis));
    return { axis: axis.values, unit: axis.unit, values: joinColumns(blocks.map(({ x }) => x.test)).data };
  };
  const before = side(unit.steps.slice(0, unit.beforeSteps));
  const after = side(unit.steps);
  return { before, after, milliseconds: context.now() - started };
}
