import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { bootstrapSize, type ForestState } from '#core/models/trees/forest.ts';
import { forestClassifier, type ClassifierParams } from '#core/models/trees/forestModels.ts';
import { treeParameters } from '#core/models/trees/treeParameters.ts';

interface Params extends ClassifierParams {
  readonly n_estimators: number;
  readonly bootstrap: boolean;
  readonly max_samples: number | null;
  readonly random_state: number | null;
}

/** Averages the class probabilities of many trees, each grown on samples drawn with replacement. Agrees with scikit-learn's `RandomForestClassifier`, seed for seed. */
export const randomForestClassifier = defineModel<Params, ForestState>({
  id: 'RandomForestClassifier',
  version: 1,
  title: 'Random forest (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'Averages the class probabilities of many trees, each grown on samples drawn with replacement.',
  whenToUse:
    'Classes that no plane separates, or that consist of several clusters; channels of different kinds side by side.',
  whenNotToUse:
    'When classes differ by small shifts of broad bands: linear discriminants combine channels, a tree looks at one at a time.',
  references: ['Breiman, L. (2001) Machine Learning 45, 5–32. doi:10.1023/A:1010933404324'],
  aliases: [
    'RFClassifier',
    'sklearn.ensemble.RandomForestClassifier',
    'sklearn.ensemble._forest.RandomForestClassifier',
  ],
  params: z.strictObject({
    n_estimators: treeParameters.trees('Trees'),
    criterion: z.enum(['gini', 'entropy', 'log_loss']).default('gini').meta({
      title: 'Impurity',
      description: 'What cuts lower: Gini impurity, or entropy (log_loss is the same).',
    }),
    max_depth: treeParameters.maxDepth(null),
    min_samples_split: treeParameters.minSamplesSplit,
    min_samples_leaf: treeParameters.minSamplesLeaf,
    min_weight_fraction_leaf: treeParameters.minWeightFractionLeaf,
    max_features: treeParameters.maxFeatures('sqrt'),
    max_leaf_nodes: treeParameters.maxLeafNodes,
    min_impurity_decrease: treeParameters.minImpurityDecrease,
    bootstrap: treeParameters.bootstrap(true),
    max_samples: treeParameters.maxSamples,
    random_state: treeParameters.seed,
    class_weight: z.enum(['balanced', 'balanced_subsample']).nullable().default(null).meta({
      title: 'Class weights',
      description:
        'Balanced: every class weighs the same in all samples, or in the samples of each tree. Empty: every sample does.',
    }),
    ccp_alpha: treeParameters.pruning,
    oob_score: treeParameters.unused.outOfBag,
    n_jobs: treeParameters.unused.jobs,
    verbose: treeParameters.unused.verbose,
    warm_start: treeParameters.unused.warmStart,
    monotonic_cst: treeParameters.unused.monotonic,
  }),
  ...forestClassifier<Params>('RandomForestClassifier', (params, n) => ({
    trees: params.n_estimators,
    thresholds: 'best',
    bootstrap: params.bootstrap ? bootstrapSize(params.max_samples, n) : null,
    seed: params.random_state,
  })),
  complexity: ({ n_estimators, max_depth }) => n_estimators * (max_depth ?? UNLIMITED),
});

/** Stands for the depth of trees without a limit when complexities are compared. */
const UNLIMITED = 64;
