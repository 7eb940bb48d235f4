import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { comparedDepth } from '#core/models/trees/comparedDepth.ts';
import type { ForestState } from '#core/models/trees/forest.ts';
import { forestRegressor } from '#core/models/trees/forestModels.ts';
import { treeParameters } from '#core/models/trees/treeParameters.ts';
import type { TreeParams } from '#core/models/trees/treeSettings.ts';

interface Params extends TreeParams {
  readonly splitter: 'best' | 'random';
  readonly random_state: number | null;
}

/** Cuts the samples again and again by one channel and predicts the mean of each part. Agrees with scikit-learn's `DecisionTreeRegressor`, seed for seed. */
export const decisionTreeRegressor = defineModel<Params, ForestState>({
  id: 'DecisionTreeRegressor',
  version: 1,
  title: 'Decision tree',
  group: 'regression',
  task: 'regression',
  summary: 'Cuts the samples again and again by one channel and predicts the mean of each part.',
  whenToUse: 'To see which few channels matter, or for targets that change in steps.',
  whenNotToUse:
    'For calibration in general: the prediction jumps, a small change of the data gives another tree, and it never leaves the range of the training targets.',
  references: [
    'Breiman, L., Friedman, J. H., Olshen, R. A. & Stone, C. J. (1984) Classification and Regression Trees. Wadsworth. doi:10.1201/9781315139470',
  ],
  aliases: ['DecisionTree', 'sklearn.tree.DecisionTreeRegressor', 'sklearn.tree._classes.DecisionTreeRegressor'],
  params: z.strictObject({
    criterion: treeParameters.squares,
    splitter: z.enum(['best', 'random']).default('best').meta({
      title: 'Thresholds',
      description: 'The best threshold of each channel, or one drawn at random.',
    }),
    max_depth: treeParameters.maxDepth(null),
    min_samples_split: treeParameters.minSamplesSplit,
    min_samples_leaf: treeParameters.minSamplesLeaf,
    min_weight_fraction_leaf: treeParameters.minWeightFractionLeaf,
    max_features: treeParameters.maxFeatures(null),
    max_leaf_nodes: treeParameters.maxLeafNodes,
    min_impurity_decrease: treeParameters.minImpurityDecrease,
    random_state: treeParameters.seed,
    ccp_alpha: treeParameters.pruning,
    monotonic_cst: treeParameters.unused.monotonic,
  }),
  ...forestRegressor<Params>('DecisionTreeRegressor', (params) => ({
    trees: 1,
    thresholds: params.splitter,
    bootstrap: null,
    single: true,
    seed: params.random_state,
  })),
  complexity: ({ max_depth }) => comparedDepth(max_depth),
});
