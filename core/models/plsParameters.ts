import { z } from 'zod';

/** Parameters that partial least squares models share. */
export const plsParameters = {
  /** For models whose path gives all numbers of components. */
  components: (standard: number) =>
    z.int().min(1).max(500).default(standard).meta({
      title: 'Components',
      description: 'Number of latent variables. Sweep it: all numbers of components come from one fit.',
    }),
  /** Of nirs4all, which can compute the same elsewhere. */
  backend: z.enum(['numpy', 'jax']).default('numpy').meta({
    title: 'Backend',
    description: 'Accepted for compatibility and not used: there is one implementation.',
    unused: true,
  }),
  /** Of scikit-learn, whose algorithm iterates where this one does not. */
  notIterating: {
    max_iter: z.int().min(1).default(500).meta({
      title: 'Iterations',
      description: 'Accepted for compatibility and not used: the algorithm does not iterate.',
      unused: true,
    }),
    tol: z.number().positive().default(1e-6).meta({
      title: 'Tolerance',
      description: 'Accepted for compatibility and not used: the algorithm does not iterate.',
      unused: true,
    }),
  },
};
