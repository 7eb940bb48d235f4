import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { unusedSolver } from '#core/transforms/reduce/componentParameter.ts';
import { projection, type Projection } from '#core/transforms/reduce/projection.ts';
import { truncatedComponents } from '#core/transforms/reduce/truncatedComponents.ts';

interface Params {
  n_components: number;
  algorithm: 'arpack' | 'randomized';
  n_iter: number;
  n_oversamples: number;
  power_iteration_normalizer: 'auto' | 'OR' | 'QR' | 'LU' | 'none';
  random_state: number | null;
  tol: number;
}

const EXACT = 'the decomposition is always exact.';

/** Scores on the singular vectors of spectra that are not centred. Agrees with scikit-learn's `TruncatedSVD`. */
export const truncatedSvd = defineTransform<Params, Projection>({
  id: 'TruncatedSVD',
  version: 1,
  title: 'Truncated singular value decomposition',
  group: 'reduce',
  summary: 'Replaces the channels by scores on the first singular vectors, without centring.',
  whenToUse: 'When the origin carries meaning, for example for spectra that are differences from a blank.',
  whenNotToUse: 'On ordinary spectra: the first component only describes their mean. Use PCA.',
  references: ['Golub, G. H. & Van Loan, C. F. (2013) Matrix Computations, 4th ed., ch. 8. Johns Hopkins'],
  aliases: ['SVD', 'sklearn.decomposition.TruncatedSVD', 'sklearn.decomposition._truncated_svd.TruncatedSVD'],
  params: z.strictObject({
    n_components: z.int().min(1).max(10_000).default(2).meta({
      title: 'Components',
      description: 'Number of singular vectors.',
    }),
    algorithm: z.enum(['arpack', 'randomized']).default('randomized').meta(unusedSolver('Solver', EXACT)),
    n_iter: z.int().min(0).default(5).meta(unusedSolver('Iterations', EXACT)),
    n_oversamples: z.int().min(0).default(10).meta(unusedSolver('Oversampling', EXACT)),
    power_iteration_normalizer: z
      .enum(['auto', 'OR', 'QR', 'LU', 'none'])
      .default('auto')
      .meta(unusedSolver('Normalizer', EXACT)),
    random_state: z.int().nullable().default(null).meta(unusedSolver('Random seed', 'nothing is random.')),
    tol: z.number().min(0).default(0).meta(unusedSolver('Tolerance', EXACT)),
  }),
  stateful: true,
  target: false,
  fit: (x, { n_components }, context) => truncatedComponents('TruncatedSVD', x, n_components, context),
  ...projection('TruncatedSVD'),
});
