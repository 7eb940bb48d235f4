import type { Axis } from '#core/data/axis.ts';
import type { FitContext, Metadata } from '#core/data/operator.ts';
import type { UnitContext } from '#core/execution/runSteps.ts';
import { fitTargetChain } from '#core/execution/targetChain.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { Stage, UnitData } from '#core/execution/unit.ts';
import { takeValues } from '#core/numerics/matrix.ts';

/** The samples that a step learns from: rows of the dataset, then synthetic ones that count as their origins. */
export interface FitRows {
  readonly rows: Int32Array;
  readonly syntheticY: Float64Array;
  readonly syntheticOrigins: Int32Array;
}

export function fitRowsOf(stage: Stage): FitRows {
  return stage.level === 'fold'
    ? { rows: stage.trainRows, syntheticY: stage.syntheticY, syntheticOrigins: stage.syntheticOrigins }
    : {
        rows: stage.train,
        syntheticY: stage.synthetic?.y ?? new Float64Array(0),
        syntheticOrigins: stage.synthetic?.origins ?? new Int32Array(0),
      };
}

export const testRowsOf = (stage: Stage): Int32Array => (stage.level === 'fold' ? stage.testRows : stage.test);

/** Metadata of the dataset with the columns that tags added, for the named rows. */
export function metadataOf(data: UnitData, tags: Metadata, rows: ArrayLike<number>): Metadata {
  return Object.fromEntries(
    Object.entries({ ...data.metadata, ...tags }).map(([name, values]) => [
      name,
      Array.from(rows, (row) => values[row] ?? ''),
    ]),
  );
}

/** Target of the samples that are fitted, in its own unit (or class codes). */
export function targetOf(data: UnitData, { rows, syntheticY }: FitRows): Float64Array {
  const own = takeValues(data.y, rows);
  if (syntheticY.length === 0) return own;
  const all = new Float64Array(own.length + syntheticY.length);
  all.set(own);
  all.set(syntheticY, own.length);
  return all;
}

/**
 * What a fit may use. The target (in the scale that the model sees) and the metadata are only made for operators that
 * ask for them.
 */
export function fitContextOf(
  data: UnitData,
  unit: { readonly steps: readonly PlannedStep[]; readonly seed: number },
  stage: Stage,
  fit: FitRows,
  axis: Axis,
  wants: { readonly target: boolean; readonly metadata: boolean },
  notices: string[],
  context: UnitContext,
): FitContext {
  const scaled = (): Float64Array => {
    const y = targetOf(data, fit);
    if (data.classes !== null) return y;
    return fitTargetChain(data, unit.steps, fit.rows, unit.seed, notices, context).forward(y);
  };
  return {
    axis,
    seed: unit.seed,
    y: wants.target ? scaled() : null,
    classCount: data.classes?.length ?? 0,
    ...(data.classes === null ? {} : { classNames: data.classes }),
    metadata: wants.metadata ? metadataOf(data, stage.tags, [...fit.rows, ...fit.syntheticOrigins]) : {},
    cancel: context.cancel,
    notice: (sentence) => {
      if (!notices.includes(sentence)) notices.push(sentence);
    },
  };
}
