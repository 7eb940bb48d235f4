import { z } from 'zod';
import { networkParameters, sizes } from '#core/models/neural/networkParameters.ts';
import type { Activation } from '#core/numerics/networks/activations.ts';

export interface PerceptronParams {
  readonly hidden_layer_sizes: readonly number[];
  readonly activation: Activation;
  readonly solver: 'adam' | 'sgd';
  readonly alpha: number;
  readonly batch_size: number | 'auto';
  readonly learning_rate: 'constant' | 'invscaling' | 'adaptive';
  readonly learning_rate_init: number;
  readonly power_t: number;
  readonly max_iter: number;
  readonly shuffle: boolean;
  readonly random_state: number | null;
  readonly tol: number;
  readonly momentum: number;
  readonly nesterovs_momentum: boolean;
  readonly early_stopping: boolean;
  readonly validation_fraction: number;
  readonly beta_1: number;
  readonly beta_2: number;
  readonly epsilon: number;
  readonly n_iter_no_change: number;
  readonly [unused: string]: unknown;
}

/** Parameters that both multilayer perceptrons share. Names and defaults are scikit-learn's. */
export const perceptronParameters = {
  hidden_layer_sizes: sizes([100], 10000).meta({
    title: 'Hidden units',
    description: 'Units of each hidden layer, from the spectrum to the result.',
  }),
  activation: networkParameters.activation('relu'),
  solver: z
    .enum(['adam', 'sgd'], { error: 'is adam or sgd; lbfgs is not offered, because it learns in no epochs' })
    .default('adam')
    .meta({
      title: 'Solver',
      description: 'adam: steps of adapted size. sgd: gradient descent with momentum.',
    }),
  alpha: networkParameters.alpha(0.0001),
  batch_size: z
    .union([z.enum(['auto']), z.int().min(1)])
    .default('auto')
    .meta({ title: 'Batch', description: 'Samples of one step. auto: 200, or all when there are fewer.' }),
  learning_rate: z.enum(['constant', 'invscaling', 'adaptive']).default('constant').meta({
    title: 'Schedule',
    description: 'sgd: the same steps; steps that shrink with time; or a fifth whenever nothing improves.',
  }),
  learning_rate_init: networkParameters.rate(0.001),
  power_t: z.number().min(0).default(0.5).meta({
    title: 'Exponent',
    description: 'sgd, invscaling: the rate is divided by the number of samples seen to this power.',
  }),
  max_iter: networkParameters.epochs(200),
  shuffle: networkParameters.shuffle,
  random_state: networkParameters.seed,
  tol: networkParameters.tol(1e-4),
  verbose: networkParameters.verbose,
  warm_start: networkParameters.warmStart,
  momentum: z.number().min(0).max(1).default(0.9).meta({
    title: 'Momentum',
    description: 'sgd: how much of the last step is kept.',
  }),
  nesterovs_momentum: z.boolean().default(true).meta({
    title: 'Nesterov',
    description: "sgd: Nesterov's momentum.",
  }),
  early_stopping: networkParameters.earlyStopping(false),
  validation_fraction: networkParameters.validationFraction,
  beta_1: networkParameters.beta1,
  beta_2: networkParameters.beta2,
  epsilon: networkParameters.epsilon,
  n_iter_no_change: networkParameters.patience(10),
  max_fun: z.int().min(1).default(15000).meta({
    title: 'Calls',
    description: 'Accepted for compatibility and not used: it belongs to another solver.',
    unused: true,
  }),
};
