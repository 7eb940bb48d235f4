import { randomState } from '#core/base/randomState.ts';
import type { FitContext } from '#core/data/operator.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { checkChannels } from '#core/models/trees/checkTraining.ts';
import type { Criterion, SideLimits } from '#core/models/trees/criterion.ts';
import { growTree } from '#core/models/trees/growTree.ts';
import { sortedColumns } from '#core/models/trees/sortedColumns.ts';
import { splitSearch } from '#core/models/trees/splitSearch.ts';
import { treeRandom } from '#core/models/trees/treeRandom.ts';
import { leavesOnnx } from '#core/models/trees/treesOnnx.ts';
import { channelsPerCut, growLimits, type TreeParams } from '#core/models/trees/treeSettings.ts';
import { leafOf, treeTable, type TreeTable } from '#core/models/trees/treeTable.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Trees whose values are averaged: a forest, or a single tree. */
export interface ForestState extends Readonly<Record<string, TreeTable | number>> {
  readonly trees: TreeTable;
  readonly channels: number;
}

export interface ForestOptions {
  readonly trees: number;
  readonly thresholds: 'best' | 'random';
  /** Samples drawn with replacement for each tree; null: every tree sees every sample once. */
  readonly bootstrap: number | null;
  readonly seed: number;
  /** True for a single tree: its generator starts from the seed itself. */
  readonly single?: boolean;
  readonly outputs: number;
  /** How often each sample was drawn → its weight. */
  readonly weigh: (counts: Float64Array) => Float64Array;
  readonly criterion: (weights: Float64Array, limits: SideLimits) => Criterion;
}

/** Largest value of a tree's seed, NumPy's largest 32-bit integer less one. */
const LARGEST_TREE_SEED = 0x7ffffffe;

/** Grows trees on bootstrap samples. Seeds are drawn as scikit-learn draws them, so its forests can be reproduced. */
export function fitForest(x: Matrix, params: TreeParams, options: ForestOptions, context: FitContext): ForestState {
  const columns = sortedColumns(x, context.cancel);
  const table = treeTable(options.outputs);
  const seeds = randomState(options.seed);
  for (let tree = 0; tree < options.trees; tree++) {
    context.cancel.check();
    const seed = options.single === true ? options.seed : seeds.interval(LARGEST_TREE_SEED);
    const counts =
      options.bootstrap === null ? new Float64Array(x.rows).fill(1) : drawn(x.rows, options.bootstrap, seed);
    const weights = options.weigh(counts);
    const samples = Int32Array.from(weights.keys()).filter((i) => weights[i] > 0);
    const limits = growLimits(
      params,
      x.rows,
      weights.reduce((sum, weight) => sum + weight, 0),
    );
    const criterion = options.criterion(weights, limits);
    const find = splitSearch(
      columns,
      criterion,
      { maxChannels: channelsPerCut(params.max_features, x.cols), thresholds: options.thresholds },
      treeRandom(randomState(seed).interval(LARGEST_TREE_SEED)),
    );
    const grown = growTree(columns, criterion, find, samples, limits, context.cancel);
    table.add(grown, grown.values);
  }
  return { trees: table.finish(), channels: x.cols };
}

/** How often each of n rows is drawn in `size` draws with replacement. */
function drawn(n: number, size: number, seed: number): Float64Array {
  const counts = new Float64Array(n);
  for (const row of randomState(seed).randint(0, n, size)) counts[row] += 1;
  return counts;
}

/** Mean over the trees of what their leaves predict, n × outputs; NaN where a value on the way is missing. */
export function predictForest(operator: string, x: Matrix, { trees, channels }: ForestState): Matrix {
  checkChannels(operator, x, channels);
  const { roots, values, outputs } = trees;
  const out = zeros(x.rows, outputs);
  for (let i = 0; i < x.rows; i++) {
    const row = i * outputs;
    for (const root of roots) {
      const leaf = leafOf(trees, root, x.data, i * channels);
      for (let k = 0; k < outputs; k++) out.data[row + k] += leaf < 0 ? NaN : values[leaf * outputs + k];
    }
    for (let k = 0; k < outputs; k++) out.data[row + k] /= roots.length;
  }
  return out;
}

/** The same as a graph, n × outputs. */
export function forestOnnx(graph: OnnxGraph, input: OnnxValue, { trees }: ForestState): OnnxValue {
  const { values, outputs } = trees;
  const leaves = leavesOnnx(graph, input, trees);
  const table = graph.constant(values, [values.length / outputs, outputs]);
  const byTree = graph.node('Gather', [table, leaves], { axis: 0 });
  return { name: graph.node('ReduceMean', [byTree], { axes: [1], keepdims: 0 }), cols: outputs };
}

/** Bootstrap size: a fraction (up to 1) of n, a number of samples, or n. */
export function bootstrapSize(maxSamples: number | null, n: number): number {
  if (maxSamples === null) return n;
  return maxSamples <= 1 ? Math.max(1, Math.round(maxSamples * n)) : Math.min(n, maxSamples);
}
