import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { TreeTable } from '#core/models/trees/treeTable.ts';

/**
 * Writes trees into a graph and returns the name of the n × T numbers of the leaves that the spectra reach, int64.
 *
 * ONNX's tree operator of this version answers in single precision, so it is only asked for leaf numbers, which are
 * exact there up to 2²⁴ leaves a tree; the values of the leaves are looked up in double precision afterwards.
 * Thresholds are doubles, so that every comparison is the engine's.
 */
export function leavesOnnx(
  graph: OnnxGraph,
  input: OnnxValue,
  { roots, channel, threshold, right }: TreeTable,
): string {
  const nodes = channel.length;
  const treeIds: number[] = [];
  const nodeIds: number[] = [];
  const whenTrue: number[] = [];
  const whenFalse: number[] = [];
  const leafTrees: number[] = [];
  const leafNodes: number[] = [];
  const leafNumbers: number[] = [];
  const firstLeaves: number[] = [];
  roots.forEach((root, tree) => {
    const end = tree + 1 < roots.length ? roots[tree + 1] : nodes;
    firstLeaves.push(leafNumbers.length);
    for (let node = root; node < end; node++) {
      const leaf = channel[node] < 0;
      treeIds.push(tree);
      nodeIds.push(node - root);
      whenTrue.push(leaf ? 0 : node - root + 1);
      whenFalse.push(leaf ? 0 : right[node] - root);
      if (!leaf) continue;
      leafTrees.push(tree);
      leafNodes.push(node - root);
      leafNumbers.push(right[node]);
    }
  });
  const local = Float64Array.from(leafNumbers, (leaf, i) => leaf - firstLeaves[leafTrees[i]]);
  const reached = graph.node(
    'TreeEnsembleRegressor',
    [input.name],
    {
      n_targets: roots.length,
      aggregate_function: { text: 'SUM' },
      post_transform: { text: 'NONE' },
      nodes_treeids: treeIds,
      nodes_nodeids: nodeIds,
      nodes_featureids: Array.from(channel, (j) => Math.max(0, j)),
      nodes_modes: { texts: Array.from(channel, (j) => (j < 0 ? 'LEAF' : 'BRANCH_LEQ')) },
      nodes_values_as_tensor: { doubles: threshold, shape: [nodes] },
      nodes_truenodeids: whenTrue,
      nodes_falsenodeids: whenFalse,
      target_treeids: leafTrees,
      target_nodeids: leafNodes,
      target_ids: leafTrees,
      target_weights_as_tensor: { doubles: local, shape: [local.length] },
    },
    'ai.onnx.ml',
  );
  const number = graph.node('Cast', [reached], { to: INT64 });
  return graph.node('Add', [number, graph.integers(firstLeaves)]);
}

/** ONNX's number for the type of 64-bit integers. */
const INT64 = 7;
