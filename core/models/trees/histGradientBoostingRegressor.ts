import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { boostedLosses, boostedOnnx, boostedScores, type BoostedState } from '#core/models/trees/boostedTrees.ts';
import { checkTraining } from '#core/models/trees/checkTraining.ts';
import { fitHistogramBoosting, type HistogramParams } from '#core/models/trees/histogramBoosting.ts';
import { numericLoss } from '#core/models/trees/histogramLosses.ts';
import { histogramParameters } from '#core/models/trees/histogramParameters.ts';

interface Params extends HistogramParams {
  readonly loss: 'squared_error' | 'absolute_error';
}

/** Histogram gradient boosting. Agrees with scikit-learn's `HistGradientBoostingRegressor`. */
export const histGradientBoostingRegressor = defineModel<Params, BoostedState>({
  id: 'HistGradientBoostingRegressor',
  version: 1,
  title: 'Histogram gradient boosting',
  group: 'regression',
  task: 'regression',
  summary: 'Gradient boosting on binned channels: fast with thousands of samples.',
  whenToUse: 'Thousands of samples with a curved relation, where gradient boosting would take too long.',
  whenNotToUse:
    'With fewer than a few hundred samples: leaves of 20 samples are too coarse. With a linear relation PLS is more accurate.',
  references: [
    'Friedman, J. H. (2001) Annals of Statistics 29, 1189–1232. doi:10.1214/aos/1013203451',
    'Ke, G. et al. (2017) LightGBM: a highly efficient gradient boosting decision tree. Advances in Neural Information Processing Systems 30, 3146–3154',
  ],
  aliases: [
    'HistGradientBoosting',
    'sklearn.ensemble.HistGradientBoostingRegressor',
    'sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingRegressor',
  ],
  params: z.strictObject({
    loss: z.enum(['squared_error', 'absolute_error']).default('squared_error').meta({
      title: 'Loss',
      description: 'What is lowered: absolute_error resists wrong reference values.',
    }),
    ...histogramParameters,
  }),
  fit(x, y, params, context) {
    checkTraining('HistGradientBoostingRegressor', x, y);
    return fitHistogramBoosting(x, numericLoss(params.loss, y), params, null, context);
  },
  predict: (x, state) => boostedScores('HistGradientBoostingRegressor', x, state).data,
  complexity: ({ max_iter, max_leaf_nodes }) => max_iter * (max_leaf_nodes ?? UNLIMITED),
  lossCurve: boostedLosses,
  onnx: (graph, input, state) => boostedOnnx(graph, input, state),
});

/** Stands for the leaves of trees without a limit when complexities are compared. */
const UNLIMITED = 1024;
