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

/** Averages the class probabilities of many trees whose thresholds are drawn at random. Agrees with scikit-learn's `ExtraTreesClassifier`, seed for seed. */
export const extraTreesClassifier = defineModel<Params, ForestState>({
  id: 'ExtraTreesClassifier',
  version: 1,
  title: 'Extremely randomised trees (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'Averages the class probabilities of many trees whose thresholds are drawn at random.',
  whenToUse: 'As a random forest, when that overfits: random thresholds smooth the boundaries and cost less time.',
  whenNotToUse: 'When few channels carry the difference among very many that do not: random cuts seldom find them.',
  references: ['Geurts, P., Ernst, D. & Wehenkel, L. (2006) Machine Learning 63, 3–42. doi:10.1007/s10994-006-6226-1'],
  aliases: ['sklearn.ensemble.ExtraTreesClassifier', 'sklearn.ensemble._forest.ExtraTreesClassifier'],
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
    bootstrap: treeParameters.bootstrap(false),
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
  ...forestClassifier<Params>('ExtraTreesClassifier', (params, n) => ({
    trees: params.n_estimators,
    thresholds: 'random',
    bootstrap: params.bootstrap ? bootstrapSize(params.max_samples, n) : null,
    seed: params.random_state,
  })),
  complexity: ({ n_estimators, max_depth }) => n_estimators * (max_depth ?? UNLIMITED),
});

/** Stands for the depth of trees without a limit when complexities are compared. */
const UNLIMITED = 64;
