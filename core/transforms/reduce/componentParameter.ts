import { z } from 'zod';

/** `n_components` as in scikit-learn's PCA: a number of components, a share of the variance below 1, or nothing. */
export const componentParameter = z
  .number()
  .positive()
  .max(10_000)
  .refine((value) => value < 1 || Number.isInteger(value), 'must be a whole number, or a share below 1');

/** Parameters of the namesake's solvers. The decomposition here is exact and needs none of them. */
export const unusedSolver = (title: string, what: string) => ({
  title,
  description: `Accepted for compatibility and not used: ${what}`,
  unused: true,
});
