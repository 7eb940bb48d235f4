import { z } from 'zod';
import type { CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { defineModel } from '#core/data/operator.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import { priorsOf, priorsParameter } from '#core/models/classification/classWeights.ts';
import { normalClassifier, type NormalClass, type NormalClasses } from '#core/models/classification/normalClasses.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { rightSingularVectors } from '#core/numerics/rightSingularVectors.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

interface Params {
  reg_param: number;
  priors: number[] | null;
  store_covariance: boolean;
  tol: number;
}

/** Quadratic discriminant analysis. Agrees with scikit-learn's `QuadraticDiscriminantAnalysis`. */
export const quadraticDiscriminantAnalysis = defineModel<Params, NormalClasses>({
  id: 'QDA',
  version: 1,
  title: 'Quadratic discriminant analysis',
  group: 'classification',
  task: 'classification',
  summary: 'Normal classes, each with a covariance matrix of its own: curved borders between them.',
  whenToUse: 'On few features, such as PCA scores, with many samples in each class and classes of different shape.',
  whenNotToUse: 'With fewer samples in a class than about five times the features: use LDA, or raise `reg_param`.',
  references: [
    'Hastie, T., Tibshirani, R. & Friedman, J. (2009) The Elements of Statistical Learning, 2nd ed., 4.3. Springer',
    'Friedman, J. H. (1989) Journal of the American Statistical Association 84, 165–175. doi:10.1080/01621459.1989.10478752',
  ],
  aliases: [
    'QuadraticDiscriminantAnalysis',
    'sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis',
    'sklearn.qda.QDA',
  ],
  params: z.strictObject({
    reg_param: z.number().min(0).max(1).default(0).meta({
      title: 'Regularisation',
      description: 'Moves the variances of each class towards 1, from 0 (as they are) to 1 (all 1).',
    }),
    priors: priorsParameter,
    store_covariance: z.boolean().default(false).meta({
      title: 'Store covariance',
      description: 'Accepted for compatibility and not used: predictions do not need it.',
      unused: true,
    }),
    tol: z.number().min(0).default(1e-4).meta({
      title: 'Tolerance',
      description: 'Singular values of a class below this bring a warning that its channels depend on each other.',
    }),
  }),
  fit(x, y, { reg_param, priors, tol }, context) {
    const problem = classProblem('QDA', x, y, context);
    const shares = priorsOf('QDA', priors, problem);
    const classes = problem.present.map((code, k): NormalClass => {
      context.cancel.check();
      const { rank, ...shape } = fitClass(problem.spectraOf(code), code, { reg_param, tol }, context.cancel);
      if (rank < x.cols)
        context.notice(
          `QDA: the channels of class ${code + 1} depend on each other. Reduce them first, or raise reg_param.`,
        );
      return { ...shape, constant: shape.constant + Math.log(shares[k]) };
    });
    return { classCount: problem.classCount, classes };
  },
  complexity: ({ reg_param }) => -reg_param,
  ...normalClassifier('QDA'),
});

function fitClass(
  x: Matrix,
  code: number,
  { reg_param, tol }: Pick<Params, 'reg_param' | 'tol'>,
  cancel: CancelToken,
): NormalClass & { readonly rank: number } {
  if (x.rows < 2)
    throw new EngineError('numerics.too-few', {
      operator: 'QDA',
      what: 'samples in every class',
      needed: 2,
      found: x.rows,
    });
  const mean = columnMeans(x);
  const { s, v } = rightSingularVectors(standardiseColumns(x, mean, null), cancel);
  const variances = s.map((value) => ((1 - reg_param) * value * value) / (x.rows - 1) + reg_param);
  // Directions without any variance would make every density infinite.
  const flat = variances.findIndex((value) => !(value > NO_VARIANCE * variances[0]));
  if (flat !== -1 || s.length < x.cols)
    throw new EngineError('numerics.parameter', {
      operator: 'QDA',
      parameter: 'reg_param',
      problem:
        s.length < x.cols
          ? `cannot help, because class ${code + 1} has fewer samples than channels. Reduce the channels first, for example with PCA.`
          : `is too small: the channels of class ${code + 1} depend on each other. Raise it, or reduce the channels first, for example with PCA.`,
    });
  const whitening = new Float64Array(v.length * x.cols);
  v.forEach((direction, k) => {
    whitening.set(
      direction.map((value) => value / Math.sqrt(variances[k])),
      k * x.cols,
    );
  });
  const logDeterminant = variances.reduce((sum, value) => sum + Math.log(value), 0);
  const rank = s.filter((value) => value > tol).length;
  return { code, mean, whitening, constant: -logDeterminant / 2, rank };
}

/** Relative to the largest variance; rounding alone leaves about 1e-32. */
const NO_VARIANCE = 1e-28;
