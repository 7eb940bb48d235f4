import { joinedLanes } from '#core/execution/joinedLanes.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';
import type { TrainingRound } from '#core/data/lossCurve.ts';
import type { AnyModel, State } from '#core/data/operator.ts';
import { foldStageOf } from '#core/execution/foldStageOf.ts';
import { fitContextOf, fitRowsOf, targetOf } from '#core/execution/fitScene.ts';
import { runSteps, type StepsLog, type UnitContext } from '#core/execution/runSteps.ts';
import { fitTargetChain, type TargetChain } from '#core/execution/targetChain.ts';
import { joinedAxis } from '#core/execution/transformStage.ts';
import type { ModelPlan } from '#core/execution/stepPlans.ts';
import type {
  FitResult,
  FitUnit,
  FoldStage,
  PartPredictions,
  UnitData,
  UnitPredictions,
} from '#core/execution/unit.ts';
import { joinColumns, type Matrix } from '#core/numerics/matrix.ts';

/** Fits the chain of a unit on its fold and predicts the three parts: the one place where models are fitted. */
export function fitUnit(data: UnitData, unit: FitUnit, context: UnitContext): FitResult {
  const started = context.now();
  const log: StepsLog = { records: [], notices: [] };
  const modelIndex = unit.steps.length - 1;
  const modelStep = unit.steps[modelIndex];
  if (modelStep?.role !== 'model') throw new Error('A chain ends with its model.');
  const model = context.lookup.model(modelStep.id);

  const reached = runSteps(data, unit, modelIndex, log, context);
  const stage = reached.level === 'fold' ? reached : foldStageOf(data, reached, unit.fold);
  const parts = {
    train: joinColumns(stage.blocks.map(({ x }) => x.train)),
    validation: joinColumns(stage.blocks.map(({ x }) => x.validation)),
    test: joinColumns(stage.blocks.map(({ x }) => x.test)),
  };
  const axis = joinedAxis(stage.blocks.map((block) => block.axis));
  const fit = fitRowsOf(stage);
  const targets = fitTargetChain(data, unit.steps, fit.rows, unit.seed, log.notices, context);
  const y = targets.forward(targetOf(data, fit));
  const modelContext = fitContextOf(
    data,
    unit,
    stage,
    fit,
    axis,
    { target: false, metadata: false },
    log.notices,
    context,
  );
  const training = {
    ...modelContext,
    y,
    trained: (round: TrainingRound) => context.trained?.(round),
    ...(unit.warmStart === undefined ? {} : { warmStart: unit.warmStart }),
  };
  const values = unit.pathValues;
  const states: (State | null)[] =
    values !== null && model.path !== undefined
      ? model.path.fit(parts.train, y, modelStep.params, values, training)
      : [model.fit(parts.train, y, modelStep.params, training)];

  const predictions = states.map((state, k): UnitPredictions | null => {
    if (state === null) return null;
    context.cancel.check();
    const params = withPathValue(modelStep, model, values?.[k]);
    const real = withoutSynthetic(parts.train, stage);
    const predict = (x: Matrix) => predictPart(data, model, state, params, targets, x);
    return { train: predict(real), validation: predict(parts.validation), test: predict(parts.test) };
  });

  const chainOf = (state: State | null, k: number): FittedChain | null =>
    state === null
      ? null
      : {
          inputAxis: data.axis,
          signal: data.signal,
          target: { name: data.targetName, unit: data.targetUnit, classes: data.classes },
          steps: [
            ...joinedLanes(stage.blocks.map(({ lane }) => lane)),
            ...targets.fitted,
            {
              role: 'model',
              id: model.id,
              version: model.version,
              params: withPathValue(modelStep, model, values?.[k]),
              state,
            },
          ],
        };
  return {
    rows: { train: stage.trainRows, validation: stage.validationRows, test: stage.testRows },
    predictions,
    notices: log.notices,
    chains: unit.keepChains ? states.map(chainOf) : null,
    modelInput: unit.keepChains
      ? { mean: meanRow(withoutSynthetic(parts.train, stage)), axis: axis.values, unit: axis.unit }
      : null,
    judges: unit.keepChains ? stage.judges : {},
    records: log.records,
    milliseconds: context.now() - started,
  };
}

function predictPart(
  data: UnitData,
  model: AnyModel,
  state: State,
  params: Record<string, unknown>,
  targets: TargetChain,
  x: Matrix,
): PartPredictions {
  if (x.rows === 0) return { predicted: new Float64Array(0), probabilities: null };
  const predicted = targets.back(model.predict(x, state, params));
  const probabilities = data.classes === null ? null : (model.probabilities?.(x, state, params).data ?? null);
  return { predicted, probabilities };
}

/** The real training samples come first. */
const withoutSynthetic = (train: Matrix, { trainRows }: FoldStage): Matrix =>
  train.rows === trainRows.length
    ? train
    : { rows: trainRows.length, cols: train.cols, data: train.data.subarray(0, trainRows.length * train.cols) };

function withPathValue(step: ModelPlan, model: AnyModel, value: number | undefined): Record<string, unknown> {
  return value === undefined || model.path === undefined
    ? { ...step.params }
    : { ...step.params, [model.path.param]: value };
}

function meanRow(x: Matrix): Float64Array {
  const mean = new Float64Array(x.cols);
  for (let i = 0; i < x.rows; i++) for (let j = 0; j < x.cols; j++) mean[j] += x.data[i * x.cols + j];
  return mean.map((sum) => sum / x.rows);
}
