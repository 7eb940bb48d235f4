import { neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import { catalog } from '#core/catalog/operators.ts';
import { indexAxis, type Axis } from '#core/data/axis.ts';
import type { AnyModel, AnySplitter, AnyTransform, FitContext, Fold, State } from '#core/data/operator.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What fitting needs besides the data; collects notices. */
export function fitContext(
  x: Matrix,
  options: { cancel?: CancelToken; axis?: Axis } = {},
): FitContext & { readonly notices: string[] } {
  const notices: string[] = [];
  return {
    axis: options.axis ?? indexAxis(x.cols),
    seed: 0,
    cancel: options.cancel ?? neverCancelled,
    notices,
    notice: (sentence) => void notices.push(sentence),
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

/** The folds of a splitter of the catalog. */
export function foldsOf(
  id: string,
  given: Record<string, unknown>,
  x: Matrix,
  metadata: Record<string, string[]> = {},
): Fold[] {
  const operator = catalog.get(id);
  if (operator.kind !== 'splitter') throw new Error(`${id} is no splitter`);
  const y = new Float64Array(x.rows);
  return (operator as AnySplitter).split(
    { n: x.rows, x, y, metadata, cancel: neverCancelled },
    operator.params.parse(given),
  );
}
