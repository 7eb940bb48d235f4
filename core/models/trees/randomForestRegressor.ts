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
  params: z.strictObject(forestParameters.regression(true)),
  ...forestRegressor<Params>('RandomForestRegressor', (params, n) => ({
    trees: params.n_estimators,
    thresholds: 'best',
    bootstrap: params.bootstrap ? bootstrapSize(params.max_samples, n) : null,
    seed: params.random_state,
  })),
  complexity: ({ n_estimators, max_depth }) => n_estimators * comparedDepth(max_depth),
});
