import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { brentMinimum } from '#core/numerics/brentMinimum.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { columnOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { powerGraph, powerInverseGraph } from '#core/transforms/target/powerGraph.ts';
import { logLikelihood, powerOf, rootOf, type PowerMethod } from '#core/transforms/target/powerOf.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

/** One exponent, mean and scale a column. */
export type PowerState = Readonly<{ lambda: Float64Array; mean: Float64Array; scale: Float64Array }>;

export interface PowerParams {
  readonly standardize: boolean;
}

/**
 * Power transform of each column towards a normal distribution, with the exponent of the greatest likelihood, and
 * standardised afterwards (ddof 0) on demand: scikit-learn's PowerTransformer. `method` may depend on the parameters.
 */
export const powerColumns = <P extends PowerParams>(operator: string, methodOf: (params: P) => PowerMethod) => ({
  fit(x: Matrix, params: P): PowerState {
    requireRows(operator, x, 2);
    requireFinite(x.data, operator, 'the values');
    const method = methodOf(params);
    if (method === 'box-cox' && x.data.some((value) => value <= 0))
      throw new EngineError('numerics.parameter', {
        operator,
        parameter: 'the values',
        problem: 'must all be above 0 for a Box–Cox transform. Use YeoJohnson.',
      });
    const lambda = Float64Array.from({ length: x.cols }, (_, j) => exponentOf(columnOf(x, j), method));
    const plain = { lambda, mean: new Float64Array(x.cols), scale: new Float64Array(x.cols).fill(1) };
    if (!params.standardize) return plain;
    const powered = mapColumns(x, plain, (value, j) => powerOf(value, lambda[j], method));
    const mean = columnMeans(powered);
    return { lambda, mean, scale: columnDeviations(powered, mean, 0) };
  },

  apply(x: Matrix, state: PowerState, params: P): Matrix {
    const { lambda, mean, scale } = state;
    const method = methodOf(params);
    return mapColumns(x, state, (value, j, i) => {
      if (method === 'box-cox' && value <= 0)
        throw new EngineError('numerics.degenerate', { what: 'A Box–Cox transform (a value is not above 0)', row: i });
      return (powerOf(value, lambda[j], method) - mean[j]) / scale[j];
    });
  },

  invert: (y: Matrix, state: PowerState, params: P): Matrix =>
    mapColumns(y, state, (value, j) =>
      rootOf(value * state.scale[j] + state.mean[j], state.lambda[j], methodOf(params)),
    ),

  onnx: (graph: OnnxGraph, input: OnnxValue, state: PowerState, params: P): OnnxValue =>
    powerGraph(graph, input, state, methodOf(params)),

  onnxInvert: (graph: OnnxGraph, input: OnnxValue, state: PowerState, params: P): OnnxValue =>
    powerInverseGraph(graph, input, state, methodOf(params)),
});

function mapColumns(
  x: Matrix,
  { lambda }: PowerState,
  f: (value: number, column: number, row: number) => number,
): Matrix {
  if (x.cols !== lambda.length)
    throw new EngineError('numerics.shape', {
      what: 'Power transform',
      expected: `${lambda.length} columns, as in training`,
      found: String(x.cols),
    });
  const out = zeros(x.rows, x.cols);
  for (let i = 0, at = 0; i < x.rows; i++) for (let j = 0; j < x.cols; j++, at++) out.data[at] = f(x.data[at], j, i);
  return out;
}

/** A column without variation keeps its values. */
function exponentOf(values: Float64Array, method: PowerMethod): number {
  if (values.every((value) => value === values[0])) return 1;
  return brentMinimum((lambda) => -logLikelihood(values, lambda, method), -2, 2);
}
