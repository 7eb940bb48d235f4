import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { LinearForm } from '#core/data/operator.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';

/** The state of every linear model: ŷ = intercept + X coef, in the units of the model's input. */
export interface LinearState extends Readonly<Record<string, Float64Array | number>> {
  /** Length p. */
  readonly coef: Float64Array;
  readonly intercept: number;
}

/** Prediction, regression vector and ONNX form of a linear model. `operator` names the model in errors. */
export const linearModel = (operator: string) => ({
  predict(x: Matrix, { coef, intercept }: LinearForm): Float64Array {
    requireChannels(operator, x, coef.length);
    return matrixTimesVector(x, coef).map((value) => value + intercept);
  },

  linear: ({ coef, intercept }: LinearForm): LinearForm => ({ coef, intercept }),

  onnx(graph: OnnxGraph, input: OnnxValue, { coef, intercept }: LinearForm): OnnxValue {
    const product = graph.node('MatMul', [input.name, graph.constant(coef, [coef.length, 1])]);
    return { name: graph.node('Add', [product, graph.constant(Float64Array.of(intercept), [])]), cols: 1 };
  },
});
