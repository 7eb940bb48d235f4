import { z } from 'zod';

/** Parameters that several splitters share, described once. */
export const splitterParameters = {
  folds: (standard: number) =>
    z.int().min(2).max(1000).default(standard).meta({
      title: 'Folds',
      description: 'Number of parts; each one is held out once.',
    }),
  seed: z.int().min(0).max(4294967295).nullable().default(null).meta({
    title: 'Seed',
    description: 'Seed of the shuffle, as in NumPy. Empty: 0, so that a repeated run gives the same folds.',
  }),
};

/** What an empty seed stands for: the same document always gives the same folds. */
export const DEFAULT_SEED = 0;
