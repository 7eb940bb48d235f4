import { z } from 'zod';
import { defineFilter, type FitContext, type State } from '#core/data/operator.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';
import { finiteRows } from '#core/filters/finiteRows.ts';
import { growIsolationTrees, isolationScores, type IsolationTrees } from '#core/filters/outliers/isolationTrees.ts';
import {
  fitLocalDensities,
  localOutlierFactors,
  type LocalDensities,
  type NeighbourOptions,
} from '#core/filters/outliers/localOutlierFactors.ts';
import { fitMahalanobis } from '#core/filters/outliers/mahalanobis.ts';
import { principalAxes } from '#core/filters/outliers/principalAxes.ts';
import { principalResiduals } from '#core/filters/outliers/principalResiduals.ts';
import {
  stackedAxes,
  whitenedDistances,
  withinLimit,
  type WhitenedForm,
} from '#core/filters/outliers/whitenedDistance.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { quantile } from '#core/numerics/quantile.ts';

interface Params {
  method: 'mahalanobis' | 'robust_mahalanobis' | 'pca_residual' | 'pca_leverage' | 'isolation_forest' | 'lof';
  threshold: number | null;
  n_components: number | null;
  contamination: number;
  random_state: number | null;
  support_fraction: number | null;
  reason: string | null;
  tag_name: string | null;
}
/** A measure of strangeness and the largest value of it that is kept. */
type Limits = { readonly limit: number } & (
  | { readonly form: WhitenedForm & State }
  | { readonly trees: IsolationTrees }
  | { readonly densities: LocalDensities; readonly neighbours: number }
) &
  State;

/** Removes samples with strange spectra, by the six methods of nirs4all's `XOutlierFilter`. */
export const xOutlierFilter = defineFilter<Params, Limits>({
  id: 'XOutlierFilter',
  version: 1,
  title: 'Spectral outliers',
  group: 'filter',
  summary: 'Finds samples whose spectrum lies far from the others, by one of six measures.',
  whenToUse: 'To find bad measurements and foreign samples before calibration.',
  whenNotToUse:
    'To improve the score: samples that are only rare belong in the calibration. Look at the spectra before you exclude them.',
  references: [
    'Rousseeuw, P. J. & Van Driessen, K. (1999) Technometrics 41, 212–223. doi:10.1080/00401706.1999.10485670',
    'Jackson, J. E. & Mudholkar, G. S. (1979) Technometrics 21, 341–349. doi:10.1080/00401706.1979.10489779',
    'Liu, F. T., Ting, K. M. & Zhou, Z.-H. (2012) ACM TKDD 6(1), 3. doi:10.1145/2133360.2133363',
    'Breunig, M. M. et al. (2000) ACM SIGMOD Record 29(2), 93–104. doi:10.1145/335191.335388',
  ],
  aliases: ['nirs4all.operators.filters.XOutlierFilter', 'nirs4all.operators.filters.x_outlier.XOutlierFilter'],
  needsTarget: false,
  params: z.strictObject({
    method: z
      .enum(['mahalanobis', 'robust_mahalanobis', 'pca_residual', 'pca_leverage', 'isolation_forest', 'lof'])
      .default('mahalanobis')
      .meta({
        title: 'Method',
        description:
          'mahalanobis: distance in principal component scores; robust_mahalanobis: the same with a covariance that outliers do not influence; pca_residual: Q; pca_leverage: Hotelling’s T²; isolation_forest; lof: local outlier factor.',
      }),
    threshold: z.number().positive().nullable().default(null).meta({
      title: 'Threshold',
      description:
        'Mahalanobis: standard deviations (empty: 3), at the same probability for any number of components. T² and Q: the largest value kept (empty: the 95th percentile of the training spectra). Not for isolation_forest and lof.',
    }),
    n_components: filterParameters.components.meta({
      title: 'Principal components',
      description:
        'Empty: 10 for T² and Q; for Mahalanobis a fifth of the number of spectra, at most 50 (robust: a tenth, at most 20).',
    }),
    contamination: filterParameters.contamination.default(0.1).meta({
      title: 'Share of outliers',
      description: 'The share of the training spectra that isolation_forest and lof remove.',
    }),
    random_state: filterParameters.seed,
    support_fraction: z.number().positive().max(1).nullable().default(null).meta({
      title: 'Support fraction',
      description: 'robust_mahalanobis: share of the spectra that the covariance rests on. Empty: just over half.',
    }),
    reason: filterParameters.reason,
    tag_name: filterParameters.tag_name,
  }),
  fit: ({ x }, params, context) => fitLimits(x, params, context),
  keep: ({ x }, state, params) => withinLimit(strangeness(x, state, params), state.limit),
});

function fitLimits(spectra: Matrix, params: Params, context: FitContext): Limits {
  const operator = 'XOutlierFilter';
  const seed = params.random_state ?? context.seed;
  const share = 1 - params.contamination;
  switch (params.method) {
    case 'mahalanobis':
    case 'robust_mahalanobis': {
      const options = {
        robust: params.method === 'robust_mahalanobis',
        components: params.n_components,
        threshold: params.threshold ?? 3,
        supportFraction: params.support_fraction,
        seed,
      };
      const { limit, centre, axes } = fitMahalanobis(operator, spectra, options, context);
      return { limit, form: { centre, axes } };
    }
    case 'pca_residual':
    case 'pca_leverage': {
      const x = finiteRows(operator, spectra, 3);
      const { mean, s, v } = principalAxes(x, params.n_components ?? 10, context.cancel);
      const scale = (k: number): number => (params.method === 'pca_residual' ? 1 : Math.sqrt(x.rows - 1) / s[k]);
      const form = { centre: mean, axes: stackedAxes(v.map((axis, k) => axis.map((value) => value * scale(k)))) };
      return { form, limit: params.threshold ?? quantile(strangeness(x, { form, limit: 0 }, params), 0.95) };
    }
    case 'isolation_forest': {
      const x = finiteRows(operator, spectra, 2);
      const options = { trees: 100, samples: Math.min(256, x.rows), channels: x.cols, bootstrap: false, seed };
      const trees = growIsolationTrees(x, options, context.cancel);
      return { trees, limit: quantile(strangeness(x, { trees, limit: 0 }, params), share) };
    }
    case 'lof': {
      const x = finiteRows(operator, spectra, 3);
      const neighbours = Math.min(20, x.rows - 1);
      const densities = fitLocalDensities(x, euclidean(neighbours), context.cancel);
      return { densities, neighbours, limit: quantile(densities.factor, share) };
    }
  }
}

/** Larger is stranger; NaN for a spectrum with a missing value. */
function strangeness(x: Matrix, state: Limits, { method }: Params): Float64Array {
  if ('trees' in state) return isolationScores(x, state.trees as IsolationTrees).map((score) => -score);
  if ('densities' in state)
    return localOutlierFactors(x, state.densities as LocalDensities, euclidean(state.neighbours as number));
  const form = state.form as WhitenedForm;
  return method === 'pca_residual' ? principalResiduals(x, form) : whitenedDistances(x, form);
}

const euclidean = (neighbours: number): NeighbourOptions => ({ neighbours, metric: 'euclidean', p: 2 });
