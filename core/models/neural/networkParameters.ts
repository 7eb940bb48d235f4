import { z } from 'zod';

/** Largest seed: that of NumPy's `RandomState`. */
const LARGEST_SEED = 4294967295;

/** A list of whole numbers; one number alone stands for a list of it. */
export const sizes = (standard: readonly number[], most: number) =>
  z
    .preprocess(
      (value) => (typeof value === 'number' ? [value] : value),
      z.array(z.int().min(1).max(most)).min(1).max(12),
    )
    .default([...standard]);

/** Parameters that several networks share. Names and defaults are scikit-learn's where it has them. */
export const networkParameters = {
  activation: (standard: 'relu' | 'tanh') =>
    z.enum(['relu', 'tanh', 'logistic', 'identity']).default(standard).meta({
      title: 'Activation',
      description: 'What hidden units do to their sums. relu: negative sums become 0.',
    }),
  alpha: (standard: number) =>
    z.number().min(0).default(standard).meta({
      title: 'Penalty',
      description: 'Keeps weights small: half of it times their squared sum, over the samples of a batch.',
    }),
  rate: (standard: number) =>
    z.number().positive().max(100).default(standard).meta({
      title: 'Learning rate',
      description: 'Size of a step. Too large: the loss jumps or grows. Too small: many epochs.',
    }),
  epochs: (standard: number) =>
    z.int().min(1).max(100000).default(standard).meta({
      title: 'Epochs',
      description: 'Passes over the training samples, at most.',
    }),
  patience: (standard: number) =>
    z.int().min(1).default(standard).meta({
      title: 'Patience',
      description: 'Epochs in a row without improvement that are forgiven.',
    }),
  tol: (standard: number) =>
    z.number().min(0).default(standard).meta({
      title: 'Tolerance',
      description: 'An improvement below this does not count.',
    }),
  earlyStopping: (standard: boolean) =>
    z.boolean().default(standard).meta({
      title: 'Stop early',
      description:
        'Set a part of the training samples aside, stop when it is predicted no better, and keep the weights of the best epoch.',
    }),
  validationFraction: z.number().gt(0).lt(1).default(0.1).meta({
    title: 'Part set aside',
    description: 'Share of the training samples that early stopping watches; nothing is learned from them.',
  }),
  shuffle: z.boolean().default(true).meta({
    title: 'Shuffle',
    description: 'Draw new batches in every epoch.',
  }),
  beta1: z.number().min(0).lt(1).default(0.9).meta({
    title: 'Decay of the mean gradient',
    description: 'adam: how much of the mean gradient is kept at each step.',
  }),
  beta2: z.number().min(0).lt(1).default(0.999).meta({
    title: 'Decay of the mean square',
    description: 'adam: how much of the mean squared gradient is kept at each step.',
  }),
  epsilon: z.number().positive().default(1e-8).meta({
    title: 'Smallest divisor',
    description: 'adam: keeps steps finite where gradients vanish.',
  }),
  seed: z.int().min(0).max(LARGEST_SEED).nullable().default(null).meta({
    title: 'Seed',
    description: 'The same seed gives the same model. Empty: the seed of the run.',
  }),
  verbose: z.union([z.boolean(), z.int()]).default(false).meta({
    title: 'Progress output',
    description: 'Accepted for compatibility and not used: progress is shown by the application.',
    unused: true,
  }),
  warmStart: z.boolean().default(false).meta({
    title: 'Warm start',
    description:
      'Accepted for compatibility and not used: whether the refit goes on from a fold is said in `refit_params`.',
    unused: true,
  }),
};
