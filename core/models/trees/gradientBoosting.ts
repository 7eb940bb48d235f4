import { randomState, type RandomState } from '#core/base/randomState.ts';
import type { FitContext } from '#core/data/operator.ts';
import { boostedScores, type BoostedState } from '#core/models/trees/boostedTrees.ts';
import type { BoostingLoss } from '#core/models/trees/boostingLosses.ts';
import { growTree } from '#core/models/trees/growTree.ts';
import { joinTrees } from '#core/models/trees/joinTrees.ts';
import { sortedColumns } from '#core/models/trees/sortedColumns.ts';
import { splitSearch } from '#core/models/trees/splitSearch.ts';
import { treeRandom } from '#core/models/trees/treeRandom.ts';
import { channelsPerCut, growLimits, type TreeParams } from '#core/models/trees/treeSettings.ts';
import { addSteps, treeTable } from '#core/models/trees/treeTable.ts';
import { varianceCriterion } from '#core/models/trees/varianceCriterion.ts';
import { columnOf, type Matrix } from '#core/numerics/matrix.ts';

export interface BoostingParams extends TreeParams {
  readonly n_estimators: number;
  readonly learning_rate: number;
  readonly subsample: number;
  readonly init: 'zero' | null;
  readonly random_state: number | null;
}

/** Rounds of a warm start for each round of a cold one. */
const FURTHER = 0.5;

/** Largest seed of a tree. */
const LARGEST_TREE_SEED = 0x7ffffffe;

/**
 * Gradient boosting: each round grows a regression tree on the negative gradient of the loss and adds its leaves, with
 * the best step for each leaf, times the learning rate. Friedman (2001) Annals of Statistics 29, 1189–1232,
 * doi:10.1214/aos/1013203451; with `subsample` < 1 stochastic, Friedman (2002) Computational Statistics & Data Analysis
 * 38, 367–378, doi:10.1016/S0167-9473(01)00065-2. Random draws as scikit-learn makes them.
 *
 * A warm start keeps the trees of the fold as they are and adds half as many rounds, grown on all rows. They correct what
 * the fold's trees leave, most of all in the rows that the fold did not have, and bring the training loss to where a cold
 * start ends; the model has half as many trees more. (Taking over the cuts alone and learning the leaves anew keeps the
 * number of trees but leaves a loss several times as large: cuts are half of what boosting learns.)
 *
 * @param earlier the model to go on from
 */
export function fitGradientBoosting(
  x: Matrix,
  loss: BoostingLoss,
  params: BoostingParams,
  context: FitContext,
  earlier: BoostedState | null = null,
): BoostedState {
  const n = x.rows;
  const rounds = earlier === null ? params.n_estimators : Math.ceil(FURTHER * params.n_estimators);
  const columns = sortedColumns(x, context.cancel);
  const random = randomState(params.random_state ?? context.seed);
  const everyRow = Int32Array.from({ length: n }, (_, i) => i);
  const ones = new Float64Array(n).fill(1);
  const maxChannels = channelsPerCut(params.max_features, x.cols);
  const table = treeTable(1);
  const base = earlier?.base ?? (params.init === 'zero' ? new Float64Array(loss.outputs) : loss.start());
  const reached = earlier === null ? null : boostedScores('Gradient boosting', x, earlier);
  const raw = Array.from(base, (value, k) =>
    reached === null ? new Float64Array(n).fill(value) : columnOf(reached, k),
  );

  const losses = new Float64Array(rounds);

  for (let round = 0; round < rounds; round++) {
    const inBag = params.subsample < 1 ? subsample(n, params.subsample, random) : everyRow;
    const before = raw.map((scores) => scores.slice()); // all trees of a round start from the same scores
    const limits = growLimits(params, n, inBag.length);
    for (let k = 0; k < loss.outputs; k++) {
      context.cancel.check();
      const residual = loss.residual(before, k);
      const criterion = varianceCriterion(residual, ones, limits);
      const channelDraws = treeRandom(random.interval(LARGEST_TREE_SEED));
      const find = splitSearch(columns, criterion, { maxChannels, thresholds: 'best' }, channelDraws);
      const tree = growTree(columns, criterion, find, inBag.slice(), limits, context.cancel);
      const steps = tree.leafFrom.map(
        (from, leaf) =>
          params.learning_rate * loss.leaf(tree.samples.subarray(from, tree.leafTo[leaf]), residual, before[k]),
      );
      table.add(tree, steps);
      addSteps(raw[k], x, tree, steps);
    }
    losses[round] = loss.value(raw);
    context.trained?.({ epoch: round + 1, epochs: rounds, loss: losses[round], validationLoss: null });
  }
  const grown = table.finish();
  return {
    trees: earlier === null ? grown : joinTrees(earlier.trees, grown),
    ...{ base, channels: x.cols, losses, validation: new Float64Array(0) },
  };
}

/** A fraction of the rows, at least one, without replacement: in one pass, each row with the chance that is left. */
function subsample(n: number, fraction: number, random: RandomState): Int32Array {
  const wanted = Math.max(1, Math.floor(fraction * n));
  const draws = Float64Array.from({ length: n }, () => random.random());
  const rows: number[] = [];
  for (let i = 0; i < n; i++) if (draws[i] * (n - i) < wanted - rows.length) rows.push(i);
  return Int32Array.from(rows);
}
