import { z } from 'zod';

/** The parameters that Lasso and ElasticNet share besides the mixture of penalties, with scikit-learn's defaults. */
export const penalisedParams = {
  alpha: z.number().min(0).default(1).meta({
    title: 'Penalty',
    description: 'Strength of the penalty, relative to the mean squared error.',
  }),
  fit_intercept: z.boolean().default(true).meta({
    title: 'Intercept',
    description: 'Fit a constant term; without it, spectra and target must be centred already.',
  }),
  max_iter: z.int().min(1).default(1000).meta({
    title: 'Sweeps',
    description: 'Largest number of sweeps over all channels.',
  }),
  tol: z.number().min(0).default(1e-4).meta({
    title: 'Tolerance',
    description: 'The descent ends when changes and the duality gap, relative to ‖y‖², are below this.',
  }),
  positive: z.boolean().default(false).meta({
    title: 'Positive',
    description: 'Allow no negative coefficients.',
  }),
  selection: z.enum(['cyclic', 'random']).default('cyclic').meta({
    title: 'Order',
    description: 'cyclic: channels in turn. random: drawn, with the draws of scikit-learn.',
  }),
  random_state: z.int().min(0).max(4294967295).nullable().default(null).meta({
    title: 'Seed',
    description: 'Seed of the random order; empty takes the seed of the run.',
  }),
  precompute: z.boolean().default(false).meta({
    title: 'Gram matrix',
    description: 'Accepted for compatibility and not used: the descent works on the spectra.',
    unused: true,
  }),
  copy_X: z.boolean().default(true).meta({
    title: 'Copy',
    description: 'Accepted for compatibility and not used: spectra are never overwritten.',
    unused: true,
  }),
  warm_start: z.boolean().default(false).meta({
    title: 'Warm start',
    description: 'Accepted for compatibility and not used: every fit starts anew.',
    unused: true,
  }),
};
