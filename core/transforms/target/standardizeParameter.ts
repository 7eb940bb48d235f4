import { z } from 'zod';

/** As in scikit-learn's PowerTransformer. */
export const standardizeParameter = z.boolean().default(true).meta({
  title: 'Standardise',
  description: 'Bring the transformed values to mean 0 and standard deviation 1 (n).',
});
