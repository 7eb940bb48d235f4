import { z } from 'zod';
import { metricNames } from '#core/models/neighbours/distances.ts';
import { treeParameters } from '#core/models/trees/treeParameters.ts';

/** Parameters of both nearest-neighbour models. Names and defaults are scikit-learn's. */
export const neighbourParameters = {
  n_neighbors: z.int().min(1).max(10000).default(5).meta({
    title: 'Neighbours',
    description: 'Training samples that take part in each prediction.',
  }),
  weights: z.enum(['uniform', 'distance']).default('uniform').meta({
    title: 'Weights',
    description: 'All neighbours count the same, or each by the reciprocal of its distance.',
  }),
  metric: z.enum(metricNames).default('minkowski').meta({
    title: 'Distance',
    description:
      'minkowski uses the exponent below: 1 is manhattan, 2 is euclidean. cosine ignores the size of spectra.',
  }),
  p: z.number().min(1).max(100).default(2).meta({
    title: 'Exponent',
    description: 'Of the Minkowski distance; other distances do not use it.',
  }),
  algorithm: z.enum(['auto', 'ball_tree', 'kd_tree', 'brute']).default('auto').meta({
    title: 'Search',
    description: 'Accepted for compatibility and not used: all samples are compared, which gives the same neighbours.',
    unused: true,
  }),
  leaf_size: z.int().min(1).default(30).meta({
    title: 'Leaf size',
    description: 'Accepted for compatibility and not used: it only concerns the speed of search trees.',
    unused: true,
  }),
  metric_params: z.null().default(null).meta({
    title: 'Distance options',
    description: 'Accepted for compatibility and not used: only empty.',
    unused: true,
  }),
  n_jobs: treeParameters.unused.jobs,
};
