import { z } from 'zod';
import type { CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { defineModel } from '#core/data/operator.ts';
import { classProblem, type ClassProblem } from '#core/models/classification/classProblem.ts';
import {
  linearClassifier,
  softmaxLink,
  spreadScores,
  type ClassScores,
} from '#core/models/classification/classScores.ts';
import { priorsOf, priorsParameter } from '#core/models/classification/classWeights.ts';
import { leastSquaresScores } from '#core/models/classification/leastSquaresScores.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, zeros } from '#core/numerics/matrix.ts';
import { rightSingularVectors } from '#core/numerics/rightSingularVectors.ts';

interface Params {
  solver: 'svd' | 'lsqr' | 'eigen';
  shrinkage: number | 'auto' | null;
  priors: number[] | null;
  n_components: number | null;
  store_covariance: boolean;
  covariance_estimator: null;
  tol: number;
}

/** Linear discriminant analysis. Agrees with scikit-learn's `LinearDiscriminantAnalysis`. */
export const linearDiscriminantAnalysis = defineModel<Params, ClassScores>({
  id: 'LDA',
  version: 1,
  title: 'Linear discriminant analysis',
  group: 'classification',
  task: 'classification',
  summary: 'Normal classes with one covariance matrix for all: linear borders between them.',
  whenToUse: 'On few uncorrelated features, such as PCA or PLS scores, with classes of similar shape.',
  whenNotToUse: 'On raw spectra with more channels than samples: reduce them first, shrink, or use PLSDA.',
  references: [
    'Fisher, R. A. (1936) Annals of Eugenics 7, 179–188. doi:10.1111/j.1469-1809.1936.tb02137.x',
    'Hastie, T., Tibshirani, R. & Friedman, J. (2009) The Elements of Statistical Learning, 2nd ed., 4.3. Springer',
    'Ledoit, O. & Wolf, M. (2004) Journal of Multivariate Analysis 88, 365–411. doi:10.1016/S0047-259X(03)00096-4',
  ],
  aliases: [
    'LinearDiscriminantAnalysis',
    'sklearn.discriminant_analysis.LinearDiscriminantAnalysis',
    'sklearn.lda.LDA',
  ],
  params: z
    .strictObject({
      solver: z.enum(['svd', 'lsqr', 'eigen']).default('svd').meta({
        title: 'Solver',
        description: '`svd` leaves out directions without variance; `lsqr` and `eigen` (which agree) allow shrinkage.',
      }),
      shrinkage: z
        .union([z.number().min(0).max(1), z.enum(['auto']), z.null()])
        .default(null)
        .meta({
          title: 'Shrinkage',
          description:
            'Moves covariances towards equal variances, 0 to 1; `auto` chooses how far (Ledoit–Wolf). Not with `svd`.',
        }),
      priors: priorsParameter,
      n_components: z.int().min(1).nullable().default(null).meta({
        title: 'Components',
        description: 'Accepted for compatibility and not used: it concerns the reduction of data, not the prediction.',
        unused: true,
      }),
      store_covariance: z.boolean().default(false).meta({
        title: 'Store covariance',
        description: 'Accepted for compatibility and not used: predictions do not need it.',
        unused: true,
      }),
      covariance_estimator: z.null().default(null).meta({
        title: 'Covariance estimator',
        description: 'Only empty: objects cannot stand in a pipeline document. Use shrinkage.',
        unused: true,
      }),
      tol: z.number().min(0).default(1e-4).meta({
        title: 'Tolerance',
        description: '`svd` leaves out directions whose singular value within classes, of scaled channels, is smaller.',
      }),
    })
    .refine((p) => p.solver !== 'svd' || p.shrinkage === null, {
      path: ['shrinkage'],
      message: 'does not work with the solver svd: choose lsqr',
    }),
  fit(x, y, params, context) {
    const problem = classProblem('LDA', x, y, context);
    const priors = priorsOf('LDA', params.priors, problem);
    context.cancel.check();
    return params.solver === 'svd'
      ? fitBySvd(problem, priors, params.tol, context.cancel)
      : leastSquaresScores(problem, priors, params.shrinkage, context.cancel);
  },
  complexity: ({ shrinkage }) => (typeof shrinkage === 'number' ? -shrinkage : 0),
  ...linearClassifier('LDA', softmaxLink),
});

/** Whitens what varies within classes, then rotates to the directions in which the class means differ. */
function fitBySvd(problem: ClassProblem, priors: readonly number[], tol: number, cancel: CancelToken): ClassScores {
  const { present, classCount } = problem;
  const spectra = present.map((code) => problem.spectraOf(code));
  const means = spectra.map(columnMeans);
  const p = means[0].length;
  const n = spectra.reduce((sum, { rows }) => sum + rows, 0);
  if (n <= present.length)
    throw new EngineError('numerics.too-few', {
      operator: 'LDA',
      what: 'training samples',
      needed: present.length + 1,
      found: n,
    });
  const within = zeros(n, p);
  let row = 0;
  spectra.forEach((x, k) => {
    for (let i = 0; i < x.rows; i++, row++) {
      rowOf(within, row).set(rowOf(x, i));
      addScaledInto(-1, means[k], rowOf(within, row));
    }
  });
  const centre = new Float64Array(p);
  means.forEach((mean, k) => {
    addScaledInto(priors[k], mean, centre);
  });
  const deviations = columnDeviations(within, new Float64Array(p), 0);
  const factor = Math.sqrt(1 / (n - present.length));
  for (let i = 0; i < n; i++) {
    const line = rowOf(within, i);
    for (let j = 0; j < p; j++) line[j] *= factor / deviations[j];
  }
  const inner = rightSingularVectors(within, cancel);
  const whitening = inner.v
    .slice(0, countAbove(inner.s, tol))
    .map((v, k) => v.map((value, j) => value / deviations[j] / inner.s[k]));
  // The class means in whitened coordinates, and the directions in which they differ.
  const offsets = means.map((mean) => {
    const difference = mean.slice();
    addScaledInto(-1, centre, difference);
    return Float64Array.from(whitening, (direction) => dot(direction, difference));
  });
  const between = zeros(present.length, whitening.length);
  offsets.forEach((offset, k) => {
    const weight = Math.sqrt((n * priors[k]) / (present.length - 1));
    rowOf(between, k).set(offset.map((value) => weight * value));
  });
  const outer = rightSingularVectors(between, cancel);
  const kept = outer.v.slice(0, countAbove(outer.s, tol * (outer.s[0] ?? 0)));
  return spreadScores(classCount, p, present, (k) => {
    const inKept = kept.map((direction) => dot(direction, offsets[k]));
    const whitened = new Float64Array(whitening.length);
    kept.forEach((direction, m) => {
      addScaledInto(inKept[m], direction, whitened);
    });
    const coef = new Float64Array(p);
    whitening.forEach((direction, m) => {
      addScaledInto(whitened[m], direction, coef);
    });
    const length = inKept.reduce((sum, value) => sum + value * value, 0);
    return { coef, intercept: Math.log(priors[k]) - length / 2 - dot(centre, coef) };
  });
}

function countAbove(s: Float64Array, limit: number): number {
  const first = s.findIndex((value) => !(value > limit));
  return first === -1 ? s.length : first;
}
