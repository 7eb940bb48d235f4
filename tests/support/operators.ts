import { neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import { catalog } from '#core/catalog/operators.ts';
import { indexAxis, type Axis } from '#core/data/axis.ts';
import type { TrainingRound } from '#core/data/lossCurve.ts';
import type {
  AnyFilter,
  AnyModel,
  AnySplitter,
  AnyTransform,
  FilterInput,
  FitContext,
  Fold,
  Metadata,
  State,
} from '#core/data/operator.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What fitting needs besides the data; collects notices and rounds of training. */
export function fitContext(
  x: Matrix,
  options: {
    cancel?: CancelToken;
    axis?: Axis;
    y?: Float64Array;
    classCount?: number;
    metadata?: Metadata;
    seed?: number;
    warmStart?: State;
  } = {},
): FitContext & { readonly notices: string[]; readonly rounds: TrainingRound[] } {
  const notices: string[] = [];
  const rounds: TrainingRound[] = [];
  return {
    axis: options.axis ?? indexAxis(x.cols),
    seed: options.seed ?? 0,
    y: options.y ?? null,
    classCount: options.classCount ?? 0,
    metadata: options.metadata ?? {},
    cancel: options.cancel ?? neverCancelled,
    notices,
    notice: (sentence) => void notices.push(sentence),
    rounds,
    trained: (round) => void rounds.push(round),
    ...(options.warmStart === undefined ? {} : { warmStart: options.warmStart }),
  };
}

/** A transform of the catalog with its parameters, ready to use. */
export function transformCalled(id: string, given: Record<string, unknown> = {}) {
  const operator = catalog.get(id);
  if (operator.kind !== 'transform') throw new Error(`${id} is no transform`);
  const params = operator.params.parse(given);
  return {
    operator: operator as AnyTransform,
    params,
    fit: (x: Matrix, axis?: Axis): State => operator.fit(x, params, fitContext(x, axis ? { axis } : {})),
    apply: (x: Matrix, state: State): Matrix => operator.apply(x, state, params),
    fitApply: (x: Matrix): Matrix => operator.apply(x, operator.fit(x, params, fitContext(x)), params),
  };
}

/** A model of the catalog with its parameters. */
export function modelCalled(id: string, given: Record<string, unknown> = {}) {
  const operator = catalog.get(id);
  if (operator.kind !== 'model') throw new Error(`${id} is no model`);
  const params = operator.params.parse(given);
  return { operator: operator as AnyModel, params };
}

/** A filter of the catalog with its parameters: limits from some samples, verdicts (1 keep, 0 remove) about others. */
export function filterCalled(id: string, given: Record<string, unknown> = {}) {
  const operator = catalog.get(id);
  if (operator.kind !== 'filter') throw new Error(`${id} is no filter`);
  const filter: AnyFilter = operator;
  const params = filter.params.parse(given);
  const input = (x: Matrix, { y, metadata }: { y?: Float64Array; metadata?: Metadata }): FilterInput => ({
    x,
    axis: indexAxis(x.cols),
    y: y ?? null,
    metadata: metadata ?? {},
  });
  const fit = (x: Matrix, facts: { y?: Float64Array; metadata?: Metadata } = {}): State =>
    filter.fit(input(x, facts), params, fitContext(x, facts));
  const keep = (x: Matrix, state: State, facts: { y?: Float64Array; metadata?: Metadata } = {}): number[] => [
    ...filter.keep(input(x, facts), state, params),
  ];
  return {
    params,
    fit,
    keep,
    fitKeep: (x: Matrix, facts: { y?: Float64Array; metadata?: Metadata } = {}): number[] =>
      keep(x, fit(x, facts), facts),
  };
}

/** The folds of a splitter of the catalog. */
export function foldsOf(
  id: string,
  given: Record<string, unknown>,
  x: Matrix,
  metadata: Record<string, string[]> = {},
  target: { y?: Float64Array; classCount?: number; groups?: readonly string[] } = {},
): Fold[] {
  const operator = catalog.get(id);
  if (operator.kind !== 'splitter') throw new Error(`${id} is no splitter`);
  const y = target.y ?? new Float64Array(x.rows);
  return (operator as AnySplitter).split(
    {
      n: x.rows,
      x,
      y,
      classCount: target.classCount ?? 0,
      groups: target.groups ?? null,
      metadata,
      cancel: neverCancelled,
    },
    operator.params.parse(given),
  );
}
