import { randomState } from '#core/base/randomState.ts';
import type { FitContext } from '#core/data/operator.ts';
import { binnedColumns } from '#core/models/trees/binnedColumns.ts';
import type { BoostedState } from '#core/models/trees/boostedTrees.ts';
import type { HistogramLoss } from '#core/models/trees/histogramLosses.ts';
import { growHistogramTree } from '#core/models/trees/histogramTree.ts';
import { addSteps, treeTable } from '#core/models/trees/treeTable.ts';
import { takeRows, type Matrix } from '#core/numerics/matrix.ts';

export interface HistogramParams {
  readonly learning_rate: number;
  readonly max_iter: number;
  readonly max_leaf_nodes: number | null;
  readonly max_depth: number | null;
  readonly min_samples_leaf: number;
  readonly l2_regularization: number;
  readonly max_bins: number;
  readonly early_stopping: 'auto' | boolean;
  readonly validation_fraction: number | null;
  readonly n_iter_no_change: number;
  readonly tol: number;
  readonly random_state: number | null;
}

/** `auto` stops early on more samples than this. */
const MANY_SAMPLES = 10000;

/**
 * Gradient boosting on histograms: values in at most 255 bins a channel, so that a cut costs bins instead of samples.
 * Algorithm of LightGBM (Ke et al. 2017, NeurIPS 30, 3146–3154) in the form of scikit-learn.
 *
 * @param strata class codes, whose proportions the validation part of early stopping keeps; null in regression
 */
export function fitHistogramBoosting(
  x: Matrix,
  loss: HistogramLoss,
  params: HistogramParams,
  strata: Float64Array | null,
  context: FitContext,
): BoostedState {
  const stops = params.early_stopping === 'auto' ? x.rows > MANY_SAMPLES : params.early_stopping;
  const { train, validation } = stops
    ? heldOut(x.rows, params, strata, params.random_state ?? context.seed)
    : { train: everyRow(x.rows), validation: everyRow(0) };
  // Bins are learned from the rows that trees are fitted to; the others only ever meet thresholds.
  const columns = binnedColumns(train.length === x.rows ? x : takeRows(x, train), params.max_bins, context.cancel);
  const limits = {
    maxLeaves: params.max_leaf_nodes ?? Infinity,
    maxDepth: params.max_depth ?? Infinity,
    minLeaf: params.min_samples_leaf,
    penalty: params.l2_regularization,
  };
  const table = treeTable(1);
  const base = loss.start(train);
  const raw = Array.from(base, (value) => new Float64Array(x.rows).fill(value));
  const losses: number[] = [];
  const scores = stops ? [-loss.value(raw, validation)] : [];

  for (let round = 0; round < params.max_iter && !settled(scores, params); round++) {
    const before = raw.map((column) => column.slice()); // all trees of a round start from the same scores
    for (let k = 0; k < loss.outputs; k++) {
      context.cancel.check();
      const { gradients, hessians } = loss.derivatives(before, k);
      const own = (values: Float64Array): Float64Array =>
        train.length === x.rows ? values : Float64Array.from(train, (i) => values[i]);
      const tree = growHistogramTree(
        columns,
        own(gradients),
        hessians === null ? null : own(hessians),
        everyRow(train.length),
        limits,
        context.cancel,
      );
      const steps = tree.values.map((value, leaf) => {
        const rows = tree.samples.subarray(tree.leafFrom[leaf], tree.leafTo[leaf]).map((i) => train[i]);
        return params.learning_rate * (loss.leaf?.(rows, before[k]) ?? value);
      });
      table.add(tree, steps);
      addSteps(raw[k], x, tree, steps);
    }
    if (stops) scores.push(-loss.value(raw, validation));
    losses.push(loss.value(raw, train));
    const validationLoss = stops ? -(scores.at(-1) ?? NaN) : null;
    context.trained?.({ epoch: round + 1, epochs: params.max_iter, loss: losses[round], validationLoss });
  }
  return {
    ...{ trees: table.finish(), base, channels: x.cols },
    losses: Float64Array.from(losses),
    validation: Float64Array.from(scores.slice(1), (score) => -score),
  };
}

const everyRow = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** Whether none of the last rounds was better, by more than `tol`, than the one before them. */
function settled(scores: readonly number[], { n_iter_no_change, tol }: HistogramParams): boolean {
  if (scores.length < n_iter_no_change + 1) return false;
  const reference = (scores.at(-n_iter_no_change - 1) ?? NaN) + tol;
  return !scores.slice(-n_iter_no_change).some((score) => score > reference);
}

/** A random validation part, in the proportions of the classes; without a fraction, the training rows themselves. */
function heldOut(
  n: number,
  { validation_fraction }: HistogramParams,
  strata: Float64Array | null,
  seed: number,
): { train: Int32Array; validation: Int32Array } {
  if (validation_fraction === null) return { train: everyRow(n), validation: everyRow(n) };
  const fraction = validation_fraction < 1 ? validation_fraction : Math.min(0.5, validation_fraction / n);
  const order = randomState(seed).permutation(n);
  const seen = new Map<number, number>();
  const held = new Uint8Array(n);
  // Walks each class in random order and holds out whenever its share is due.
  for (const row of order) {
    const stratum = strata?.[row] ?? 0;
    const count = (seen.get(stratum) ?? 0) + 1;
    seen.set(stratum, count);
    if (Math.floor(count * fraction) > Math.floor((count - 1) * fraction)) held[row] = 1;
  }
  return { train: everyRow(n).filter((i) => held[i] === 0), validation: everyRow(n).filter((i) => held[i] === 1) };
}
