import type { CancelToken } from '#core/base/cancellation.ts';
import type { Criterion } from '#core/models/trees/criterion.ts';
import type { SortedColumns } from '#core/models/trees/sortedColumns.ts';
import type { FindSplit, Split } from '#core/models/trees/splitSearch.ts';

export interface GrowLimits {
  readonly maxDepth: number;
  /** Nodes with fewer samples are leaves. */
  readonly minSplit: number;
  readonly minLeaf: number;
  readonly minWeight: number;
  /** Grows the node with the largest decrease of impurity first, up to this many leaves; Infinity: depth first. */
  readonly maxLeaves: number;
  /** Smallest decrease of impurity, weighted by the share of the node in the total weight. */
  readonly minDecrease: number;
}

/** A tree as it was grown: node 0 is the root. */
export interface GrownTree {
  /** Channel of the cut; −1 for leaves. */
  readonly channel: number[];
  readonly threshold: number[];
  /** Node numbers; for leaves `left` is the number of the leaf. */
  readonly left: number[];
  readonly right: number[];
  /** Outputs of the leaves, leaf by leaf. */
  readonly values: number[];
  /** Samples of leaf l: `samples` from `leafFrom[l]` to `leafTo[l]`. */
  readonly leafFrom: number[];
  readonly leafTo: number[];
  readonly samples: Int32Array;
}

interface Node {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly constants: number;
}
interface Open extends Node {
  readonly split: Split;
  /** Decrease of impurity, weighted. */
  readonly decrease: number;
}

/**
 * Classification and regression tree (Breiman, Friedman, Olshen & Stone 1984), grown without pruning.
 *
 * @param samples rows to learn from, each once; reordered in place
 */
export function growTree(
  columns: SortedColumns,
  criterion: Criterion,
  find: FindSplit,
  samples: Int32Array,
  limits: GrowLimits,
  cancel: CancelToken,
): GrownTree {
  const tree: GrownTree = {
    channel: [],
    threshold: [],
    left: [],
    right: [],
    values: [],
    leafFrom: [],
    leafTo: [],
    samples,
  };
  let totalWeight = 0;

  function addNode(): number {
    tree.channel.push(-1);
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    return tree.channel.length - 1;
  }

  /** The node's best cut, or null after making it a leaf. */
  function open(node: Node): Open | null {
    cancel.check();
    const { from, to, depth } = node;
    const varies = criterion.enter(samples, from, to);
    if (node.id === 0) totalWeight = criterion.weight();
    const small =
      to - from < limits.minSplit || to - from < 2 * limits.minLeaf || criterion.weight() < 2 * limits.minWeight;
    if (varies && !small && depth < limits.maxDepth) {
      const { split, constants } = find(samples, from, to, node.constants);
      const decrease = split === null ? -Infinity : (split.score - criterion.uncut()) / totalWeight;
      if (split !== null && decrease + Number.EPSILON >= limits.minDecrease)
        return { ...node, split, decrease, constants };
    }
    close(node);
    return null;
  }

  function close({ id, from, to }: Node): void {
    tree.left[id] = tree.leafFrom.length;
    tree.leafFrom.push(from);
    tree.leafTo.push(to);
    criterion.enter(samples, from, to);
    criterion.leaf(tree.values);
  }

  /** Cuts the node's samples and returns its two children, the left one first. */
  function cutNode({ id, from, to, depth, constants, split }: Open): [Node, Node] {
    const middle = partition(columns, samples, from, to, split);
    tree.channel[id] = split.channel;
    tree.threshold[id] = split.threshold;
    const below = (start: number, end: number): Node => ({
      id: addNode(),
      from: start,
      to: end,
      depth: depth + 1,
      constants,
    });
    const [left, right] = [below(from, middle), below(middle, to)];
    tree.left[id] = left.id;
    tree.right[id] = right.id;
    return [left, right];
  }

  const root: Node = { id: addNode(), from: 0, to: samples.length, depth: 0, constants: 0 };
  if (limits.maxLeaves === Infinity) depthFirst(root);
  else bestFirst(root, limits.maxLeaves);
  return tree;

  function depthFirst(start: Node): void {
    const waiting = [start];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const ready = open(node);
      if (ready !== null) waiting.push(...cutNode(ready).toReversed());
    }
  }

  function bestFirst(start: Node, maxLeaves: number): void {
    const waiting = [open(start)].filter((node) => node !== null);
    for (let leaves = 1; leaves < maxLeaves && waiting.length > 0; leaves++) {
      const best = waiting.reduce((a, b) => (b.decrease > a.decrease ? b : a));
      waiting.splice(waiting.indexOf(best), 1);
      for (const child of cutNode(best)) {
        const ready = open(child);
        if (ready !== null) waiting.push(ready);
      }
    }
    waiting.forEach(close);
  }
}

/** Moves samples at or below the threshold to the front; returns where the others begin. */
function partition(columns: SortedColumns, samples: Int32Array, from: number, to: number, split: Split): number {
  const base = split.channel * columns.rows;
  let left = from;
  let right = to;
  while (left < right) {
    const s = samples[left];
    if (columns.values[base + s] <= split.threshold) left += 1;
    else {
      right -= 1;
      samples[left] = samples[right];
      samples[right] = s;
    }
  }
  return left;
}
