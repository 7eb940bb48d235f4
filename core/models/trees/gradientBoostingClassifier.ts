import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineModel } from '#core/data/operator.ts';
import { comparedDepth } from '#core/models/trees/comparedDepth.ts';
import {
  boostedProbabilities,
  boostedProbabilitiesOnnx,
  presentClasses,
  type BoostedClassesState,
} from '#core/models/trees/boostedClasses.ts';
import { boostedLosses } from '#core/models/trees/boostedTrees.ts';
import { binaryLoss, multinomialLoss } from '#core/models/trees/boostingLosses.ts';
import { boostingToGoOnFrom } from '#core/models/trees/boostingToGoOnFrom.ts';
import { boostingParameters } from '#core/models/trees/boostingParameters.ts';
import { checkTraining } from '#core/models/trees/checkTraining.ts';
import { fitGradientBoosting, type BoostingParams } from '#core/models/trees/gradientBoosting.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';

interface Params extends BoostingParams {
  readonly loss: 'log_loss' | 'exponential';
}

/** Gradient boosting of classes. Agrees with scikit-learn's `GradientBoostingClassifier`, seed for seed. */
export const gradientBoostingClassifier = defineModel<Params, BoostedClassesState>({
  id: 'GradientBoostingClassifier',
  version: 1,
  title: 'Gradient boosting (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'Adds many small trees one after another until their sum separates the classes.',
  whenToUse: 'Classes that no plane separates, with a few hundred samples or more, after a reduction of channels.',
  whenNotToUse:
    'With few samples, wrong labels or very many classes: every round grows a tree for each class, and mistakes are learned by heart.',
  references: [
    'Friedman, J. H. (2001) Annals of Statistics 29, 1189–1232. doi:10.1214/aos/1013203451',
    'Friedman, J. H. (2002) Computational Statistics & Data Analysis 38, 367–378. doi:10.1016/S0167-9473(01)00065-2',
  ],
  aliases: ['sklearn.ensemble.GradientBoostingClassifier', 'sklearn.ensemble._gb.GradientBoostingClassifier'],
  params: z.strictObject({
    loss: z.enum(['log_loss', 'exponential']).default('log_loss').meta({
      title: 'Loss',
      description: 'log_loss: logistic likelihood. exponential: the loss of AdaBoost, for two classes.',
    }),
    ...boostingParameters,
  }),
  warmStarts: true,
  fit(x, y, params, context) {
    checkTraining('GradientBoostingClassifier', x, y);
    const present = presentClasses(y);
    if (params.loss === 'exponential' && present.length > 2)
      throw new EngineError('numerics.parameter', {
        operator: 'GradientBoostingClassifier',
        parameter: 'loss',
        problem: 'exponential is for two classes. Use log_loss.',
      });
    const codes = y.map((code) => present.indexOf(code));
    const loss = present.length > 2 ? multinomialLoss(codes, present.length) : binaryLoss(params.loss, codes);
    const earlier = boostingToGoOnFrom('GradientBoostingClassifier', x.cols, loss.outputs, present, context);
    const boosted = fitGradientBoosting(x, loss, params, context, earlier);
    const oddsFactor = params.loss === 'exponential' ? 2 : 1;
    return { ...boosted, present, classCount: context.classCount, oddsFactor };
  },
  predict: (x, state) => argMaxRows(boostedProbabilities('GradientBoostingClassifier', x, state)),
  probabilities: (x, state) => boostedProbabilities('GradientBoostingClassifier', x, state),
  complexity: ({ n_estimators, max_depth }) => n_estimators * comparedDepth(max_depth),
  lossCurve: boostedLosses,
  onnx: (graph, input, state) => boostedProbabilitiesOnnx(graph, input, state),
});
