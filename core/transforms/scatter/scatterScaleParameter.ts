import { z } from 'zod';

/** `scale` of nirs4all's scatter corrections. */
export const scatterScaleParameter = z.boolean().default(true).meta({
  title: 'Centre first',
  description:
    'Accepted for compatibility and not used: spectra are always corrected towards the mean training spectrum.',
  unused: true,
});
