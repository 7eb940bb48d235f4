import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { ClassProblem } from '#core/models/classification/classProblem.ts';

/** Shares of the classes before anything is measured, in the order of the class names; null: those of the training. */
export const priorsParameter = z.array(z.number().min(0)).nullable().default(null).meta({
  title: 'Prior probabilities',
  description: 'One share for each class, in the order of the class names; empty: the shares in the training samples.',
});

/** How much each class counts; null: every sample counts once. */
export const classWeightParameter = z.enum(['balanced']).nullable().default(null).meta({
  title: 'Class weights',
  description: '`balanced`: every class counts the same, whatever its number of samples; empty: every sample does.',
});

/**
 * Prior probabilities of the classes that have training samples, summing to 1.
 * Throws `numerics.parameter` when there is not one prior for each class, or none above 0.
 */
export function priorsOf(operator: string, priors: readonly number[] | null, problem: ClassProblem): number[] {
  if (priors !== null && priors.length !== problem.classCount)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'priors',
      problem: `must have one value for each of the ${problem.classCount} classes, but has ${priors.length}.`,
    });
  const shares = problem.present.map((code) => priors?.[code] ?? problem.sizes[code]);
  const sum = shares.reduce((a, b) => a + b, 0);
  if (!(sum > 0))
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'priors',
      problem: 'must be above 0 for at least one class that has training samples.',
    });
  return shares.map((share) => share / sum);
}

/** The weight of a sample of each class (length K): 1, or n / (classes present × samples of the class). */
export function weightsOf(balanced: 'balanced' | null, { sizes, present }: ClassProblem): Float64Array {
  const n = sizes.reduce((a, b) => a + b, 0);
  return sizes.map((size) => (balanced === null || size === 0 ? 1 : n / (present.length * size)));
}
