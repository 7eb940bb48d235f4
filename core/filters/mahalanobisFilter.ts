import { z } from 'zod';
import { defineFilter, type State } from '#core/data/operator.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';
import { fitMahalanobis, type MahalanobisLimit } from '#core/filters/outliers/mahalanobis.ts';
import { whitenedDistances, withinLimit } from '#core/filters/outliers/whitenedDistance.ts';

interface Params {
  threshold: number;
  n_components: number | null;
  robust: boolean;
  support_fraction: number | null;
  random_state: number | null;
  reason: string | null;
  tag_name: string | null;
}

/** Removes samples by the Mahalanobis distance of their spectrum: `XOutlierFilter` with that method. */
export const mahalanobisFilter = defineFilter<Params, MahalanobisLimit & State>({
  id: 'Mahalanobis',
  version: 1,
  title: 'Mahalanobis distance',
  group: 'filter',
  summary: 'Finds samples far from the centre of the spectra, measured in standard deviations along every direction.',
  whenToUse: 'The usual check for foreign samples, in the space of the first principal components.',
  whenNotToUse:
    'With several groups of spectra, whose common centre lies between them: use LocalOutlierFactor. With many outliers, set robust.',
  references: [
    'De Maesschalck, R. et al. (2000) Chemometrics and Intelligent Laboratory Systems 50, 1–18. doi:10.1016/S0169-7439(99)00047-7',
    'Rousseeuw, P. J. & Van Driessen, K. (1999) Technometrics 41, 212–223. doi:10.1080/00401706.1999.10485670',
  ],
  aliases: ['MahalanobisFilter'],
  needsTarget: false,
  params: z.strictObject({
    threshold: z.number().positive().default(3).meta({
      title: 'Threshold',
      description: 'Limit in standard deviations, at the same probability for any number of components.',
    }),
    n_components: filterParameters.components.meta({
      title: 'Principal components',
      description: 'Empty: a fifth of the number of spectra, at most 50 (robust: a tenth, at most 20).',
    }),
    robust: z.boolean().default(false).meta({
      title: 'Robust',
      description: 'Use the minimum covariance determinant, which up to half of the spectra cannot spoil.',
    }),
    support_fraction: z.number().positive().max(1).nullable().default(null).meta({
      title: 'Support fraction',
      description: 'Share of the spectra that the robust covariance rests on. Empty: just over half.',
    }),
    random_state: filterParameters.seed,
    reason: filterParameters.reason,
    tag_name: filterParameters.tag_name,
  }),
  fit({ x }, { threshold, n_components, robust, support_fraction, random_state }, context) {
    const seed = random_state ?? context.seed;
    const options = { robust, components: n_components, threshold, supportFraction: support_fraction, seed };
    return { ...fitMahalanobis('Mahalanobis', x, options, context) };
  },
  keep: ({ x }, state) => withinLimit(whitenedDistances(x, state), state.limit),
});
