import { z } from 'zod';

/** Largest seed: that of NumPy's `RandomState`. */
const LARGEST_SEED = 4294967295;

/** Parameters that trees and ensembles of trees share, described once. Names and defaults are scikit-learn's. */
export const treeParameters = {
  trees: (title: string) =>
    z.int().min(1).max(10000).default(100).meta({ title, description: 'More cost time and rarely hurt.' }),
  /** What cuts of regression trees lower. */
  squares: z.enum(['squared_error', 'friedman_mse']).default('squared_error').meta({
    title: 'Criterion',
    description: 'What cuts lower. Both names mean the squared error here: they choose the same cuts.',
  }),
  /** What cuts of classification trees lower. */
  impurity: z.enum(['gini', 'entropy', 'log_loss']).default('gini').meta({
    title: 'Impurity',
    description: 'What cuts lower: Gini impurity, or entropy (log_loss is the same).',
  }),
  maxDepth: (standard: number | null) =>
    z.int().min(1).nullable().default(standard).meta({
      title: 'Largest depth',
      description: 'Cuts from the root to a leaf. Empty: until the leaves are pure or too small.',
    }),
  minSamplesSplit: z
    .number()
    .positive()
    .refine(
      (value) => value <= 1 || (Number.isInteger(value) && value >= 2),
      'must be a fraction up to 1 or at least 2',
    )
    .default(2)
    .meta({ title: 'Samples to cut', description: 'A node with fewer samples is a leaf. Up to 1: a fraction.' }),
  minSamplesLeaf: z
    .number()
    .positive()
    .refine((value) => value < 1 || Number.isInteger(value), 'must be a fraction below 1 or a whole number of samples')
    .default(1)
    .meta({ title: 'Samples in a leaf', description: 'Every leaf keeps at least this many. Below 1: a fraction.' }),
  minWeightFractionLeaf: z.number().min(0).max(0.5).default(0).meta({
    title: 'Weight in a leaf',
    description: 'Every leaf keeps at least this share of the sum of sample weights.',
  }),
  maxFeatures: (standard: number | 'sqrt' | null) => {
    const choices = [z.number().positive(), z.enum(['sqrt', 'log2']), z.null()] as const;
    const refused = 'give a fraction up to 1, a number of channels, sqrt, log2, or nothing for all channels';
    // The form offers the first alternative.
    return z
      .union(standard === 'sqrt' ? [choices[1], choices[0], choices[2]] : choices, { error: refused })
      .refine((value) => typeof value !== 'number' || value <= 1 || Number.isInteger(value), refused)
      .default(standard)
      .meta({
        title: 'Channels per cut',
        description:
          'Drawn anew for each cut. Up to 1: a fraction of the channels; sqrt or log2 of their number; empty: all.',
      });
  },
  maxLeafNodes: z.int().min(2).nullable().default(null).meta({
    title: 'Largest number of leaves',
    description: 'The cut that helps most comes first, until there are this many leaves. Empty: no limit.',
  }),
  minImpurityDecrease: z.number().min(0).default(0).meta({
    title: 'Smallest improvement',
    description: 'A cut must lower the impurity by this much, weighted by the share of the node in all samples.',
  }),
  bootstrap: (standard: boolean) =>
    z.boolean().default(standard).meta({
      title: 'Bootstrap',
      description: 'Grow each tree on samples drawn with replacement; otherwise on all samples.',
    }),
  maxSamples: z
    .number()
    .positive()
    .refine((value) => value <= 1 || Number.isInteger(value), 'must be a fraction up to 1 or a whole number of samples')
    .nullable()
    .default(null)
    .meta({
      title: 'Bootstrap size',
      description: 'Samples drawn for each tree. Up to 1: a fraction. Empty: as many as there are.',
    }),
  seed: z.int().min(0).max(LARGEST_SEED).nullable().default(null).meta({
    title: 'Seed',
    description: 'The same seed gives the same model. Empty: the seed of the run.',
  }),
  pruning: z.number().min(0).max(0).default(0).meta({
    title: 'Pruning',
    description: 'Accepted for compatibility and not used: only 0, no pruning. Limit the depth or the leaves instead.',
    unused: true,
  }),
  /** Parameters whose value does not change the model. */
  unused: {
    jobs: z.int().nullable().default(null).meta({
      title: 'Threads',
      description: 'Accepted for compatibility and not used: the application decides.',
      unused: true,
    }),
    verbose: z.int().min(0).default(0).meta({
      title: 'Progress output',
      description: 'Accepted for compatibility and not used: progress is shown by the application.',
      unused: true,
    }),
    warmStart: z.boolean().default(false).meta({
      title: 'Warm start',
      description: 'Accepted for compatibility and not used: every fit starts anew.',
      unused: true,
    }),
    monotonic: z.null().default(null).meta({
      title: 'Monotonic constraints',
      description: 'Accepted for compatibility and not used: only empty, no constraints.',
      unused: true,
    }),
    outOfBag: z.boolean().default(false).meta({
      title: 'Out-of-bag score',
      description: 'Accepted for compatibility and not used: cross-validation gives the score.',
      unused: true,
    }),
  },
};
