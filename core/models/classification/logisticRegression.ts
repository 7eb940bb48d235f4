import { z } from 'zod';
import { defineModel, type FitContext } from '#core/data/operator.ts';
import { classProblem, type ClassProblem } from '#core/models/classification/classProblem.ts';
import {
  ABSENT_SCORE,
  linearClassifier,
  logisticLink,
  softmaxLink,
  spreadScores,
  type ClassScores,
} from '#core/models/classification/classScores.ts';
import { classWeightParameter, weightsOf } from '#core/models/classification/classWeights.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { softmaxRegression } from '#core/numerics/softmaxRegression.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

interface Params {
  penalty: 'l2' | 'none' | null;
  C: number;
  fit_intercept: boolean;
  class_weight: 'balanced' | null;
  multi_class: 'auto' | 'ovr' | 'multinomial' | 'deprecated';
  [unused: string]: unknown;
}

/** Logistic regression with an L2 penalty, at its exact optimum. Agrees with scikit-learn's `LogisticRegression`. */
export const logisticRegression = defineModel<Params, ClassScores>({
  id: 'LogisticRegression',
  version: 1,
  title: 'Logistic regression',
  group: 'classification',
  task: 'classification',
  summary: 'Linear log-odds of the classes, with a penalty on large coefficients.',
  whenToUse: 'When probabilities matter: on scaled spectra or on scores, with C swept over powers of ten.',
  whenNotToUse: 'On unscaled spectra of small variation: the penalty then hides what tells the classes apart.',
  references: [
    'Cox, D. R. (1958) Journal of the Royal Statistical Society B 20, 215–242. doi:10.1111/j.2517-6161.1958.tb00292.x',
    'Hastie, T., Tibshirani, R. & Friedman, J. (2009) The Elements of Statistical Learning, 2nd ed., 4.4. Springer',
  ],
  aliases: ['Logistic', 'sklearn.linear_model.LogisticRegression', 'sklearn.linear_model._logistic.LogisticRegression'],
  params: z.strictObject({
    penalty: z.enum(['l2', 'none']).nullable().default('l2').meta({
      title: 'Penalty',
      description: '`l2`: on the sum of squared coefficients; `none` or empty: no penalty.',
    }),
    C: z.number().positive().default(1).meta({
      title: 'Inverse penalty',
      description: 'Weight of the data against the penalty: small values keep coefficients small.',
    }),
    fit_intercept: z
      .boolean()
      .default(true)
      .meta({ title: 'Intercept', description: 'Fit constant terms, without penalty.' }),
    class_weight: classWeightParameter,
    multi_class: z.enum(['auto', 'ovr', 'multinomial', 'deprecated']).default('auto').meta({
      title: 'Several classes',
      description:
        '`auto`: all classes together (two classes: one curve); `ovr`: each class against the rest. `deprecated` is `auto`.',
    }),
    solver: z.enum(['lbfgs', 'newton-cg', 'newton-cholesky', 'sag', 'saga']).default('lbfgs').meta({
      title: 'Solver',
      description: 'Accepted for compatibility and not used: all of them aim at the same optimum, which is computed.',
      unused: true,
    }),
    tol: z.number().positive().default(1e-4).meta({
      title: 'Tolerance',
      description: 'Accepted for compatibility and not used: the optimum is always computed to full precision.',
      unused: true,
    }),
    max_iter: z.int().min(1).default(100).meta({
      title: 'Iterations',
      description: 'Accepted for compatibility and not used: the optimum is always computed to full precision.',
      unused: true,
    }),
    dual: z.literal(false).default(false).meta({
      title: 'Dual',
      description: 'Only false: the dual form belongs to another solver.',
      unused: true,
    }),
    intercept_scaling: z.number().default(1).meta({
      title: 'Intercept scaling',
      description: 'Accepted for compatibility and not used: it belongs to another solver.',
      unused: true,
    }),
    l1_ratio: z
      .union([z.literal(0), z.null()])
      .default(null)
      .meta({
        title: 'L1 share',
        description: 'Only empty or 0: there is no L1 penalty here.',
        unused: true,
      }),
    random_state: z.int().min(0).nullable().default(null).meta({
      title: 'Seed',
      description: 'Accepted for compatibility and not used: nothing is random.',
      unused: true,
    }),
    verbose: z.int().default(0).meta({
      title: 'Verbose',
      description: 'Accepted for compatibility and not used.',
      unused: true,
    }),
    warm_start: z.boolean().default(false).meta({
      title: 'Warm start',
      description: 'Accepted for compatibility and not used: every fit starts anew.',
      unused: true,
    }),
    n_jobs: z.int().nullable().default(null).meta({
      title: 'Jobs',
      description: 'Accepted for compatibility and not used: the engine shares out the work.',
      unused: true,
    }),
  }),
  fit(x, y, params, context) {
    const problem = classProblem('LogisticRegression', x, y, context);
    const { present, classCount } = problem;
    // Centred channels are better conditioned; the intercept takes the difference, and it is not penalised.
    const mean = params.fit_intercept ? columnMeans(x) : new Float64Array(x.cols);
    const centred = standardiseColumns(x, mean, null);
    const codes = y.map((code) => present.indexOf(code));
    const parts =
      present.length > 2 && params.multi_class === 'ovr'
        ? present.map((_, k) => {
            const [rest, own] = fitTogether(
              centred,
              codes.map((code) => (code === k ? 1 : 0)),
              2,
              y,
              problem,
              params,
              context,
            );
            return difference(own, rest);
          })
        : fitTogether(centred, codes, present.length, y, problem, params, context);
    return spreadScores(classCount, x.cols, present, (k) => {
      const { coef, intercept } = parts[k];
      return { coef, intercept: intercept - dot(mean, coef) };
    });
  },
  complexity: ({ C }) => C,
  predict: (x, state) => linearClassifier('LogisticRegression', softmaxLink).predict(x, state),
  probabilities: (x, state, params) => classifierOf(state, params).probabilities(x, state),
  onnx: (graph, input, state, params) => classifierOf(state, params).onnx(graph, input, state),
});

/** One-versus-rest models of more than two classes have probabilities of their own. */
const classifierOf = (state: ClassScores, { multi_class }: Params) =>
  linearClassifier('LogisticRegression', multi_class === 'ovr' && severalPresent(state) ? logisticLink : softmaxLink);

const severalPresent = ({ intercept }: ClassScores): boolean =>
  intercept.filter((value) => value !== ABSENT_SCORE).length > 2;

interface Part {
  readonly coef: Float64Array;
  readonly intercept: number;
}

const difference = (a: Part, b: Part): Part => ({
  coef: a.coef.map((value, j) => value - b.coef[j]),
  intercept: a.intercept - b.intercept,
});

/** All classes in one model. Codes run from 0 to count − 1. */
function fitTogether(
  x: Matrix,
  codes: Float64Array,
  count: number,
  y: Float64Array,
  problem: ClassProblem,
  params: Params,
  context: FitContext,
): Part[] {
  const free = params.penalty === null || params.penalty === 'none';
  // With two classes the coefficients are ±w/2: half the squared sum of one curve with coefficients w.
  const curve = count === 2 && params.multi_class !== 'multinomial' ? 2 : 1;
  const ofClass = weightsOf(params.class_weight, problem);
  const { coef, intercept, converged } = softmaxRegression(
    {
      x,
      y: codes,
      classCount: count,
      weights: y.map((code) => ofClass[code]),
      penalty: free ? 0 : curve / params.C,
      intercept: params.fit_intercept,
    },
    context.cancel,
  );
  if (!converged)
    context.notice(
      'LogisticRegression: the classes can be separated without error, so that without a penalty there is no best model. Set penalty to l2.',
    );
  return Array.from({ length: count }, (_, k) => ({
    coef: coef.slice(k * x.cols, (k + 1) * x.cols),
    intercept: intercept[k],
  }));
}
