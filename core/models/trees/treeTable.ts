import type { GrownTree } from '#core/models/trees/growTree.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * Trees as flat arrays. Nodes stand in preorder, so the left child of node i is node i + 1. A node that cuts sends
 * x[channel] ≤ threshold to the left and the rest to node `right`; a leaf has channel −1 and its number in `right`.
 */
export interface TreeTable extends Readonly<Record<string, Int32Array | Float64Array | number>> {
  /** First node of each tree. */
  readonly roots: Int32Array;
  readonly channel: Int32Array;
  readonly threshold: Float64Array;
  readonly right: Int32Array;
  /** Values of leaf l: `outputs` numbers from `values[l * outputs]`. */
  readonly values: Float64Array;
  readonly outputs: number;
}

/** Collects grown trees. */
export function treeTable(outputs: number) {
  const roots: number[] = [];
  const channel: number[] = [];
  const threshold: number[] = [];
  const right: number[] = [];
  const values: number[] = [];

  return {
    /** @param leafValues `outputs` numbers for each leaf of the tree */
    add(tree: Nodes, leafValues: readonly number[]): void {
      const firstLeaf = values.length / outputs;
      roots.push(channel.length);
      // Each entry: a node and the place of the parent that waits for it as its right child, or −1.
      const waiting: [node: number, parent: number][] = [[0, -1]];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [node, parent] = next;
        const place = channel.length;
        if (parent >= 0) right[parent] = place;
        channel.push(tree.channel[node]);
        threshold.push(tree.threshold[node]);
        right.push(tree.channel[node] < 0 ? firstLeaf + tree.left[node] : -1);
        if (tree.channel[node] >= 0) waiting.push([tree.right[node], place], [tree.left[node], -1]);
      }
      for (const value of leafValues) values.push(value);
    },
    finish: (): TreeTable => ({
      roots: Int32Array.from(roots),
      channel: Int32Array.from(channel),
      threshold: Float64Array.from(threshold),
      right: Int32Array.from(right),
      values: Float64Array.from(values),
      outputs,
    }),
  };
}

/** The leaf that a spectrum reaches in the tree with this root; −1 when a value on its way is missing. */
export function leafOf(trees: TreeTable, root: number, data: Float64Array, offset: number): number {
  const { channel, threshold, right } = trees;
  let node = root;
  while (channel[node] >= 0) {
    const value = data[offset + channel[node]];
    if (value <= threshold[node]) node += 1;
    else if (value > threshold[node]) node = right[node];
    else return -1;
  }
  return right[node];
}

/** Adds to the score of every spectrum the step of the leaf that it reaches. */
export function addSteps(scores: Float64Array, x: Matrix, tree: Nodes, steps: readonly number[]): void {
  const one = treeTable(1);
  one.add(tree, steps);
  const trees = one.finish();
  for (let i = 0; i < x.rows; i++) scores[i] += steps[leafOf(trees, 0, x.data, i * x.cols)];
}

type Nodes = Pick<GrownTree, 'channel' | 'threshold' | 'left' | 'right'>;
