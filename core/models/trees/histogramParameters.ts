import { z } from 'zod';
import { treeParameters } from '#core/models/trees/treeParameters.ts';

const onlyEmpty = (title: string, what: string) =>
  z
    .null()
    .default(null)
    .meta({
      title,
      description: `Accepted for compatibility and not used: only empty, ${what}.`,
      unused: true,
    });

/** Parameters that both histogram boosting models share. Names and defaults are scikit-learn's. */
export const histogramParameters = {
  learning_rate: z.number().positive().max(10).default(0.1).meta({
    title: 'Learning rate',
    description: 'Share of each tree that is added. Smaller needs more rounds and often predicts better.',
  }),
  max_iter: z.int().min(1).max(10000).default(100).meta({
    title: 'Rounds',
    description: 'Trees that are added one after another. Too many overfit.',
  }),
  max_leaf_nodes: z.int().min(2).nullable().default(31).meta({
    title: 'Largest number of leaves',
    description: 'The cut that gains most comes first, until a tree has this many leaves. Empty: no limit.',
  }),
  max_depth: treeParameters.maxDepth(null),
  min_samples_leaf: z.int().min(1).default(20).meta({
    title: 'Samples in a leaf',
    description: 'Every leaf keeps at least this many. Lower it for fewer than a few hundred samples.',
  }),
  l2_regularization: z.number().min(0).default(0).meta({
    title: 'Penalty',
    description: 'Shrinks the values of leaves with few samples.',
  }),
  max_features: z.number().min(1).max(1).default(1).meta({
    title: 'Channels per cut',
    description: 'Accepted for compatibility and not used: only 1, all channels.',
    unused: true,
  }),
  max_bins: z.int().min(2).max(255).default(255).meta({
    title: 'Bins',
    description: 'Each channel is cut into at most this many bins.',
  }),
  early_stopping: z
    .union([z.enum(['auto']), z.boolean()])
    .default('auto')
    .meta({
      title: 'Stop early',
      description: 'Stop when a part held out no longer improves. auto: with more than 10,000 samples.',
    }),
  scoring: z.enum(['loss']).nullable().default('loss').meta({
    title: 'Score for stopping',
    description: 'Accepted for compatibility and not used: early stopping watches the loss.',
    unused: true,
  }),
  validation_fraction: z.number().positive().nullable().default(0.1).meta({
    title: 'Part held out',
    description: 'For early stopping: a fraction, or a number of samples. Empty: watch the training samples.',
  }),
  n_iter_no_change: z.int().min(1).default(10).meta({
    title: 'Patience',
    description: 'For early stopping: rounds without improvement.',
  }),
  tol: z.number().min(0).default(1e-7).meta({
    title: 'Tolerance',
    description: 'For early stopping: an improvement below this does not count.',
  }),
  random_state: treeParameters.seed,
  // `from_dtype` is scikit-learn's newer default, which finds no categories among numbers.
  categorical_features: z.enum(['from_dtype']).nullable().default(null).meta({
    title: 'Categories',
    description: 'Accepted for compatibility and not used: all channels are numbers.',
    unused: true,
  }),
  monotonic_cst: treeParameters.unused.monotonic,
  interaction_cst: onlyEmpty('Interaction constraints', 'no constraints'),
  verbose: treeParameters.unused.verbose,
  warm_start: treeParameters.unused.warmStart,
};
