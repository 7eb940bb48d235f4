import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { componentParameter, unusedSolver } from '#core/transforms/reduce/componentParameter.ts';
import { principalComponents } from '#core/transforms/reduce/principalComponents.ts';
import { projection, type Projection } from '#core/transforms/reduce/projection.ts';

interface Params {
  n_components: number | null;
  copy: boolean;
  whiten: boolean;
  svd_solver: 'auto' | 'full' | 'covariance_eigh' | 'arpack' | 'randomized';
  tol: number;
  iterated_power: number | 'auto';
  n_oversamples: number;
  power_iteration_normalizer: 'auto' | 'QR' | 'LU' | 'none';
  random_state: number | null;
}

const EXACT = 'the decomposition is always exact.';

/** Scores of a principal component analysis. Agrees with scikit-learn's `PCA`. */
export const principalComponentAnalysis = defineTransform<Params, Projection>({
  id: 'PCA',
  version: 1,
  title: 'Principal component scores',
  group: 'reduce',
  summary: 'Replaces the channels by the scores of the first principal components.',
  whenToUse: 'Before models that need few, uncorrelated inputs, such as LDA, nearest neighbours or Gaussian processes.',
  whenNotToUse: 'When the target follows a small part of the variation: PLS scores keep it in fewer components.',
  references: [
    'Jolliffe, I. T. (2002) Principal Component Analysis, 2nd ed. Springer. doi:10.1007/b98835',
    'Wold, S., Esbensen, K. & Geladi, P. (1987) Chemometrics and Intelligent Laboratory Systems 2, 37–52. doi:10.1016/0169-7439(87)80084-9',
  ],
  aliases: ['sklearn.decomposition.PCA', 'sklearn.decomposition._pca.PCA', 'PrincipalComponentAnalysis'],
  params: z.strictObject({
    n_components: componentParameter.nullable().default(null).meta({
      title: 'Components',
      description:
        'Number of components; a value below 1 keeps as many as explain more than that share of the variance. Empty: all.',
    }),
    copy: copyParameter,
    whiten: z.boolean().default(false).meta({
      title: 'Whiten',
      description: 'Divide each score by its standard deviation in the training samples (n − 1).',
    }),
    svd_solver: z
      .enum(['auto', 'full', 'covariance_eigh', 'arpack', 'randomized'])
      .default('auto')
      .meta(unusedSolver('Solver', EXACT)),
    tol: z.number().min(0).default(0).meta(unusedSolver('Tolerance', EXACT)),
    iterated_power: z
      .union([z.int().min(0), z.literal('auto')])
      .default('auto')
      .meta(unusedSolver('Power iterations', EXACT)),
    n_oversamples: z.int().min(0).default(10).meta(unusedSolver('Oversampling', EXACT)),
    power_iteration_normalizer: z
      .enum(['auto', 'QR', 'LU', 'none'])
      .default('auto')
      .meta(unusedSolver('Normalizer', EXACT)),
    random_state: z.int().nullable().default(null).meta(unusedSolver('Random seed', 'nothing is random.')),
  }),
  stateful: true,
  target: false,
  fit: (x, { n_components, whiten }, context) => principalComponents('PCA', x, n_components, whiten, context),
  ...projection('PCA'),
});
