import { z } from 'zod';
import type { DescentSettings } from '#core/models/linear/stochasticDescent.ts';

export interface StochasticParams extends DescentSettings {
  readonly epsilon: number;
  readonly max_iter: number;
  readonly random_state: number | null;
  readonly early_stopping: boolean;
  readonly validation_fraction: number;
  readonly [unused: string]: unknown;
}

/** Parameters that both models by stochastic descent share. Names and defaults are scikit-learn's. */
export const stochasticParameters = (standard: {
  readonly learning_rate: 'optimal' | 'invscaling';
  readonly eta0: number;
  readonly power_t: number;
}) => ({
  penalty: z.enum(['l2', 'l1', 'elasticnet']).nullable().default('l2').meta({
    title: 'Penalty',
    description: 'On squared coefficients (l2), absolute ones (l1, which sets some to zero) or both; empty: none.',
  }),
  alpha: z.number().min(0).default(0.0001).meta({
    title: 'Strength of the penalty',
    description: 'Larger keeps coefficients smaller. The optimal schedule takes its steps from it too.',
  }),
  l1_ratio: z.number().min(0).max(1).default(0.15).meta({
    title: 'L1 share',
    description: 'elasticnet: 0 is l2, 1 is l1.',
  }),
  fit_intercept: z.boolean().default(true).meta({ title: 'Intercept', description: 'Fit a constant term.' }),
  max_iter: z.int().min(1).max(100000).default(1000).meta({
    title: 'Epochs',
    description: 'Passes over the training samples, at most.',
  }),
  tol: z.number().min(0).nullable().default(0.001).meta({
    title: 'Tolerance',
    description: 'An improvement of the mean loss below this does not count. Empty: all epochs are run.',
  }),
  shuffle: z
    .boolean()
    .default(true)
    .meta({ title: 'Shuffle', description: 'Another order of samples in every epoch.' }),
  epsilon: z.number().min(0).default(0.1).meta({
    title: 'Threshold',
    description: 'epsilon_insensitive: errors up to this are free. huber: larger ones count linearly.',
  }),
  random_state: z.int().min(0).max(4294967295).nullable().default(null).meta({
    title: 'Seed',
    description: 'The same seed gives the same model. Empty: the seed of the run.',
  }),
  learning_rate: z.enum(['constant', 'optimal', 'invscaling', 'adaptive']).default(standard.learning_rate).meta({
    title: 'Schedule',
    description:
      'Size of the steps: the same; shrinking with their number (optimal, invscaling); or a fifth whenever nothing improves (adaptive).',
  }),
  eta0: z.number().min(0).default(standard.eta0).meta({
    title: 'Learning rate',
    description: 'Size of the first step. Not used by optimal.',
  }),
  power_t: z.number().default(standard.power_t).meta({
    title: 'Exponent',
    description: 'invscaling: the rate is divided by the number of steps to this power.',
  }),
  early_stopping: z.boolean().default(false).meta({
    title: 'Stop early',
    description: 'Set a part of the training samples aside and stop when it is predicted no better.',
  }),
  validation_fraction: z.number().gt(0).lt(1).default(0.1).meta({
    title: 'Part set aside',
    description: 'Share of the training samples that early stopping watches; nothing is learned from them.',
  }),
  n_iter_no_change: z.int().min(1).default(5).meta({
    title: 'Patience',
    description: 'Epochs in a row without improvement after which it stops.',
  }),
  average: z
    .union([z.boolean(), z.int().min(0)])
    .default(false)
    .meta({
      title: 'Average',
      description: 'The mean of the coefficients of all steps instead of the last ones; a number: from this step on.',
    }),
  verbose: z.int().min(0).default(0).meta({
    title: 'Progress output',
    description: 'Accepted for compatibility and not used: progress is shown by the application.',
    unused: true,
  }),
  warm_start: z.boolean().default(false).meta({
    title: 'Warm start',
    description:
      'Accepted for compatibility and not used: whether the refit goes on from a fold is said in `refit_params`.',
    unused: true,
  }),
});
