import { z } from 'zod';
import { defineFilter, type State } from '#core/data/operator.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';
import { finiteRows } from '#core/filters/finiteRows.ts';
import {
  fitLocalDensities,
  localOutlierFactors,
  type LocalDensities,
  type NeighbourOptions,
} from '#core/filters/outliers/localOutlierFactors.ts';
import { withinLimit } from '#core/filters/outliers/whitenedDistance.ts';
import { quantile } from '#core/numerics/quantile.ts';

interface Params {
  n_neighbors: number;
  algorithm: string;
  leaf_size: number;
  metric: 'minkowski' | 'euclidean' | 'l2' | 'manhattan' | 'cityblock' | 'l1' | 'chebyshev';
  p: number;
  metric_params: null;
  contamination: number | 'auto';
  novelty: boolean;
  n_jobs: number | null;
  reason: string | null;
  tag_name: string | null;
}
interface Factors extends State {
  readonly densities: LocalDensities;
  readonly neighbours: number;
  /** Largest factor that is kept. */
  readonly limit: number;
}

const unused = (what: string) => `Accepted for compatibility and not used: ${what}.`;

/** Local outlier factor with the parameters, factors and limits of scikit-learn's `LocalOutlierFactor`. */
export const localOutlierFactorFilter = defineFilter<Params, Factors>({
  id: 'LocalOutlierFactor',
  version: 1,
  title: 'Local outlier factor',
  group: 'filter',
  summary: 'Finds samples whose neighbourhood of spectra is thinner than those of their neighbours.',
  whenToUse: 'Several groups of spectra of different spread, where a distance from a common centre says little.',
  whenNotToUse: 'When outliers come in groups of more than n_neighbors: they are neighbours of each other.',
  references: ['Breunig, M. M. et al. (2000) ACM SIGMOD Record 29(2), 93–104. doi:10.1145/335191.335388'],
  aliases: ['LOF', 'sklearn.neighbors.LocalOutlierFactor', 'sklearn.neighbors._lof.LocalOutlierFactor'],
  needsTarget: false,
  params: z.strictObject({
    n_neighbors: z.int().min(1).max(10000).default(20).meta({
      title: 'Neighbours',
      description: 'Number of neighbours; at most all other samples.',
    }),
    algorithm: z
      .enum(['auto', 'ball_tree', 'kd_tree', 'brute'])
      .default('auto')
      .meta({
        title: 'Algorithm',
        description: unused('all distances are computed'),
        unused: true,
      }),
    leaf_size: z
      .int()
      .min(1)
      .default(30)
      .meta({ title: 'Leaf size', description: unused('no tree is built'), unused: true }),
    metric: z
      .enum(['minkowski', 'euclidean', 'l2', 'manhattan', 'cityblock', 'l1', 'chebyshev'])
      .default('minkowski')
      .meta({ title: 'Distance', description: 'Distance between spectra. minkowski takes the power p.' }),
    p: z
      .number()
      .min(1)
      .default(2)
      .meta({ title: 'Power', description: 'Power of the minkowski distance; 2: euclidean.' }),
    metric_params: z
      .null()
      .default(null)
      .meta({ title: 'Distance settings', description: unused('the distances have no other settings'), unused: true }),
    contamination: z
      .union([filterParameters.contamination, z.literal('auto')])
      .default('auto')
      .meta({
        title: 'Share of outliers',
        description: 'The share of the training samples to remove. auto: those with a factor above 1.5.',
      }),
    novelty: z
      .boolean()
      .default(false)
      .meta({
        title: 'Novelty',
        description: unused('training samples are judged by each other, new ones by the training samples'),
        unused: true,
      }),
    n_jobs: z
      .int()
      .nullable()
      .default(null)
      .meta({ title: 'Jobs', description: unused('the engine decides how to use the cores'), unused: true }),
    reason: filterParameters.reason,
    tag_name: filterParameters.tag_name,
  }),
  fit({ x }, params, { cancel }) {
    const spectra = finiteRows('LocalOutlierFactor', x, 3);
    const neighbours = Math.min(params.n_neighbors, spectra.rows - 1);
    const densities = fitLocalDensities(spectra, options(params, neighbours), cancel);
    const limit = params.contamination === 'auto' ? 1.5 : quantile(densities.factor, 1 - params.contamination);
    return { densities, neighbours, limit };
  },
  keep: ({ x }, { densities, neighbours, limit }, params) =>
    withinLimit(localOutlierFactors(x, densities, options(params, neighbours)), limit),
});

function options({ metric, p }: Params, neighbours: number): NeighbourOptions {
  switch (metric) {
    case 'l2':
      return { neighbours, metric: 'euclidean', p };
    case 'cityblock':
    case 'l1':
      return { neighbours, metric: 'manhattan', p };
    case 'minkowski':
    case 'euclidean':
    case 'manhattan':
    case 'chebyshev':
      return { neighbours, metric, p };
  }
}
