import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { penalisedParams } from '#core/models/linear/penalisedParams.ts';
import { penalisedRegression, type PenalisedParams } from '#core/models/linear/penalisedRegression.ts';

interface Params extends PenalisedParams {
  readonly l1_ratio: number;
}

/** Elastic net: ‖y − Xb − b₀‖² / (2n) + α ρ Σ|b| + ½ α (1 − ρ) Σb². Agrees with scikit-learn's `ElasticNet`. */
export const elasticNet = defineModel<Params, LinearState>({
  id: 'ElasticNet',
  version: 1,
  title: 'Elastic net',
  group: 'regression',
  task: 'regression',
  summary: 'Least squares with the penalties of Lasso and Ridge together: groups of like channels enter as one.',
  whenToUse: 'A sparse model on correlated channels; scale channels, then sweep alpha and the mixture.',
  whenNotToUse: 'When all channels contribute a little, as in broad NIR bands: Ridge or PLS predicts better.',
  references: [
    'Zou, H. & Hastie, T. (2005) Journal of the Royal Statistical Society B 67, 301–320. doi:10.1111/j.1467-9868.2005.00503.x',
    'Friedman, J., Hastie, T. & Tibshirani, R. (2010) Journal of Statistical Software 33(1). doi:10.18637/jss.v033.i01',
  ],
  aliases: ['sklearn.linear_model.ElasticNet', 'sklearn.linear_model._coordinate_descent.ElasticNet'],
  params: z.strictObject({
    l1_ratio: z.number().min(0).max(1).default(0.5).meta({
      title: 'Share of Lasso',
      description: 'Mixture ρ of the penalties: 1 is Lasso, 0 is Ridge.',
      step: 0.1,
    }),
    ...penalisedParams,
  }),
  fit: (x, y, params, context) => penalisedRegression('ElasticNet', x, y, params, params.l1_ratio, context),
  complexity: ({ alpha }) => -alpha,
  ...linearModel('ElasticNet'),
});
