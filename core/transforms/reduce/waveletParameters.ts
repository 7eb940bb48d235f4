import { z } from 'zod';
import { waveletNames } from '#core/numerics/waveletFilters.ts';

/** Parameters of the transforms that split spectra into several wavelet levels. */
export const waveletParameter = z.enum(waveletNames).default('db4').meta({
  title: 'Wavelet',
  description: 'Family and order. Longer ones (db8, coif5) are smoother and reach further along the axis.',
});

export const maxLevelParameter = (level: number) =>
  z.int().min(1).max(20).default(level).meta({
    title: 'Levels',
    description: 'Largest number of times that the smooth half is split again; fewer for short spectra.',
  });

export const perLevelParameter = z.int().min(1).max(1000).default(3).meta({
  title: 'Components a level',
  description: 'Number of components kept of each level; fewer where a level holds fewer.',
});
