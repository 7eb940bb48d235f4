/** Where the samples of a node are cut, and how good that is. */
export interface Cut {
  /** Larger is better; −Infinity when no cut respects the limits. Comparable within one node. */
  score: number;
  /** Position, among the sorted samples, of the last one that goes left. */
  position: number;
}

/** What a cut must leave on each side. */
export interface SideLimits {
  /** Number of samples. */
  readonly minLeaf: number;
  /** Sum of sample weights. */
  readonly minWeight: number;
}

/** Measures how well cuts separate a target. Holds the totals of one node at a time. */
export interface Criterion {
  /** Values that a leaf predicts: 1, or one probability for each class. */
  readonly outputs: number;
  /** Takes up the node of these samples; false when all of them have the same target, so that no cut can help. */
  enter(samples: Int32Array, from: number, to: number): boolean;
  /** Sum of weights of the node. */
  weight(): number;
  /** Score of the node uncut, so that `score − uncut()` is the weighted decrease of impurity. */
  uncut(): number;
  /** Best cut of samples sorted by a channel whose values begin at `base`. Never cuts between equal values. */
  scan(sorted: Int32Array, count: number, values: Float64Array, base: number, cut: Cut): void;
  /** Score of one given threshold (x ≤ threshold goes left). */
  scoreAt(samples: Int32Array, from: number, to: number, values: Float64Array, base: number, threshold: number): number;
  /** Appends what a leaf of the entered node predicts. */
  leaf(into: number[]): void;
}
