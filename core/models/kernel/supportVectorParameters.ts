import { z } from 'zod';

/** Parameters that support vector models share. Names and defaults are scikit-learn's. */
export const supportVectorParameters = {
  kernel: z.enum(['rbf', 'linear', 'poly', 'sigmoid']).default('rbf').meta({
    title: 'Kernel',
    description: 'rbf: exp(−γ d²). linear: x·z. poly: (γ x·z + c)^degree. sigmoid: tanh(γ x·z + c).',
  }),
  gamma: z
    .union([z.enum(['scale', 'auto']), z.number().positive()])
    .default('scale')
    .meta({ title: 'Gamma γ', description: 'A number, or scale: 1 / (channels · variance), or auto: 1 / channels.' }),
  degree: z.int().min(1).max(20).default(3).meta({ title: 'Degree', description: 'Of the poly kernel.' }),
  coef0: z.number().default(0).meta({ title: 'Constant c', description: 'Of the poly and sigmoid kernels.' }),
  tol: z.number().positive().default(1e-3).meta({
    title: 'Tolerance',
    description: 'Largest violation of the optimality conditions at which fitting stops.',
  }),
  cacheSize: z.number().positive().default(200).meta({
    title: 'Cache',
    description: 'Memory for kernel values.',
    unit: 'MB',
  }),
  shrinking: z.boolean().default(true).meta({
    title: 'Shrinking',
    description: 'Accepted for compatibility and not used: it changes the time, not the solution.',
    unused: true,
  }),
  verbose: z.union([z.boolean(), z.int()]).default(false).meta({
    title: 'Verbose',
    description: 'Accepted for compatibility and not used: the run shows its progress.',
    unused: true,
  }),
};
