import { z } from 'zod';
import { treeParameters } from '#core/models/trees/treeParameters.ts';

const notOffered = (title: string, what: string) =>
  z
    .null()
    .default(null)
    .meta({
      title,
      description: `Accepted for compatibility and not used: only empty, ${what}.`,
      unused: true,
    });

/** Parameters that both gradient boosting models share. Names and defaults are scikit-learn's. */
export const boostingParameters = {
  learning_rate: z.number().min(0).max(10).default(0.1).meta({
    title: 'Learning rate',
    description: 'Share of each tree that is added. Smaller needs more rounds and often predicts better.',
  }),
  n_estimators: treeParameters.trees('Rounds').meta({
    title: 'Rounds',
    description: 'Trees that are added one after another. Too many overfit.',
  }),
  subsample: z.number().positive().max(1).default(1).meta({
    title: 'Subsample',
    description: 'Fraction of the samples that each tree sees. Below 1 the rounds differ more and overfit less.',
  }),
  criterion: z.enum(['friedman_mse', 'squared_error']).default('friedman_mse').meta({
    title: 'Criterion',
    description: 'What cuts lower. Both names mean the squared error here: they choose the same cuts.',
  }),
  min_samples_split: treeParameters.minSamplesSplit,
  min_samples_leaf: treeParameters.minSamplesLeaf,
  min_weight_fraction_leaf: treeParameters.minWeightFractionLeaf,
  max_depth: treeParameters.maxDepth(3),
  min_impurity_decrease: treeParameters.minImpurityDecrease,
  init: z.enum(['zero']).nullable().default(null).meta({
    title: 'Start',
    description: 'Empty: start from the best constant. Zero: start from 0.',
  }),
  random_state: treeParameters.seed,
  max_features: treeParameters.maxFeatures(null),
  max_leaf_nodes: treeParameters.maxLeafNodes,
  n_iter_no_change: notOffered('Rounds without gain', 'no early stopping: sweep the rounds instead'),
  validation_fraction: z.number().positive().lt(1).default(0.1).meta({
    title: 'Validation part',
    description: 'Accepted for compatibility and not used: there is no early stopping.',
    unused: true,
  }),
  tol: z.number().positive().default(1e-4).meta({
    title: 'Tolerance',
    description: 'Accepted for compatibility and not used: there is no early stopping.',
    unused: true,
  }),
  ccp_alpha: treeParameters.pruning,
  verbose: treeParameters.unused.verbose,
  warm_start: z.boolean().default(false).meta({
    title: 'Warm start',
    description:
      'Accepted for compatibility and not used: whether the refit goes on from a fold is said in `refit_params`.',
    unused: true,
  }),
};
