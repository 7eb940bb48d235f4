import type { CancelToken } from '#core/base/cancellation.ts';
import { randomState, type RandomState } from '#core/base/randomState.ts';
import type { State } from '#core/data/operator.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

export interface IsolationOptions {
  readonly trees: number;
  /** Samples that each tree is grown from. */
  readonly samples: number;
  /** Channels that each tree may cut. */
  readonly channels: number;
  readonly bootstrap: boolean;
  readonly seed: number;
}

/** Trees with their nodes in the order of growth; a leaf has channel −1. */
export interface IsolationTrees extends State {
  readonly samples: number;
  readonly trees: readonly IsolationTree[];
}
interface IsolationTree extends State {
  readonly channel: Int32Array;
  readonly cut: Float64Array;
  /** Numbers of the nodes to the left (value ≤ cut); the right one follows it. */
  readonly left: Int32Array;
  /** Leaves: cuts on the way plus those that the remaining samples would still need. */
  readonly depth: Float64Array;
}

/**
 * An isolation forest (Liu, Ting & Zhou 2008, ICDM, 413–422; 2012, ACM TKDD 6(1), 3): trees that cut a random channel at
 * a random place until every sample stands alone or the depth is that of a balanced tree. Outliers stand alone soon.
 *
 * @param x n × p without missing values
 */
export function growIsolationTrees(x: Matrix, options: IsolationOptions, cancel: CancelToken): IsolationTrees {
  const random = randomState(options.seed);
  const most = Math.ceil(Math.log2(Math.max(options.samples, 2)));
  const trees = Array.from({ length: options.trees }, () => {
    cancel.check();
    // A sample drawn twice counts once, as in scikit-learn.
    const rows = options.bootstrap
      ? Int32Array.from(new Set(random.randint(0, x.rows, options.samples)))
      : random.choice(x.rows, options.samples);
    const channels = options.channels === x.cols ? null : random.choice(x.cols, options.channels);
    return growTree(x, rows, channels, most, random);
  });
  return { samples: options.samples, trees };
}

/**
 * The anomaly score of each row with its sign turned, as scikit-learn's `score_samples`: −1 for certain outliers, about
 * −0.5 where nothing stands out; NaN for a row with a missing value.
 */
export function isolationScores(x: Matrix, { samples, trees }: IsolationTrees): Float64Array {
  const usual = averagePath(samples);
  return Float64Array.from({ length: x.rows }, (_, i) => {
    const spectrum = rowOf(x, i);
    if (!spectrum.every(Number.isFinite)) return NaN;
    let sum = 0;
    for (const tree of trees) {
      let node = 0;
      while (tree.channel[node] >= 0) node = tree.left[node] + (spectrum[tree.channel[node]] <= tree.cut[node] ? 0 : 1);
      sum += tree.depth[node];
    }
    return -(2 ** -(sum / trees.length / (usual || 1)));
  });
}

function growTree(
  x: Matrix,
  rows: Int32Array,
  channels: Int32Array | null,
  most: number,
  random: RandomState,
): IsolationTree {
  const nodes = [{ rows, level: 0 }];
  const channel: number[] = [];
  const cut: number[] = [];
  const left: number[] = [];
  const depth: number[] = [];
  for (const node of nodes) {
    const found = node.level < most && node.rows.length > 1 ? randomCut(x, node.rows, channels, random) : null;
    channel.push(found?.channel ?? -1);
    cut.push(found?.cut ?? 0);
    left.push(found === null ? -1 : nodes.length);
    depth.push(node.level + averagePath(node.rows.length));
    if (found === null) continue;
    const goesLeft = (row: number): boolean => x.data[row * x.cols + found.channel] <= found.cut;
    nodes.push({ rows: node.rows.filter(goesLeft), level: node.level + 1 });
    nodes.push({ rows: node.rows.filter((row) => !goesLeft(row)), level: node.level + 1 });
  }
  return {
    channel: Int32Array.from(channel),
    cut: Float64Array.from(cut),
    left: Int32Array.from(left),
    depth: Float64Array.from(depth),
  };
}

/** A random channel in which the rows differ, cut uniformly between their extremes; null when they differ in none. */
function randomCut(
  x: Matrix,
  rows: Int32Array,
  channels: Int32Array | null,
  random: RandomState,
): { channel: number; cut: number } | null {
  const count = channels?.length ?? x.cols;
  const first = random.interval(count - 1);
  // From a random channel on: constant channels are rare, and skipped.
  for (let step = 0; step < count; step++) {
    const at = (first + step) % count;
    const channel = channels === null ? at : channels[at];
    let low = Infinity;
    let high = -Infinity;
    for (const row of rows) {
      const value = x.data[row * x.cols + channel];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (!(high > low)) continue;
    const cut = low + random.random() * (high - low);
    return { channel, cut: cut < high ? cut : low }; // rounding must not leave the right side empty
  }
  return null;
}

/** Mean number of comparisons of an unsuccessful search in a binary tree of n samples. */
function averagePath(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}

const EULER = 0.5772156649015329;
