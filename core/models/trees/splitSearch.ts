import type { Criterion, Cut } from '#core/models/trees/criterion.ts';
import type { SortedColumns } from '#core/models/trees/sortedColumns.ts';
import type { TreeRandom } from '#core/models/trees/treeRandom.ts';

/** A cut of a node: x[channel] ≤ threshold goes left. */
export interface Split {
  readonly channel: number;
  readonly threshold: number;
  /** As the criterion's; comparable within the node. */
  readonly score: number;
}

export interface SearchResult {
  readonly split: Split | null;
  /** How many channels are now known to be constant in this node, and so in all nodes below it. */
  readonly constants: number;
}

export interface SearchOptions {
  /** Channels to look at in each node. */
  readonly maxChannels: number;
  /** `best` tries every threshold of a channel, `random` one drawn between its smallest and largest value. */
  readonly thresholds: 'best' | 'random';
}

/**
 * Looks for the best cut of a node among channels drawn at random without replacement (Breiman 2001). Constant channels
 * do not help, so drawing goes on beyond `maxChannels` until one channel varies. Channels known to be constant higher up
 * stand first in the list and are not looked at again. Draw by draw as scikit-learn's trees.
 */
export function splitSearch(
  columns: SortedColumns,
  criterion: Criterion,
  { maxChannels, thresholds }: SearchOptions,
  random: TreeRandom,
) {
  const { rows, cols, values, order, place } = columns;
  const channels = Int32Array.from({ length: cols }, (_, j) => j);
  const constantChannels = new Int32Array(cols);
  const inNode = new Uint8Array(rows);
  const keys = new Int32Array(rows);
  const sorted = new Int32Array(rows + 1); // one more: the filter below writes one place ahead
  const cut: Cut = { score: -Infinity, position: -1 };

  const swap = (a: number, b: number): void => {
    const held = channels[a];
    channels[a] = channels[b];
    channels[b] = held;
  };

  /** Samples of the node by ascending value of a channel, into `sorted`. */
  function sortNode(samples: Int32Array, from: number, to: number, base: number, large: boolean): void {
    const count = to - from;
    if (large) {
      let at = 0;
      for (let i = 0; i < rows; i++) {
        const s = order[base + i];
        sorted[at] = s;
        at += inNode[s];
      }
      return;
    }
    for (let i = 0; i < count; i++) keys[i] = place[base + samples[from + i]];
    sortKeys(keys, count);
    for (let i = 0; i < count; i++) sorted[i] = order[base + keys[i]];
  }

  /** Best cut by one channel, or undefined when the channel is constant. */
  function bestOf(samples: Int32Array, from: number, to: number, channel: number, large: boolean): Split | undefined {
    const base = channel * rows;
    const count = to - from;
    sortNode(samples, from, to, base, large);
    if (!(values[base + sorted[count - 1]] > values[base + sorted[0]])) return undefined;
    criterion.scan(sorted, count, values, base, cut);
    if (cut.score === -Infinity) return { channel, threshold: NaN, score: -Infinity };
    const below = values[base + sorted[cut.position]];
    const above = values[base + sorted[cut.position + 1]];
    const middle = below / 2 + above / 2;
    return { channel, threshold: middle < above ? middle : below, score: cut.score };
  }

  function randomOf(samples: Int32Array, from: number, to: number, channel: number): Split | undefined {
    const base = channel * rows;
    let low = Infinity;
    let high = -Infinity;
    for (let i = from; i < to; i++) {
      const value = values[base + samples[i]];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (!(high > low)) return undefined;
    const drawn = random.uniform(low, high);
    const threshold = drawn < high ? drawn : low;
    return { channel, threshold, score: criterion.scoreAt(samples, from, to, values, base, threshold) };
  }

  /** The criterion must have entered the node. */
  return function find(samples: Int32Array, from: number, to: number, known: number): SearchResult {
    const large = (to - from) * FILTER_SHARE > rows;
    if (large && thresholds === 'best') for (let i = from; i < to; i++) inNode[samples[i]] = 1;
    let split: Split | null = null;
    let end = cols;
    let visited = 0;
    let found = 0;
    let drawnConstants = 0;
    while (end > known + found && (visited < maxChannels || visited <= found + drawnConstants)) {
      visited += 1;
      const draw = random.integer(drawnConstants, end - found);
      if (draw < known) {
        swap(draw, drawnConstants++);
        continue;
      }
      const at = draw + found;
      const channel = channels[at];
      const one =
        thresholds === 'best' ? bestOf(samples, from, to, channel, large) : randomOf(samples, from, to, channel);
      if (one === undefined) {
        swap(at, known + found++);
        continue;
      }
      swap(at, --end);
      if (one.score > (split?.score ?? -Infinity)) split = one;
    }
    if (large && thresholds === 'best') for (let i = from; i < to; i++) inNode[samples[i]] = 0;
    // The list may be in another order now; siblings and cousins rely on its first `known` entries.
    channels.set(constantChannels.subarray(0, known));
    constantChannels.set(channels.subarray(known, known + found), known);
    return { split, constants: known + found };
  };
}

export type FindSplit = ReturnType<typeof splitSearch>;

/** A node with more than 1 / FILTER_SHARE of all samples is sorted by filtering the sorted channel. */
const FILTER_SHARE = 8;

/** Sorts the first `count` keys in place. */
function sortKeys(keys: Int32Array, count: number): void {
  if (count > 40) {
    keys.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const key = keys[i];
    let at = i - 1;
    while (at >= 0 && keys[at] > key) {
      keys[at + 1] = keys[at];
      at -= 1;
    }
    keys[at + 1] = key;
  }
}
