import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { componentParameter, unusedSolver } from '#core/transforms/reduce/componentParameter.ts';
import { projection, type Projection } from '#core/transforms/reduce/projection.ts';
import { truncatedComponents } from '#core/transforms/reduce/truncatedComponents.ts';

interface Params {
  n_components: number;
  algorithm: 'arpack' | 'randomized';
  n_iter: number;
  random_state: number | null;
  copy: boolean;
}

const EXACT = 'the decomposition is always exact.';

/** Truncated SVD whose size follows from a share of the variance by default, as nirs4all's `FlexibleSVD`. */
export const flexibleSvd = defineTransform<Params, Projection>({
  id: 'FlexibleSVD',
  version: 1,
  title: 'Truncated SVD, by share of variance',
  group: 'reduce',
  summary: 'Keeps as many scores on singular vectors, without centring, as explain 95 % of the variance.',
  whenToUse: 'When the origin carries meaning and the number of components should follow from the data.',
  whenNotToUse: 'On ordinary spectra: the first component only describes their mean. Use FlexiblePCA.',
  references: ['Golub, G. H. & Van Loan, C. F. (2013) Matrix Computations, 4th ed., ch. 8. Johns Hopkins'],
  aliases: ['nirs4all.operators.transforms.FlexibleSVD', 'nirs4all.operators.transforms.feature_selection.FlexibleSVD'],
  params: z.strictObject({
    n_components: componentParameter.default(0.95).meta({
      title: 'Components',
      description:
        'A value below 1 keeps as many components as explain more than that share of the variance; else their number.',
    }),
    algorithm: z.enum(['arpack', 'randomized']).default('randomized').meta(unusedSolver('Solver', EXACT)),
    n_iter: z.int().min(0).default(5).meta(unusedSolver('Iterations', EXACT)),
    random_state: z.int().nullable().default(null).meta(unusedSolver('Random seed', 'nothing is random.')),
    copy: copyParameter,
  }),
  stateful: true,
  target: false,
  fit: (x, { n_components }, context) => truncatedComponents('FlexibleSVD', x, n_components, context),
  ...projection('FlexibleSVD'),
});
