import { z } from 'zod';
import type { BinStrategy } from '#core/splitters/binTarget.ts';
import { targetMetrics } from '#core/splitters/pairDistances.ts';
import { distanceMetrics, type DistanceMetric } from '#core/splitters/rowDistance.ts';

/** Parameters that several splitters share, described once. */
export const splitterParameters = {
  folds: (standard: number) =>
    z.int().min(2).max(1000).default(standard).meta({
      title: 'Folds',
      description: 'Number of parts; each one is held out once.',
    }),
  repeats: (standard: number) =>
    z.int().min(1).max(1000).default(standard).meta({
      title: 'Repeats',
      description: 'How often to shuffle and cut anew.',
    }),
  splits: (standard: number) =>
    z.int().min(1).max(1000).default(standard).meta({ title: 'Splits', description: 'Number of random splits.' }),
  seed: z.int().min(0).max(4294967295).nullable().default(null).meta({
    title: 'Seed',
    description: 'Seed of the shuffle, as in NumPy. Empty: 0, so that a repeated run gives the same folds.',
  }),
  shuffle: z.boolean().default(false).meta({ title: 'Shuffle', description: 'Shuffle the samples before cutting.' }),
  /** A fraction below 1 or a whole number, of samples or of groups. */
  size: () =>
    z
      .number()
      .positive()
      .refine((size) => size < 1 || Number.isInteger(size), 'must be a fraction below 1 or a whole number'),
  /** The validation part of splitters that make one split. */
  partSize: z
    .number()
    .positive()
    .refine((size) => size < 1 || Number.isInteger(size), 'must be a fraction below 1 or a whole number of samples')
    .default(0.25)
    .meta({ title: 'Validation part', description: 'A fraction below 1, rounded up, or a number of samples.' }),
  unusedSeed: z.int().min(0).max(4294967295).nullable().default(null).meta({
    title: 'Seed',
    description: 'Accepted for compatibility and not used: nothing is drawn at random.',
    unused: true,
  }),
  bins: z.int().min(2).max(1000).default(10).meta({
    title: 'Bins',
    description: 'Number of bins of the target. A bin should hold at least one sample for each fold.',
  }),
  binStrategy: (standard: BinStrategy) =>
    z.enum(['uniform', 'quantile', 'kmeans']).default(standard).meta({
      title: 'Binning',
      description: 'uniform: equal widths; quantile: equal counts; kmeans: values with the same nearest mean.',
    }),
  metric: z.enum(distanceMetrics).default('euclidean').meta({
    title: 'Distance',
    description:
      'Distance between spectra, as in SciPy. mahalanobis: principal component scores divided by their standard deviations; it needs a number of components.',
  }),
  targetMetric: z.enum(targetMetrics).nullable().default('euclidean').meta({
    title: 'Target distance',
    description:
      'euclidean for numbers, hamming for classes (1 between different classes). Empty: spectra alone, as Kennard–Stone.',
  }),
  components: z.int().min(1).max(200).nullable().default(null).meta({
    title: 'Principal components',
    description: 'Measure distances in this many principal components. Empty: in all channels.',
  }),
};

/** What an empty seed stands for: the same document always gives the same folds. */
export const DEFAULT_SEED = 0;

/** Whitened scores need a number of components: the smallest ones are noise, which whitening would blow up. */
export const mahalanobisNeedsComponents = [
  (p: { metric: DistanceMetric; pca_components: number | null }): boolean =>
    p.metric !== 'mahalanobis' || p.pca_components !== null,
  { path: ['pca_components'], message: 'must be given for the mahalanobis distance' },
] as [(p: { metric: DistanceMetric; pca_components: number | null }) => boolean, { path: string[]; message: string }];
