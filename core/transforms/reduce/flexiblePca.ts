import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { componentParameter, unusedSolver } from '#core/transforms/reduce/componentParameter.ts';
import { principalComponents } from '#core/transforms/reduce/principalComponents.ts';
import { projection, type Projection } from '#core/transforms/reduce/projection.ts';

interface Params {
  n_components: number;
  whiten: boolean;
  svd_solver: 'auto' | 'full' | 'arpack' | 'randomized';
  random_state: number | null;
  copy: boolean;
}

/** PCA whose number of components follows from a share of the variance by default, as nirs4all's `FlexiblePCA`. */
export const flexiblePca = defineTransform<Params, Projection>({
  id: 'FlexiblePCA',
  version: 1,
  title: 'Principal component scores, by share of variance',
  group: 'reduce',
  summary: 'Keeps as many principal component scores as explain 95 % of the variance, or a fixed number.',
  whenToUse: 'When the number of components should follow from the data rather than be fixed.',
  whenNotToUse:
    'On raw spectra whose baseline makes up nearly all variance: one or two components reach 95 % and the chemistry is lost. Correct the baseline first.',
  references: [
    'Jolliffe, I. T. (2002) Principal Component Analysis, 2nd ed., section 6.1. Springer. doi:10.1007/b98835',
  ],
  aliases: ['nirs4all.operators.transforms.FlexiblePCA', 'nirs4all.operators.transforms.feature_selection.FlexiblePCA'],
  params: z.strictObject({
    n_components: componentParameter.default(0.95).meta({
      title: 'Components',
      description:
        'A value below 1 keeps as many components as explain more than that share of the variance; else their number.',
    }),
    whiten: z.boolean().default(false).meta({
      title: 'Whiten',
      description: 'Divide each score by its standard deviation in the training samples (n − 1).',
    }),
    svd_solver: z
      .enum(['auto', 'full', 'arpack', 'randomized'])
      .default('auto')
      .meta(unusedSolver('Solver', 'the decomposition is always exact.')),
    random_state: z.int().nullable().default(null).meta(unusedSolver('Random seed', 'nothing is random.')),
    copy: copyParameter,
  }),
  stateful: true,
  target: false,
  fit: (x, { n_components, whiten }, context) => principalComponents('FlexiblePCA', x, n_components, whiten, context),
  ...projection('FlexiblePCA'),
});
