import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { comparedDepth } from '#core/models/trees/comparedDepth.ts';
import { boostedLosses, boostedOnnx, boostedScores, type BoostedState } from '#core/models/trees/boostedTrees.ts';
import { regressionLoss, type RegressionLossName } from '#core/models/trees/boostingLosses.ts';
import { boostingToGoOnFrom } from '#core/models/trees/boostingToGoOnFrom.ts';
import { boostingParameters } from '#core/models/trees/boostingParameters.ts';
import { checkTraining } from '#core/models/trees/checkTraining.ts';
import { fitGradientBoosting, type BoostingParams } from '#core/models/trees/gradientBoosting.ts';

interface Params extends BoostingParams {
  readonly loss: RegressionLossName;
  readonly alpha: number;
}

/** Gradient boosting of regression trees. Agrees with scikit-learn's `GradientBoostingRegressor`, seed for seed. */
export const gradientBoostingRegressor = defineModel<Params, BoostedState>({
  id: 'GradientBoostingRegressor',
  version: 1,
  title: 'Gradient boosting',
  group: 'regression',
  task: 'regression',
  summary: 'Adds many small trees one after another, each fitted to what the others left.',
  whenToUse:
    'Curved relations and interactions with a few hundred samples or more, after a reduction of channels; huber and absolute_error resist wrong reference values.',
  whenNotToUse:
    'With few samples or a linear relation: PLS is more accurate. It never predicts far outside the range of the training targets.',
  references: [
    'Friedman, J. H. (2001) Annals of Statistics 29, 1189–1232. doi:10.1214/aos/1013203451',
    'Friedman, J. H. (2002) Computational Statistics & Data Analysis 38, 367–378. doi:10.1016/S0167-9473(01)00065-2',
  ],
  aliases: [
    'GradientBoosting',
    'GBR',
    'GBM',
    'sklearn.ensemble.GradientBoostingRegressor',
    'sklearn.ensemble._gb.GradientBoostingRegressor',
  ],
  params: z.strictObject({
    loss: z.enum(['squared_error', 'absolute_error', 'huber', 'quantile']).default('squared_error').meta({
      title: 'Loss',
      description: 'What is lowered: huber counts large errors linearly, quantile predicts a quantile.',
    }),
    ...boostingParameters,
    alpha: z.number().gt(0).lt(1).default(0.9).meta({
      title: 'Quantile',
      description: 'huber: errors beyond this quantile count linearly. quantile: the quantile that is predicted.',
    }),
  }),
  warmStarts: true,
  fit(x, y, params, context) {
    checkTraining('GradientBoostingRegressor', x, y);
    const earlier = boostingToGoOnFrom('GradientBoostingRegressor', x.cols, 1, null, context);
    return fitGradientBoosting(x, regressionLoss(params.loss, y, params.alpha), params, context, earlier);
  },
  predict: (x, state) => boostedScores('GradientBoostingRegressor', x, state).data,
  complexity: ({ n_estimators, max_depth }) => n_estimators * comparedDepth(max_depth),
  lossCurve: boostedLosses,
  onnx: (graph, input, state) => boostedOnnx(graph, input, state),
});
