import { z } from 'zod';
import { networkParameters, sizes } from '#core/models/neural/networkParameters.ts';
import type { Activation } from '#core/numerics/networks/activations.ts';

export interface ConvolutionParams {
  readonly filters: readonly number[];
  readonly kernel_sizes: readonly number[];
  readonly strides: readonly number[];
  readonly dense_units: readonly number[];
  readonly activation: Activation;
  readonly dropout: number;
  readonly alpha: number;
  readonly learning_rate_init: number;
  readonly batch_size: number;
  readonly max_iter: number;
  readonly early_stopping: boolean;
  readonly validation_fraction: number;
  readonly n_iter_no_change: number;
  readonly tol: number;
  readonly random_state: number | null;
}

/** Parameters that both convolutional networks share. */
export const convolutionParameters = {
  filters: sizes([8, 16], 512).meta({
    title: 'Filters',
    description: 'Shapes that each convolution looks for, from the spectrum on. One entry for each convolution.',
  }),
  kernel_sizes: sizes([11, 7], 1001).meta({
    title: 'Kernel sizes',
    description: 'Width of these shapes, in channels of their input. A single value holds for all convolutions.',
  }),
  strides: sizes([3, 3], 1001).meta({
    title: 'Strides',
    description: 'Channels from look to look: 3 leaves a third of the channels. A single value holds for all.',
  }),
  dense_units: sizes([32], 10000).meta({
    title: 'Dense units',
    description: 'Units of each dense layer after the convolutions.',
  }),
  activation: networkParameters.activation('tanh'),
  dropout: z.number().min(0).lt(1).default(0).meta({
    title: 'Dropout',
    description: 'Share of the dense units that is dropped at random in each step of training.',
  }),
  alpha: networkParameters.alpha(0.0001),
  learning_rate_init: networkParameters.rate(0.003),
  batch_size: z.int().min(1).max(100000).default(16).meta({ title: 'Batch', description: 'Samples of one step.' }),
  max_iter: networkParameters.epochs(200),
  early_stopping: networkParameters.earlyStopping(true),
  validation_fraction: networkParameters.validationFraction,
  n_iter_no_change: networkParameters.patience(25),
  tol: networkParameters.tol(1e-5),
  random_state: networkParameters.seed,
};
