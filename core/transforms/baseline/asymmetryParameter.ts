import { z } from 'zod';

/** Weight of channels above the baseline. */
export const asymmetryParameter = z.number().gt(0).lt(1).default(0.01).meta({
  title: 'Asymmetry',
  description: 'Weight of channels above the baseline, between 0 and 1; small values press the curve below the bands.',
});
