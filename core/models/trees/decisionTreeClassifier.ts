import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { comparedDepth } from '#core/models/trees/comparedDepth.ts';
import type { ForestState } from '#core/models/trees/forest.ts';
import { forestClassifier, type ClassifierParams } from '#core/models/trees/forestModels.ts';
import { treeParameters } from '#core/models/trees/treeParameters.ts';

interface Params extends ClassifierParams {
  readonly splitter: 'best' | 'random';
  readonly random_state: number | null;
}

/** Cuts the samples again and again by one channel until each part holds one class. Agrees with scikit-learn's `DecisionTreeClassifier`, seed for seed. */
export const decisionTreeClassifier = defineModel<Params, ForestState>({
  id: 'DecisionTreeClassifier',
  version: 1,
  title: 'Decision tree (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'Cuts the samples again and again by one channel until each part holds one class.',
  whenToUse: 'To see which few channels separate the classes, in rules that can be read.',
  whenNotToUse:
    'For the best accuracy: a forest of trees is steadier, and linear methods suit correlated channels better.',
  references: [
    'Breiman, L., Friedman, J. H., Olshen, R. A. & Stone, C. J. (1984) Classification and Regression Trees. Wadsworth. doi:10.1201/9781315139470',
  ],
  aliases: ['sklearn.tree.DecisionTreeClassifier', 'sklearn.tree._classes.DecisionTreeClassifier'],
  params: z.strictObject({
    criterion: treeParameters.impurity,
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
    class_weight: z.enum(['balanced']).nullable().default(null).meta({
      title: 'Class weights',
      description: 'Balanced: every class weighs the same in all samples. Empty: every sample does.',
    }),
    ccp_alpha: treeParameters.pruning,
    monotonic_cst: treeParameters.unused.monotonic,
  }),
  ...forestClassifier<Params>('DecisionTreeClassifier', (params) => ({
    trees: 1,
    thresholds: params.splitter,
    bootstrap: null,
    single: true,
    seed: params.random_state,
  })),
  complexity: ({ max_depth }) => comparedDepth(max_depth),
});
