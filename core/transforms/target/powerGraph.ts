import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { PowerMethod } from '#core/transforms/target/powerOf.ts';
import { SMALLEST_POWER } from '#core/transforms/target/powerOf.ts';

interface State {
  readonly lambda: Float64Array;
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** Writes the transform. Values above and below 0 are transformed apart: each form is 0 at 0, so they just add up. */
export function powerGraph(
  graph: OnnxGraph,
  input: OnnxValue,
  { lambda, mean, scale }: State,
  method: PowerMethod,
): OnnxValue {
  const { row, add, sub, div, max, min } = operations(graph, input.cols);
  const powered =
    method === 'box-cox'
      ? boxCox(graph, input.name, lambda, input.cols)
      : sub(
          boxCox(graph, add(max(input.name, 0), 1), lambda, input.cols),
          boxCox(
            graph,
            sub(constantOf(graph, 1), min(input.name, 0)),
            lambda.map((value) => 2 - value),
            input.cols,
          ),
        );
  return { name: div(sub(powered, row(mean)), row(scale)), cols: input.cols };
}

export function powerInverseGraph(
  graph: OnnxGraph,
  input: OnnxValue,
  { lambda, mean, scale }: State,
  method: PowerMethod,
): OnnxValue {
  const { row, add, sub, mul, max, min } = operations(graph, input.cols);
  const y = add(mul(input.name, row(scale)), row(mean));
  if (method === 'box-cox') return { name: inverseBoxCox(graph, y, lambda, input.cols), cols: input.cols };
  const above = sub(inverseBoxCox(graph, max(y, 0), lambda, input.cols), 1);
  const mirrored = graph.node('Neg', [min(y, 0)]);
  const below = sub(
    inverseBoxCox(
      graph,
      mirrored,
      lambda.map((value) => 2 - value),
      input.cols,
    ),
    1,
  );
  return { name: sub(above, below), cols: input.cols };
}

const constantOf = (graph: OnnxGraph, value: number): string => graph.constant(Float64Array.of(value), []);

function operations(graph: OnnxGraph, cols: number) {
  const operand = (value: string | number): string => (typeof value === 'string' ? value : constantOf(graph, value));
  const binary = (op: string) => (a: string, b: string | number) => graph.node(op, [a, operand(b)]);
  return {
    row: (values: Float64Array): string => graph.constant(values, [1, cols]),
    add: binary('Add'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    div: binary('Div'),
    pow: binary('Pow'),
    max: binary('Max'),
    min: binary('Min'),
  };
}

/** 1 where λ is not 0 (the power), 0 where it is (the logarithm). */
const isPower = (lambda: Float64Array): Float64Array =>
  lambda.map((value) => (Math.abs(value) < Number.EPSILON ? 0 : 1));

/** Both forms, weighed by 0 and 1, only where columns differ; a single target has one of them. */
function chosen(
  graph: OnnxGraph,
  lambda: Float64Array,
  cols: number,
  power: () => string,
  logarithm: () => string,
): string {
  const flags = isPower(lambda);
  if (!flags.includes(0)) return power();
  if (!flags.includes(1)) return logarithm();
  const { row, add, mul } = operations(graph, cols);
  return add(mul(power(), row(flags)), mul(logarithm(), row(flags.map((flag) => 1 - flag))));
}

function boxCox(graph: OnnxGraph, x: string, lambda: Float64Array, cols: number): string {
  const { row, sub, div, pow } = operations(graph, cols);
  const exponent = lambda.map((value, j) => (isPower(lambda)[j] === 1 ? value : 1));
  return chosen(
    graph,
    lambda,
    cols,
    () => div(sub(pow(x, row(exponent)), 1), row(exponent)),
    () => graph.node('Log', [x]),
  );
}

function inverseBoxCox(graph: OnnxGraph, y: string, lambda: Float64Array, cols: number): string {
  const { row, add, mul, max, pow } = operations(graph, cols);
  const exponent = lambda.map((value, j) => (isPower(lambda)[j] === 1 ? value : 1));
  // Below the smallest power the result is 0 for λ > 0 and huge for λ < 0, as in the engine.
  const least = exponent.map((value) => (value > 0 ? 0 : SMALLEST_POWER));
  return chosen(
    graph,
    lambda,
    cols,
    () => pow(max(add(mul(y, row(exponent)), 1), row(least)), row(exponent.map((value) => 1 / value))),
    () => graph.node('Exp', [y]),
  );
}
