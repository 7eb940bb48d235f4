import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';
import { dampedLeastSquares } from '#core/numerics/dampedLeastSquares.ts';

interface Params {
  fit_intercept: boolean;
  copy_X: boolean;
  tol: number;
  n_jobs: number | null;
  positive: false;
}

/** Ordinary least squares; the shortest solution where channels outnumber samples. Agrees with `LinearRegression`. */
export const linearRegression = defineModel<Params, LinearState>({
  id: 'LinearRegression',
  version: 1,
  title: 'Linear regression',
  group: 'regression',
  task: 'regression',
  summary: 'Ordinary least squares on all columns.',
  whenToUse: 'On few columns: scores of a PCA, selected channels, or the predictions of other models.',
  whenNotToUse: 'On whole spectra: with more channels than samples it fits the noise. Use PLS or Ridge.',
  references: [
    'Hastie, T., Tibshirani, R. & Friedman, J. (2009) The Elements of Statistical Learning, 2nd ed., ch. 3.2',
  ],
  aliases: ['OLS', 'MLR', 'sklearn.linear_model.LinearRegression', 'sklearn.linear_model._base.LinearRegression'],
  params: z.strictObject({
    fit_intercept: z.boolean().default(true).meta({
      title: 'Intercept',
      description: 'Fit a constant term; without it, spectra and target must be centred already.',
    }),
    copy_X: z.boolean().default(true).meta({
      title: 'Copy',
      description: 'Accepted for compatibility and not used: spectra are never overwritten.',
      unused: true,
    }),
    tol: z.number().min(0).default(1e-6).meta({
      title: 'Tolerance',
      description: 'Accepted for compatibility and not used: the solution is exact up to rounding.',
      unused: true,
    }),
    n_jobs: z.int().nullable().default(null).meta({
      title: 'Jobs',
      description: 'Accepted for compatibility and not used: the run decides on parallel work.',
      unused: true,
    }),
    positive: z.literal(false).default(false).meta({
      title: 'Positive',
      description: 'Accepted for compatibility and not used: for positive coefficients use Lasso with a small alpha.',
      unused: true,
    }),
  }),
  fit(x, y, { fit_intercept }, { cancel }) {
    if (fit_intercept) {
      const problem = centredProblem('LinearRegression', x, y, false);
      return problem.toRaw(dampedLeastSquares(problem.x, problem.y, 0, cancel));
    }
    requireTrainingData('LinearRegression', x, y);
    return { coef: dampedLeastSquares(x, y, 0, cancel), intercept: 0 };
  },
  complexity: () => 0,
  ...linearModel('LinearRegression'),
});
