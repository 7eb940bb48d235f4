import type { LossCurve } from '#core/data/lossCurve.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { checkChannels } from '#core/models/trees/checkTraining.ts';
import { leavesOnnx } from '#core/models/trees/treesOnnx.ts';
import { leafOf, type TreeTable } from '#core/models/trees/treeTable.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Trees whose values are added to a constant; tree t belongs to output t mod K. */
export interface BoostedState extends Readonly<Record<string, TreeTable | Float64Array | Int32Array | number>> {
  /** Leaf values carry the learning rate. */
  readonly trees: TreeTable;
  /** Starting score of each output. */
  readonly base: Float64Array;
  readonly channels: number;
  /** Mean training loss after each round. */
  readonly losses: Float64Array;
  /** The same of the part held out for early stopping; empty without one. */
  readonly validation: Float64Array;
}

/** Models that were stored before losses were kept have none. */
export const boostedLosses = ({
  losses = new Float64Array(0),
  validation = new Float64Array(0),
}: Partial<Pick<BoostedState, 'losses' | 'validation'>>): LossCurve => ({
  training: losses,
  validation: validation.length === 0 ? null : validation,
});

/** Scores, n × K; NaN where a value on the way is missing. */
export function boostedScores(operator: string, x: Matrix, { trees, base, channels }: BoostedState): Matrix {
  checkChannels(operator, x, channels);
  const { roots, values } = trees;
  const K = base.length;
  const out = zeros(x.rows, K);
  for (let i = 0; i < x.rows; i++) {
    for (let k = 0; k < K; k++) out.data[i * K + k] = base[k];
    for (let t = 0; t < roots.length; t++) {
      const leaf = leafOf(trees, roots[t], x.data, i * channels);
      out.data[i * K + (t % K)] += leaf < 0 ? NaN : values[leaf];
    }
  }
  return out;
}

/** The same as a graph, n × K. */
export function boostedOnnx(graph: OnnxGraph, input: OnnxValue, { trees, base }: BoostedState): OnnxValue {
  const K = base.length;
  const leaves = leavesOnnx(graph, input, trees);
  const steps = graph.node('Gather', [graph.constant(trees.values, [trees.values.length]), leaves], { axis: 0 });
  const byOutput = graph.node('Reshape', [steps, graph.integers([0, trees.roots.length / K, K])]);
  const sum = graph.node('ReduceSum', [byOutput, graph.integers([1])], { keepdims: 0 });
  return { name: graph.node('Add', [sum, graph.constant(base, [1, K])]), cols: K };
}
