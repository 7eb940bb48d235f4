import { z } from 'zod';

/** Lowest and highest value of something that is drawn. */
export type Range = [number, number];

/** Parameters that several augmentations share, described once. */
export const augmentationParameters = {
  seed: z.int().min(0).max(4294967295).nullable().default(null).meta({
    title: 'Seed',
    description: 'Seed of the random numbers. Empty: the seed of the run.',
  }),
  scope: z.enum(['sample', 'batch']).default('sample').meta({
    title: 'Variation',
    description: 'sample: drawn anew for each spectrum; batch: drawn once, the same for all spectra.',
  }),
  applyOn: z.enum(['samples', 'features', 'subsets', 'global']).default('samples').meta({
    title: 'Applied on',
    description: 'Accepted for compatibility and not used: every spectrum is treated on its own.',
    unused: true,
  }),
  copy: z.boolean().default(true).meta({
    title: 'Copy',
    description: 'Accepted for compatibility and not used: the original spectra are never changed.',
    unused: true,
  }),
  lambdaAxis: z.array(z.number()).min(2).nullable().default(null).meta({
    title: 'Axis',
    description: 'Axis values, one a channel. Empty: the axis of the data.',
  }),
  /** A range of numbers, lowest first. */
  range: (low: number, high: number, title: string, description: string, unit?: string) =>
    z
      .tuple([z.number(), z.number()])
      .refine(([from, to]) => from <= to, 'must be [lowest, highest]')
      .default([low, high])
      .meta({ title, description, ...(unit === undefined ? {} : { unit }) }),
  /** A range of counts, lowest first. */
  counts: (low: number, high: number, title: string, description: string, unit?: string) =>
    z
      .tuple([z.int().min(0), z.int().min(0)])
      .refine(([from, to]) => from <= to, 'must be [lowest, highest]')
      .default([low, high])
      .meta({ title, description, ...(unit === undefined ? {} : { unit }) }),
};

/** What every augmentation of nirs4all's first kind takes. */
export const compatibleParameters = {
  apply_on: augmentationParameters.applyOn,
  random_state: augmentationParameters.seed,
  copy: augmentationParameters.copy,
};
export interface CompatibleParams {
  apply_on: 'samples' | 'features' | 'subsets' | 'global';
  random_state: number | null;
  copy: boolean;
}

/** The places from which nirs4all exports an augmentation. */
export const pythonNames = (module: string, name: string): string[] => [
  `nirs4all.operators.augmentation.${name}`,
  `nirs4all.operators.augmentation.${module}.${name}`,
  `nirs4all.operators.transforms.${name}`,
  `nirs4all.operators.${name}`,
];
