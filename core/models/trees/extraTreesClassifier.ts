import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { comparedDepth } from '#core/models/trees/comparedDepth.ts';
import { bootstrapSize, type ForestState } from '#core/models/trees/forest.ts';
import { forestClassifier, type ClassifierParams } from '#core/models/trees/forestModels.ts';
import { forestParameters } from '#core/models/trees/forestParameters.ts';

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
  params: z.strictObject(forestParameters.classification(false)),
  ...forestClassifier<Params>('ExtraTreesClassifier', (params, n) => ({
    trees: params.n_estimators,
    thresholds: 'random',
    bootstrap: params.bootstrap ? bootstrapSize(params.max_samples, n) : null,
    seed: params.random_state,
  })),
  complexity: ({ n_estimators, max_depth }) => n_estimators * comparedDepth(max_depth),
});
