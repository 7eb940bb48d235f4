import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { comparedDepth } from '#core/models/trees/comparedDepth.ts';
import { bootstrapSize, type ForestState } from '#core/models/trees/forest.ts';
import { forestRegressor } from '#core/models/trees/forestModels.ts';
import { forestParameters } from '#core/models/trees/forestParameters.ts';
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
  params: z.strictObject(forestParameters.regression(false)),
  ...forestRegressor<Params>('ExtraTreesRegressor', (params, n) => ({
    trees: params.n_estimators,
    thresholds: 'random',
    bootstrap: params.bootstrap ? bootstrapSize(params.max_samples, n) : null,
    seed: params.random_state,
  })),
  complexity: ({ n_estimators, max_depth }) => n_estimators * comparedDepth(max_depth),
});
