import type { CancelToken } from '#core/base/cancellation.ts';
import type { BinnedColumns } from '#core/models/trees/binnedColumns.ts';
import type { GrownTree } from '#core/models/trees/growTree.ts';
import { histogramSplits, type BinSplit, type Histogram } from '#core/models/trees/histogramSplits.ts';

export interface HistogramLimits {
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly minLeaf: number;
  /** L2 penalty on the values of leaves. */
  readonly penalty: number;
}

interface Node {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
}
interface Open extends Node {
  readonly split: BinSplit;
  readonly histogram: Histogram;
}

/**
 * A regression tree on binned channels (Ke et al. 2017, NeurIPS 30, 3146–3154): the leaf whose cut gains most is cut
 * first. The histogram of the larger child is that of the parent minus that of the smaller one. Leaves carry the Newton
 * step −G / (H + penalty).
 *
 * @param gradients, hessians first and second derivatives of the loss by the score, one for each row; no hessians: all 1
 * @param samples rows to learn from; reordered in place
 */
export function growHistogramTree(
  columns: BinnedColumns,
  gradients: Float64Array,
  hessians: Float64Array | null,
  samples: Int32Array,
  limits: HistogramLimits,
  cancel: CancelToken,
): GrownTree {
  const splits = histogramSplits(columns, gradients, hessians, limits);
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
  const waiting: Open[] = [];
  let leaves = 1;

  const addNode = (): number => {
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    return tree.channel.push(-1) - 1;
  };

  function close({ id, from, to, gradient, hessian }: Node): void {
    tree.left[id] = tree.leafFrom.length;
    tree.leafFrom.push(from);
    tree.leafTo.push(to);
    tree.values.push(-gradient / (hessian + limits.penalty + TINY));
  }

  const canCut = ({ from, to, depth, hessian }: Node): boolean =>
    to - from >= 2 * limits.minLeaf && depth < limits.maxDepth && hessian >= SMALLEST_HESSIAN;

  function open(node: Node, histogram: Histogram): void {
    const split = splits.best(histogram, node.to - node.from, node.gradient, node.hessian);
    if (split === null) {
      splits.release(histogram);
      close(node);
    } else waiting.push({ ...node, split, histogram });
  }

  function cut({ id, from, to, depth, gradient, hessian, split, histogram }: Open): void {
    cancel.check();
    const middle = partition(columns, samples, from, to, split);
    const below = (start: number, end: number, g: number, h: number): Node => ({
      id: addNode(),
      from: start,
      to: end,
      depth: depth + 1,
      gradient: g,
      hessian: h,
    });
    const left = below(from, middle, split.leftGradient, split.leftHessian);
    const right = below(middle, to, gradient - split.leftGradient, hessian - split.leftHessian);
    tree.channel[id] = split.channel;
    tree.threshold[id] = columns.edges[split.channel][split.bin];
    tree.left[id] = left.id;
    tree.right[id] = right.id;
    leaves += 1;
    const cuttable = leaves < limits.maxLeaves ? [left, right].filter(canCut) : [];
    for (const child of [left, right]) if (!cuttable.includes(child)) close(child);
    if (cuttable.length === 0) {
      splits.release(histogram);
      return;
    }
    const [small, large] = middle - from < to - middle ? [left, right] : [right, left];
    const ofSmall = splits.histogramOf(samples, small.from, small.to);
    splits.subtract(histogram, ofSmall);
    const histograms = new Map([
      [small, ofSmall],
      [large, histogram],
    ]);
    for (const [child, own] of histograms)
      if (cuttable.includes(child)) open(child, own);
      else splits.release(own);
  }

  const [gradient, hessian] = totals(samples, gradients, hessians);
  const root: Node = { id: addNode(), from: 0, to: samples.length, depth: 0, gradient, hessian };
  if (canCut(root)) open(root, splits.histogramOf(samples, 0, samples.length));
  else close(root);
  while (leaves < limits.maxLeaves && waiting.length > 0) {
    let best = 0;
    for (let i = 1; i < waiting.length; i++) if (waiting[i].split.gain > waiting[best].split.gain) best = i;
    const [node] = waiting.splice(best, 1);
    cut(node);
  }
  waiting.forEach(close);
  return tree;
}

function totals(samples: Int32Array, gradients: Float64Array, hessians: Float64Array | null): [number, number] {
  let [gradient, hessian] = [0, 0];
  for (const s of samples) {
    gradient += gradients[s];
    hessian += hessians === null ? 1 : hessians[s];
  }
  return [gradient, hessian];
}

/** Moves samples of the bin of the cut and below to the front; returns where the others begin. */
function partition(columns: BinnedColumns, samples: Int32Array, from: number, to: number, split: BinSplit): number {
  const base = split.channel * columns.rows;
  let left = from;
  let right = to;
  while (left < right) {
    const s = samples[left];
    if (columns.bins[base + s] <= split.bin) left += 1;
    else {
      right -= 1;
      samples[left] = samples[right];
      samples[right] = s;
    }
  }
  return left;
}

/** Keeps an empty curvature from dividing by zero. */
const TINY = 1e-15;
/** A node with less curvature than this is certain enough. */
const SMALLEST_HESSIAN = 1e-3;
