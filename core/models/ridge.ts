import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { dampedPath } from '#core/numerics/dampedPath.ts';
import { ridgeFolds } from '#core/numerics/folds/ridgeFolds.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';

interface Params {
  alpha: number;
  fit_intercept: boolean;
  solver: string;
  copy_X: boolean;
  max_iter: number | null;
  tol: number;
  positive: false;
  random_state: number | null;
}

/** Ridge regression: minimises ‖y − Xb − b₀‖² + α‖b‖². Agrees with scikit-learn's `Ridge(solver='svd')`. */
export const ridge = defineModel<Params, LinearState>({
  id: 'Ridge',
  version: 1,
  title: 'Ridge regression',
  group: 'regression',
  task: 'regression',
  summary: 'Least squares on all channels with a penalty on large coefficients.',
  whenToUse: 'Many correlated channels and a smooth regression vector; sweep alpha over powers of ten.',
  whenNotToUse: 'When a few components are to be interpreted, or on channels of very different size without scaling.',
  references: ['Hoerl, A. E. & Kennard, R. W. (1970) Technometrics 12, 55–67. doi:10.1080/00401706.1970.10488634'],
  aliases: ['RidgeRegression', 'sklearn.linear_model.Ridge', 'sklearn.linear_model._ridge.Ridge'],
  params: z.strictObject({
    alpha: z.number().min(0).default(1).meta({
      title: 'Penalty',
      description: 'Strength of the penalty on the sum of squared coefficients; 0 is least squares.',
    }),
    fit_intercept: z.boolean().default(true).meta({
      title: 'Intercept',
      description: 'Fit a constant term; without it, spectra and target must be centred already.',
    }),
    solver: z.enum(['auto', 'svd', 'cholesky', 'lsqr', 'sparse_cg', 'sag', 'saga', 'lbfgs']).default('auto').meta({
      title: 'Solver',
      description: 'Accepted for compatibility and not used: one accurate solver serves all cases.',
      unused: true,
    }),
    copy_X: z.boolean().default(true).meta({
      title: 'Copy',
      description: 'Accepted for compatibility and not used: spectra are never overwritten.',
      unused: true,
    }),
    max_iter: z.int().min(1).nullable().default(null).meta({
      title: 'Iterations',
      description: 'Accepted for compatibility and not used: one accurate solver serves all cases.',
      unused: true,
    }),
    tol: z.number().min(0).default(1e-4).meta({
      title: 'Tolerance',
      description: 'Accepted for compatibility and not used: one accurate solver serves all cases.',
      unused: true,
    }),
    positive: z.literal(false).default(false).meta({
      title: 'Positive',
      description: 'Accepted for compatibility and not used: for positive coefficients use ElasticNet with l1_ratio 0.',
      unused: true,
    }),
    random_state: z.int().nullable().default(null).meta({
      title: 'Seed',
      description: 'Accepted for compatibility and not used: nothing is drawn.',
      unused: true,
    }),
  }),
  path: { param: 'alpha', fit: fitPath },
  folds: ridgeFolds,
  fit: (x, y, params, context) => fitPath(x, y, params, [params.alpha], context)[0],
  complexity: ({ alpha }) => -alpha,
  ...linearModel('Ridge'),
});

function fitPath(
  x: Matrix,
  y: Float64Array,
  { fit_intercept }: Params,
  alphas: readonly number[],
  { cancel }: FitContext,
): LinearState[] {
  if (fit_intercept) {
    const problem = centredProblem('Ridge', x, y, false);
    return dampedPath(problem.x, problem.y, alphas, cancel).map((coef) => problem.toRaw(coef));
  }
  requireTrainingData('Ridge', x, y);
  return dampedPath(x, y, alphas, cancel).map((coef) => ({ coef, intercept: 0 }));
}
