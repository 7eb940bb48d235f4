import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { bootstrapSize, type ForestState } from '#core/models/trees/forest.ts';
import { forestRegressor } from '#core/models/trees/forestModels.ts';
import { treeParameters } from '#core/models/trees/treeParameters.ts';
import type { TreeParams } from '#core/models/trees/treeSettings.ts';

interface Params extends TreeParams {
  readonly n_estimators: number;
  readonly bootstrap: boolean;
  readonly max_samples: number | null;
  readonly random_state: number | null;
}

/** Averages many trees, each grown on samples drawn with replacement. Agrees with scikit-learn's `RandomForestRegressor`, seed for seed. */
export const randomForestRegressor = defineModel<Params, ForestState>({
  id: 'RandomForestRegressor',
  version: 1,
  title: 'Random forest',
  group: 'regression',
  task: 'regression',
  summary: 'Averages many trees, each grown on samples drawn with replacement.',
  whenToUse:
    'Curved or mixed relations with a few hundred samples or more, after a reduction of channels; robust against outliers in the spectra.',
  whenNotToUse:
    'When the relation is linear, as in most calibrations: PLS is more accurate and extrapolates, a forest never predicts outside the range of the training targets.',
  references: ['Breiman, L. (2001) Machine Learning 45, 5–32. doi:10.1023/A:1010933404324'],
  aliases: [
    'RandomForest',
    'RF',
    'sklearn.ensemble.RandomForestRegressor',
    'sklearn.ensemble._forest.RandomForestRegressor',
  ],
  params: z.strictObject({
    n_estimators: treeParameters.trees('Trees'),
    criterion: z.enum(['squared_error', 'friedman_mse']).default('squared_error').meta({
      title: 'Criterion',
      description: 'What cuts lower. Both names mean the squared error here: they choose the same cuts.',
    }),
    max_depth: treeParameters.maxDepth(null),
    min_samples_split: treeParameters.minSamplesSplit,
    min_samples_leaf: treeParameters.minSamplesLeaf,
    min_weight_fraction_leaf: treeParameters.minWeightFractionLeaf,
    max_features: treeParameters.maxFeatures(1),
    max_leaf_nodes: treeParameters.maxLeafNodes,
    min_impurity_decrease: treeParameters.minImpurityDecrease,
    bootstrap: treeParameters.bootstrap(true),
    max_samples: treeParameters.maxSamples,
    random_state: treeParameters.seed,
    ccp_alpha: treeParameters.pruning,
    oob_score: treeParameters.unused.outOfBag,
    n_jobs: treeParameters.unused.jobs,
    verbose: treeParameters.unused.verbose,
    warm_start: treeParameters.unused.warmStart,
    monotonic_cst: treeParameters.unused.monotonic,
  }),
  ...forestRegressor<Params>('RandomForestRegressor', (params, n) => ({
    trees: params.n_estimators,
    thresholds: 'best',
    bootstrap: params.bootstrap ? bootstrapSize(params.max_samples, n) : null,
    seed: params.random_state,
  })),
  complexity: ({ n_estimators, max_depth }) => n_estimators * (max_depth ?? UNLIMITED),
});

/** Stands for the depth of trees without a limit when complexities are compared. */
const UNLIMITED = 64;
