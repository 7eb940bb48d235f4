import { z } from 'zod';

/** `copy` of Python transformers: accepted, so that their documents run unchanged. */
export const copyParameter = z.boolean().default(true).meta({
  title: 'Copy',
  description: 'Accepted for compatibility and not used: the input is never changed.',
  unused: true,
});
