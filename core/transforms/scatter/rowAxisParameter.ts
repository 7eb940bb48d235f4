import { z } from 'zod';

/** `axis` of transformers that could also work down the samples; here a spectrum is always a row. */
export const rowAxisParameter = z.int().min(1).max(1).default(1).meta({
  title: 'Axis',
  description: 'Accepted for compatibility: 1, each spectrum by itself. Down the samples, use a scaler instead.',
  unused: true,
});
