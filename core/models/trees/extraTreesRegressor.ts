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

/** Averages many trees whose thresholds are drawn at random. Agrees with scikit-learn's `ExtraTreesRegressor`, seed for seed. */
export const extraTreesRegressor = defineModel<Params, ForestState>({
  id: 'ExtraTreesRegressor',
  version: 1,
  title: 'Extremely randomised trees',
  group: 'regression',
  task: 'regression',
  summary: 'Averages many trees whose thresholds are drawn at random.',
  whenToUse: 'As a random forest, when that overfits: random thresholds smooth the prediction and cost less time.',
  whenNotToUse:
    'When the relation is linear: PLS is more accurate, and trees never predict outside the range of the training targets.',
  references: ['Geurts, P., Ernst, D. & Wehenkel, L. (2006) Machine Learning 63, 3–42. doi:10.1007/s10994-006-6226-1'],
  aliases: [
    'ExtraTrees',
    'ExtraTree',
    'sklearn.ensemble.ExtraTreesRegressor',
    'sklearn.ensemble._forest.ExtraTreesRegressor',
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
    bootstrap: treeParameters.bootstrap(false),
    max_samples: treeParameters.maxSamples,
    random_state: treeParameters.seed,
    ccp_alpha: treeParameters.pruning,
    oob_score: treeParameters.unused.outOfBag,
    n_jobs: treeParameters.unused.jobs,
    verbose: treeParameters.unused.verbose,
    warm_start: treeParameters.unused.warmStart,
    monotonic_cst: treeParameters.unused.monotonic,
  }),
  ...forestRegressor<Params>('ExtraTreesRegressor', (params, n) => ({
    trees: params.n_estimators,
    thresholds: 'random',
    bootstrap: params.bootstrap ? bootstrapSize(params.max_samples, n) : null,
    seed: params.random_state,
  })),
  complexity: ({ n_estimators, max_depth }) => n_estimators * (max_depth ?? UNLIMITED),
});

/** Stands for the depth of trees without a limit when complexities are compared. */
const UNLIMITED = 64;
