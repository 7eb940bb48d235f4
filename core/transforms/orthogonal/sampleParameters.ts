import { z } from 'zod';

/** Which metadata column says what was measured. */
export const sampleParameter = z.string().min(1).default('sample').meta({
  title: 'Sample column',
  description: 'Metadata column that names the sample. Rows of one sample are measurements of the same thing.',
});

/** Which metadata columns tell replicates under different conditions apart. */
export const conditionParameter = z.string().min(1).nullable().default(null).meta({
  title: 'Condition column',
  description:
    'Metadata column that names the condition (temperature, instrument, day …). Differences between conditions are averaged over samples. Empty: every difference within a sample counts.',
});

export const instrumentParameter = z.string().min(1).default('instrument').meta({
  title: 'Instrument column',
  description: 'Metadata column that names the instrument.',
});

export const referenceParameter = z.string().min(1).nullable().default(null).meta({
  title: 'Reference instrument',
  description:
    'Name of the instrument to which the others are brought; its spectra stay as they are. Empty: the first name in alphabetical order.',
});
