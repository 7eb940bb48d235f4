import { EngineError } from '#core/base/errors.ts';
import type { CancelToken } from '#core/base/cancellation.ts';
import { augmentStage } from '#core/execution/augmentStage.ts';
import { filterStage } from '#core/execution/filterStage.ts';
import { joinStage } from '#core/execution/joinStage.ts';
import { selectStage, sourceStage } from '#core/execution/selectStage.ts';
import { foldStageOf } from '#core/execution/foldStageOf.ts';
import { changesSpectra, seesAllRows } from '#core/execution/levels.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import { transformStage } from '#core/execution/transformStage.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { KnownStates, Stage, StageBlock, StageInput, StepRecord, UnitData } from '#core/execution/unit.ts';
import type { TrainingRound } from '#core/data/lossCurve.ts';
import type { Fold } from '#core/data/operator.ts';
import { columnsOf } from '#core/data/sources.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';

export interface UnitContext {
  readonly lookup: OperatorLookup;
  readonly cancel: CancelToken;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  /** Hears of the rounds of models that are trained by iteration. */
  trained?(round: TrainingRound): void;
}

/** The part of a unit that says which steps run on which rows. */
export interface StepsUnit {
  readonly steps: readonly PlannedStep[];
  readonly splitterIndex: number;
  readonly fold: Fold | null;
  readonly input: StageInput | null;
  readonly known: KnownStates;
  readonly seed: number;
}

/** What running steps leaves behind besides the stage. */
export interface StepsLog {
  readonly records: StepRecord[];
  readonly notices: string[];
}

/** The spectra before the first step, with all rows of the dataset: one block, or one for each of several sources. */
export const rawStage = (data: UnitData): Stage => ({
  level: 'dataset',
  blocks: rawBlocks(data),
  train: data.train,
  test: data.test,
  synthetic: null,
  tags: {},
  judges: {},
});

function rawBlocks({ rows, cols, x, axis, sources }: UnitData): StageBlock<Matrix>[] {
  const whole = matrix(rows, cols, x);
  if (sources.length < 2) return [{ x: whole, axis, lane: [] }];
  return sources.map(({ name, from, to, axis: own }) => ({
    x: columnsOf(whole, { from, to }),
    axis: own,
    lane: [{ role: 'source', name, from, to }],
    source: name,
  }));
}

/**
 * Runs the steps from the unit's input up to (not including) step `end`. The one place where steps before the model
 * are carried out: cross-validation, refit, finetuning, the splitter and the builder's preview all come here.
 *
 * As long as every step sees all rows alike, the stage holds the whole dataset; the first step that belongs to a fold
 * takes the fold's rows out of it. Steps before the splitter are fitted on all training rows (the language's meaning,
 * reported as leakage where it matters), steps behind it on the fold's training rows only.
 */
export function runSteps(data: UnitData, unit: StepsUnit, end: number, log: StepsLog, context: UnitContext): Stage {
  let stage: Stage = unit.input?.stage ?? rawStage(data);
  for (let index = unit.input?.steps ?? 0; index < end; index++) {
    const step = unit.steps[index] as PlannedStep;
    if (!changesSpectra(step)) continue;
    if (stage.level === 'dataset' && !seesAllRows(step, index, unit.splitterIndex, context.lookup)) {
      if (unit.fold === null) throw new Error('A step that belongs to a fold came without one.');
      stage = foldStageOf(data, stage, unit.fold);
    }
    stage = oneStep(data, unit, index, step, stage, log, context);
    context.cancel.check();
  }
  return stage;
}

function oneStep(
  data: UnitData,
  unit: StepsUnit,
  index: number,
  step: PlannedStep,
  stage: Stage,
  log: StepsLog,
  context: UnitContext,
): Stage {
  switch (step.role) {
    case 'transform':
    case 'views':
      return transformStage(data, unit, index, step, stage, log, context);
    case 'filter':
      return filterStage(data, unit, step, stage, log, context);
    case 'augmentation':
      return augmentStage(data, unit, index, step, stage, log, context);
    case 'select':
      return selectStage(data, step, stage);
    case 'source':
      return sourceStage(step, stage);
    case 'ready-join':
      return joinStage(unit, index, step, stage, (lane, end) => runSteps(data, lane, end, log, context));
    case 'target':
    case 'splitter':
    case 'model':
    case 'join':
    case 'route':
      throw new EngineError('chain.invalid', { problem: `A ${step.role} does not change spectra.` });
  }
}
