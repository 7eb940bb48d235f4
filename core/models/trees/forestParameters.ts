import { z } from 'zod';
import { treeParameters } from '#core/models/trees/treeParameters.ts';

/** Parameters of forests, by task. `bootstrap`: whether trees grow on drawn samples when nothing is said. */
export const forestParameters = {
  regression: (bootstrap: boolean) => ({
    n_estimators: treeParameters.trees('Trees'),
    criterion: treeParameters.squares,
    ...growth(1, bootstrap),
    ...end,
  }),
  classification: (bootstrap: boolean) => ({
    n_estimators: treeParameters.trees('Trees'),
    criterion: treeParameters.impurity,
    ...growth('sqrt', bootstrap),
    class_weight: z.enum(['balanced', 'balanced_subsample']).nullable().default(null).meta({
      title: 'Class weights',
      description:
        'Balanced: every class weighs the same in all samples, or in the samples of each tree. Empty: every sample does.',
    }),
    ...end,
  }),
};

const growth = (features: 1 | 'sqrt', bootstrap: boolean) => ({
  max_depth: treeParameters.maxDepth(null),
  min_samples_split: treeParameters.minSamplesSplit,
  min_samples_leaf: treeParameters.minSamplesLeaf,
  min_weight_fraction_leaf: treeParameters.minWeightFractionLeaf,
  max_features: treeParameters.maxFeatures(features),
  max_leaf_nodes: treeParameters.maxLeafNodes,
  min_impurity_decrease: treeParameters.minImpurityDecrease,
  bootstrap: treeParameters.bootstrap(bootstrap),
  max_samples: treeParameters.maxSamples,
  random_state: treeParameters.seed,
});

const end = {
  ccp_alpha: treeParameters.pruning,
  oob_score: treeParameters.unused.outOfBag,
  n_jobs: treeParameters.unused.jobs,
  verbose: treeParameters.unused.verbose,
  warm_start: treeParameters.unused.warmStart,
  monotonic_cst: treeParameters.unused.monotonic,
};
