import type { CancelToken } from '#core/base/cancellation.ts';
import type { Axis } from '#core/data/axis.ts';
import type { FittedStep } from '#core/data/fittedChain.ts';
import type { AnyModel, AnyTransform, FitContext, State } from '#core/data/operator.ts';
import { matrix, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { StepMemo } from '#core/execution/stepMemo.ts';
import type { FitResult, FitUnit, PlannedStep, UnitData, UnitPredictions } from '#core/execution/unit.ts';

export interface UnitContext {
  readonly lookup: OperatorLookup;
  readonly cancel: CancelToken;
  readonly memo: StepMemo;
  /** Milliseconds of a monotonic clock. */
  now(): number;
}

/**
 * The one place where chains are fitted: cross-validation, refit and the builder's preview all come here.
 *
 * Steps before the splitter are fitted on all training rows (the language's meaning, reported as leakage where it
 * matters); steps behind it only on the fold's training rows. Stateless steps at the start of the chain do not depend
 * on which rows they see, so they are computed once for all rows and remembered.
 */
export function fitUnit(data: UnitData, unit: FitUnit, context: UnitContext): FitResult {
  const started = context.now();
  const notices: string[] = [];
  const partial = transformUntil(data, unit.steps, unit.steps.length - 1, unit, notices, context);
  const modelStep = unit.steps.at(-1);
  if (modelStep?.role !== 'model') throw new Error('A chain ends with its model.');
  const model = context.lookup.model(modelStep.id);
  const fitContext = contextFor(partial.axis, unit.seed, notices, context);

  const yTrain = takeValues(data.y, partial.trainRows);
  const targets = fitTargets(data, unit, partial.trainRows, notices, context);
  const scaled = targets.forward(yTrain);
  const values = unit.pathValues;
  const states: (State | null)[] =
    values !== null && model.path !== undefined
      ? model.path.fit(partial.train, scaled, modelStep.params, values, fitContext)
      : [model.fit(partial.train, scaled, modelStep.params, fitContext)];

  const predictions = states.map((state, k) => {
    if (state === null) return null;
    context.cancel.check();
    const params = withPathValue(modelStep, model, values?.[k]);
    const predict = (x: Matrix) => (x.rows === 0 ? new Float64Array(0) : targets.back(model.predict(x, state, params)));
    return {
      train: predict(partial.train),
      validation: predict(partial.validation),
      test: predict(partial.test),
    } satisfies UnitPredictions;
  });

  const state = states[0];
  const keep = unit.keepChain && state !== undefined && state !== null;
  return {
    predictions,
    notices,
    chain: keep
      ? {
          inputAxis: data.axis,
          signal: data.signal,
          target: { name: data.targetName, unit: data.targetUnit },
          steps: [
            ...partial.fitted,
            ...targets.fitted,
            {
              role: 'model',
              id: model.id,
              version: model.version,
              params: withPathValue(modelStep, model, values?.[0]),
              state,
            },
          ],
        }
      : null,
    modelInput: keep ? { mean: meanRow(partial.train), axis: partial.axis.values, unit: partial.axis.unit } : null,
    milliseconds: context.now() - started,
  };
}

interface PartialChain {
  readonly train: Matrix;
  readonly validation: Matrix;
  readonly test: Matrix;
  readonly axis: Axis;
  readonly trainRows: Int32Array;
  readonly fitted: readonly FittedStep[];
}

/** Runs the transforms before step `end` and returns the three partitions as they arrive there. */
export function transformUntil(
  data: UnitData,
  steps: readonly PlannedStep[],
  end: number,
  unit: Pick<FitUnit, 'fold' | 'splitterIndex' | 'seed'>,
  notices: string[],
  context: UnitContext,
): PartialChain {
  const transforms = steps
    .slice(0, end)
    .map((step, index) => ({ step, index }))
    .filter(({ step }) => step.role === 'transform');
  const trainRows = takeInts(data.train, unit.fold.train);
  const validationRows = takeInts(data.train, unit.fold.validation);
  const fitted: FittedStep[] = [];

  let x = matrix(data.rows, data.cols, data.x);
  let axis: Axis = data.axis;
  let at = 0;
  const key: string[] = [data.key];

  // The whole matrix, as long as every row's result depends on that row alone or on all training rows.
  for (; at < transforms.length; at++) {
    const { step, index } = transforms[at] as (typeof transforms)[number];
    const transform = context.lookup.transform(step.id);
    if (transform.stateful && !(index < unit.splitterIndex)) break;
    key.push(JSON.stringify([step.id, transform.version, step.params]));
    const fitRows = transform.stateful ? data.train : null;
    const input = x;
    const inputAxis = axis;
    const done = context.memo.get(key.join('|'), () => {
      const told: string[] = [];
      const state = transform.fit(
        fitRows === null ? takeRows(input, data.train.subarray(0, 1)) : takeRows(input, fitRows),
        step.params,
        contextFor(inputAxis, unit.seed, told, context),
      );
      const output = transform.apply(input, state, step.params);
      return {
        x: output,
        axis: transform.outputAxis?.(inputAxis, state, step.params) ?? inputAxis,
        state,
        notices: told,
      };
    });
    for (const sentence of done.notices) if (!notices.includes(sentence)) notices.push(sentence);
    context.cancel.check();
    fitted.push(fittedStep('transform', transform, step, done.state));
    x = done.x;
    axis = done.axis;
  }

  let train = takeRows(x, trainRows);
  let validation = takeRows(x, validationRows);
  let test = takeRows(x, data.test);
  for (; at < transforms.length; at++) {
    const { step } = transforms[at] as (typeof transforms)[number];
    const transform = context.lookup.transform(step.id);
    const state = transform.fit(train, step.params, contextFor(axis, unit.seed, notices, context));
    context.cancel.check();
    const apply = (part: Matrix) => transform.apply(part, state, step.params);
    fitted.push(fittedStep('transform', transform, step, state));
    axis = transform.outputAxis?.(axis, state, step.params) ?? axis;
    [train, validation, test] = [apply(train), apply(validation), apply(test)];
  }
  return { train, validation, test, axis, trainRows, fitted };
}

interface TargetChain {
  readonly fitted: readonly FittedStep[];
  forward(y: Float64Array): Float64Array;
  back(y: Float64Array): Float64Array;
}

/** `y_processing`: fitted on the fold's training targets (all training targets when it stands before the splitter). */
function fitTargets(
  data: UnitData,
  unit: FitUnit,
  trainRows: Int32Array,
  notices: string[],
  context: UnitContext,
): TargetChain {
  const chain: { transform: AnyTransform; step: PlannedStep; state: State }[] = [];
  const column = (y: Float64Array) => matrix(y.length, 1, y);
  const forward = (y: Float64Array) =>
    chain.reduce((m, link) => link.transform.apply(m, link.state, link.step.params), column(y)).data;

  unit.steps.forEach((step, index) => {
    if (step.role !== 'target') return;
    const transform = context.lookup.transform(step.id);
    const rows = index < unit.splitterIndex ? data.train : trainRows;
    const state = transform.fit(
      column(forward(takeValues(data.y, rows))),
      step.params,
      contextFor({ values: new Float64Array(1), unit: 'index' }, unit.seed, notices, context),
    );
    chain.push({ transform, step, state });
  });
  return {
    fitted: chain.map((link) => fittedStep('target', link.transform, link.step, link.state)),
    forward,
    back: (y) =>
      chain.reduceRight((m, link) => {
        if (link.transform.invert === undefined) throw new Error(`${link.transform.id} has no inverse.`);
        return link.transform.invert(m, link.state, link.step.params);
      }, column(y)).data,
  };
}

const fittedStep = (
  role: FittedStep['role'],
  operator: AnyTransform | AnyModel,
  step: PlannedStep,
  state: State,
): FittedStep => ({ role, id: operator.id, version: operator.version, params: { ...step.params }, state });

function withPathValue(step: PlannedStep, model: AnyModel, value: number | undefined): Record<string, unknown> {
  return value === undefined || model.path === undefined
    ? { ...step.params }
    : { ...step.params, [model.path.param]: value };
}

const contextFor = (axis: Axis, seed: number, notices: string[], context: UnitContext): FitContext => ({
  axis,
  seed,
  cancel: context.cancel,
  notice: (sentence) => {
    if (!notices.includes(sentence)) notices.push(sentence);
  },
});

function takeInts(values: Int32Array, index: Int32Array): Int32Array {
  return index.map((k) => values[k] as number);
}

function meanRow(x: Matrix): Float64Array {
  const mean = new Float64Array(x.cols);
  for (let i = 0; i < x.rows; i++)
    for (let j = 0; j < x.cols; j++) mean[j] = (mean[j] as number) + (x.data[i * x.cols + j] as number);
  return mean.map((sum) => sum / x.rows);
}
