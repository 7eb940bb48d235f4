import { z } from 'zod';

/** Parameters that several filters share, described once. */
export const filterParameters = {
  reason: z.string().nullable().default(null).meta({
    title: 'Reason',
    description: 'Accepted for compatibility and not used: results name the filter itself.',
    unused: true,
  }),
  tag_name: z.string().nullable().default(null).meta({
    title: 'Tag name',
    description: 'Name of the metadata column that a tag step writes. Empty: a name made from the filter.',
  }),
  seed: z.int().min(0).max(4294967295).nullable().default(null).meta({
    title: 'Seed',
    description: 'Seed of the random draws. Empty: the seed of the run.',
  }),
  components: z.int().min(1).max(500).nullable().default(null),
  contamination: z.number().positive().max(0.5),
};
