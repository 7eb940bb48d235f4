import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import {
  boostedProbabilities,
  boostedProbabilitiesOnnx,
  presentClasses,
  type BoostedClassesState,
} from '#core/models/trees/boostedClasses.ts';
import { boostedLosses } from '#core/models/trees/boostedTrees.ts';
import { checkTraining } from '#core/models/trees/checkTraining.ts';
import { fitHistogramBoosting, type HistogramParams } from '#core/models/trees/histogramBoosting.ts';
import { classLoss } from '#core/models/trees/histogramLosses.ts';
import { histogramParameters } from '#core/models/trees/histogramParameters.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';

/** Histogram gradient boosting of classes. Agrees with scikit-learn's `HistGradientBoostingClassifier`. */
export const histGradientBoostingClassifier = defineModel<HistogramParams, BoostedClassesState>({
  id: 'HistGradientBoostingClassifier',
  version: 1,
  title: 'Histogram gradient boosting (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'Gradient boosting of classes on binned channels: fast with thousands of samples.',
  whenToUse: 'Thousands of samples in classes that no plane separates, where gradient boosting would take too long.',
  whenNotToUse: 'With fewer than a few hundred samples: leaves of 20 samples are too coarse.',
  references: [
    'Friedman, J. H. (2001) Annals of Statistics 29, 1189–1232. doi:10.1214/aos/1013203451',
    'Ke, G. et al. (2017) LightGBM: a highly efficient gradient boosting decision tree. Advances in Neural Information Processing Systems 30, 3146–3154',
  ],
  aliases: [
    'sklearn.ensemble.HistGradientBoostingClassifier',
    'sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier',
  ],
  params: z.strictObject({
    loss: z.enum(['log_loss']).default('log_loss').meta({
      title: 'Loss',
      description: 'What is lowered: the logistic likelihood.',
    }),
    ...histogramParameters,
    class_weight: z.null().default(null).meta({
      title: 'Class weights',
      description: 'Accepted for compatibility and not used: only empty, every sample weighs the same.',
      unused: true,
    }),
  }),
  fit(x, y, params, context) {
    checkTraining('HistGradientBoostingClassifier', x, y);
    const present = presentClasses(y);
    const codes = y.map((code) => present.indexOf(code));
    const loss = classLoss(codes, Math.max(2, present.length));
    const boosted = fitHistogramBoosting(x, loss, params, codes, context);
    return { ...boosted, present, classCount: context.classCount, oddsFactor: 1 };
  },
  predict: (x, state) => argMaxRows(boostedProbabilities('HistGradientBoostingClassifier', x, state)),
  probabilities: (x, state) => boostedProbabilities('HistGradientBoostingClassifier', x, state),
  complexity: ({ max_iter, max_leaf_nodes }) => max_iter * (max_leaf_nodes ?? UNLIMITED),
  lossCurve: boostedLosses,
  onnx: (graph, input, state) => boostedProbabilitiesOnnx(graph, input, state),
});

/** Stands for the leaves of trees without a limit when complexities are compared. */
const UNLIMITED = 1024;
