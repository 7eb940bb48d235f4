import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { State } from '#core/data/operator.ts';
import { subspaceDistances, type ClassSubspace } from '#core/models/classification/classSubspace.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

/** A class with its acceptance area: distances to its subspace in units in which 1 is the limit. */
export interface ClassModel extends State {
  readonly subspace: ClassSubspace;
  readonly perScores: number;
  readonly perResidual: number;
}

/** The state of class models: one for each class that has training samples, or for the target class alone. */
export interface ClassModels extends State {
  /** K, with or without a model. */
  readonly classCount: number;
  readonly models: readonly ClassModel[];
}

/** How the two scaled distances become one: both limits hold, or their sum has one limit. */
export type Join = 'larger' | 'sum';

/**
 * Prediction and ONNX form of class models. A spectrum belongs to the nearest class that accepts it (joined distance up
 * to 1), the first of equal ones, or to none (−1). In a graph the scores n × K are −distance, −∞ where a class rejects.
 */
export const classModelling = (operator: string, join: Join) => ({
  predict(x: Matrix, { models }: ClassModels): Float64Array {
    requireChannels(operator, x, models[0].subspace.mean.length);
    return Float64Array.from({ length: x.rows }, (_, i) => {
      let best = -1;
      let nearest = Infinity;
      for (const model of models) {
        const d = distanceTo(rowOf(x, i), model, join);
        if (d <= 1 && d < nearest) [best, nearest] = [model.subspace.code, d];
      }
      return best;
    });
  },

  onnx(graph: OnnxGraph, input: OnnxValue, { classCount, models }: ClassModels): OnnxValue {
    const rejected = graph.constant(Float64Array.of(-Infinity), [1]);
    const one = graph.constant(Float64Array.of(1), [1]);
    const scores = models.map((model) => {
      const d = distanceOnnx(graph, input, model, join);
      const score = graph.node('Mul', [d, graph.constant(Float64Array.of(-1), [1])]);
      return graph.node('Where', [graph.node('LessOrEqual', [d, one]), score, rejected]);
    });
    const [first] = scores;
    const columns = Array.from({ length: classCount }, (_, code) => {
      const index = models.findIndex(({ subspace }) => subspace.code === code);
      // A class without a model rejects everything: as many rows as the others, all −∞.
      return scores[index] ?? graph.node('Where', [graph.node('Greater', [first, one]), first, rejected]);
    });
    return { name: graph.node('Concat', columns, { axis: 1 }), cols: classCount };
  },
});

const distanceTo = (spectrum: Float64Array, { subspace, perScores, perResidual }: ClassModel, join: Join): number => {
  const { scores, residual } = subspaceDistances(spectrum, subspace);
  const [a, b] = [scores * perScores, residual * perResidual];
  return join === 'sum' ? a + b : Math.max(a, b);
};

/** n × 1. */
function distanceOnnx(
  graph: OnnxGraph,
  input: OnnxValue,
  { subspace, perScores, perResidual }: ClassModel,
  join: Join,
) {
  const { mean, deviations, loadings, variances } = subspace;
  const [p, a] = [mean.length, variances.length];
  const transposed = Float64Array.from(loadings, (_, at) => loadings[(at % a) * p + Math.floor(at / a)]);
  const offset = graph.node('Sub', [input.name, graph.constant(mean, [1, p])]);
  const scaled = graph.node('Div', [offset, graph.constant(deviations, [1, p])]);
  const t = graph.node('MatMul', [scaled, graph.constant(transposed, [p, a])]);
  const rest = graph.node('Sub', [scaled, graph.node('MatMul', [t, graph.constant(loadings, [a, p])])]);
  const weighted = (values: string, weights: Float64Array): string => {
    const squares = graph.node('Mul', [
      graph.node('Mul', [values, values]),
      graph.constant(weights, [1, weights.length]),
    ]);
    return graph.node('ReduceSum', [squares, graph.integers([1])], { keepdims: 1 });
  };
  const scores = weighted(t, variances.map((variance) => perScores / variance)); // prettier-ignore
  const residual = weighted(rest, new Float64Array(p).fill(perResidual));
  return graph.node(join === 'sum' ? 'Add' : 'Max', [scores, residual]);
}
