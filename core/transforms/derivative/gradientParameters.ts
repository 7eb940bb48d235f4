import { z } from 'zod';

/** Parameters that all finite differences share. */
export const gradientParameters = {
  delta: z.number().positive().default(1).meta({
    title: 'Channel spacing',
    description: 'Distance between neighbouring channels, for the unit of the derivative.',
  }),
  edge_order: z.int().min(1).max(2).default(2).meta({
    title: 'Order at the ends',
    description:
      'The first and the last channel use a straight line through two channels (1) or a parabola through three (2).',
  }),
};
