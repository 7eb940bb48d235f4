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
  params: z.strictObject(forestParameters.classification(true)),
  ...forestClassifier<Params>('RandomForestClassifier', (params, n) => ({
    trees: params.n_estimators,
    thresholds: 'best',
    bootstrap: params.bootstrap ? bootstrapSize(params.max_samples, n) : null,
    seed: params.random_state,
  })),
  complexity: ({ n_estimators, max_depth }) => n_estimators * comparedDepth(max_depth),
});
