import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { penalisedParams } from '#core/models/linear/penalisedParams.ts';
import { penalisedRegression, type PenalisedParams } from '#core/models/linear/penalisedRegression.ts';

/** Lasso: minimises ‖y − Xb − b₀‖² / (2n) + α Σ|b|. Agrees with scikit-learn's `Lasso`. */
export const lasso = defineModel<PenalisedParams, LinearState>({
  id: 'Lasso',
  version: 1,
  title: 'Lasso',
  group: 'regression',
  task: 'regression',
  summary: 'Least squares with a penalty on the sum of absolute coefficients, which sets many of them to zero.',
  whenToUse: 'To predict from a few channels, for example for a filter instrument; scale channels, then sweep alpha.',
  whenNotToUse:
    'When neighbouring channels are alike: which of them it keeps is chance. ElasticNet or PLS is steadier.',
  references: [
    'Tibshirani, R. (1996) Journal of the Royal Statistical Society B 58, 267–288. doi:10.1111/j.2517-6161.1996.tb02080.x',
    'Friedman, J., Hastie, T. & Tibshirani, R. (2010) Journal of Statistical Software 33(1). doi:10.18637/jss.v033.i01',
  ],
  aliases: ['LassoRegression', 'sklearn.linear_model.Lasso', 'sklearn.linear_model._coordinate_descent.Lasso'],
  params: z.strictObject(penalisedParams),
  fit: (x, y, params, context) => penalisedRegression('Lasso', x, y, params, 1, context),
  complexity: ({ alpha }) => -alpha,
  ...linearModel('Lasso'),
});
