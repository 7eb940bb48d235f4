import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import { scoresOf, scoresOnnx, type ClassScores } from '#core/models/classification/classScores.ts';
import { classWeightParameter, weightsOf } from '#core/models/classification/classWeights.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import { dampedLeastSquares } from '#core/numerics/dampedLeastSquares.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, zeros } from '#core/numerics/matrix.ts';

interface Params {
  alpha: number;
  fit_intercept: boolean;
  class_weight: 'balanced' | null;
  copy_X: boolean;
  max_iter: number | null;
  tol: number;
  solver: string;
  positive: false;
  random_state: number | null;
}

/** Ridge regression of class membership (1 and −1). Agrees with scikit-learn's `RidgeClassifier`. */
export const ridgeClassifier = defineModel<Params, ClassScores>({
  id: 'RidgeClassifier',
  version: 1,
  title: 'Ridge classifier',
  group: 'classification',
  task: 'classification',
  summary: 'Ridge regression of class membership on all channels; the class with the largest response wins.',
  whenToUse: 'As a fast linear classifier of many correlated channels, with one penalty to sweep.',
  whenNotToUse: 'When probabilities are needed: use PLSDA, LDA or LogisticRegression.',
  references: ['Hoerl, A. E. & Kennard, R. W. (1970) Technometrics 12, 55–67. doi:10.1080/00401706.1970.10488634'],
  aliases: ['sklearn.linear_model.RidgeClassifier', 'sklearn.linear_model._ridge.RidgeClassifier'],
  params: z.strictObject({
    alpha: z.number().min(0).default(1).meta({
      title: 'Penalty',
      description: 'Strength of the penalty on the sum of squared coefficients; 0 is least squares.',
    }),
    fit_intercept: z.boolean().default(true).meta({ title: 'Intercept', description: 'Fit a constant term.' }),
    class_weight: classWeightParameter,
    copy_X: z.boolean().default(true).meta({
      title: 'Copy',
      description: 'Accepted for compatibility and not used: spectra are never written to.',
      unused: true,
    }),
    max_iter: z.int().min(1).nullable().default(null).meta({
      title: 'Iterations',
      description: 'Accepted for compatibility and not used: the solution is always computed to full precision.',
      unused: true,
    }),
    tol: z.number().positive().default(1e-4).meta({
      title: 'Tolerance',
      description: 'Accepted for compatibility and not used: the solution is always computed to full precision.',
      unused: true,
    }),
    solver: z.enum(['auto', 'svd', 'cholesky', 'lsqr', 'sparse_cg', 'sag', 'saga']).default('auto').meta({
      title: 'Solver',
      description: 'Accepted for compatibility and not used: one accurate solver serves all cases.',
      unused: true,
    }),
    positive: z.literal(false).default(false).meta({
      title: 'Positive coefficients',
      description: 'Only false: coefficients may have any sign.',
      unused: true,
    }),
    random_state: z.int().min(0).nullable().default(null).meta({
      title: 'Seed',
      description: 'Accepted for compatibility and not used: nothing is random.',
      unused: true,
    }),
  }),
  fit(x, y, { alpha, fit_intercept, class_weight }, context) {
    const problem = classProblem('RidgeClassifier', x, y, context);
    const ofClass = weightsOf(class_weight, problem);
    const weights = y.map((code) => ofClass[code]);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = new Float64Array(x.cols);
    if (fit_intercept)
      for (let i = 0; i < x.rows; i++)
        for (let j = 0; j < x.cols; j++) mean[j] += (weights[i] / total) * x.data[i * x.cols + j];
    // Weighted least squares: rows of centred spectra and responses times the root of their weight.
    const scaled = zeros(x.rows, x.cols);
    for (let i = 0; i < x.rows; i++) {
      const root = Math.sqrt(weights[i]);
      const row = rowOf(scaled, i);
      for (let j = 0; j < x.cols; j++) row[j] = root * (x.data[i * x.cols + j] - mean[j]);
    }
    const state = {
      coef: new Float64Array(problem.classCount * x.cols),
      intercept: new Float64Array(problem.classCount),
    };
    for (let k = 0; k < problem.classCount; k++) {
      const response = y.map((code) => (code === k ? 1 : -1));
      const centre = fit_intercept ? dot(weights, response) / total : 0;
      const target = response.map((value, i) => Math.sqrt(weights[i]) * (value - centre));
      const coef = dampedLeastSquares(scaled, target, alpha, context.cancel);
      state.coef.set(coef, k * x.cols);
      state.intercept[k] = centre - dot(mean, coef);
    }
    return state;
  },
  complexity: ({ alpha }) => -alpha,
  predict: (x, state) => argMaxRows(scoresOf('RidgeClassifier', x, state)),
  onnx: (graph, input, state) => ({ name: scoresOnnx(graph, input, state), cols: state.intercept.length }),
});
