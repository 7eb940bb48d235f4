import { z } from 'zod';
import {
  chainSchema,
  domainSchema,
  examplesSchema,
  metadataSchema,
  operatorSchema,
} from '#core/export/bundleFormat.ts';

// Version 1 of the bundle format: one refitted regression chain, steps in a row. Frozen; only read, and only here.

const target = chainSchema.shape.target.omit({ classes: true });

/** chain.json of version 1, as version 2 has it. */
export const chainSchema1 = chainSchema
  .omit({ chains: true })
  .extend({ target, steps: z.array(operatorSchema).min(1).max(200) })
  .transform(({ steps, ...rest }) => ({ ...rest, target: { ...rest.target, classes: null }, chains: [steps] }));

/** domain.json has always had the range of the target. */
export const domainSchema1 = domainSchema.extend({ y: domainSchema.shape.y.unwrap() });

/** example.json of version 1. */
export const examplesSchema1 = examplesSchema
  .omit({ probabilities: true })
  .transform((examples) => ({ ...examples, probabilities: null }));

/** metadata.yaml of version 1. */
export const metadataSchema1 = metadataSchema
  .omit({ content: true, members: true })
  .extend({
    schemaVersion: z.literal(1),
    task: z.literal('regression'),
    preprocessing: metadataSchema.shape.targetProcessing,
    target,
  })
  .transform((metadata) => ({
    ...metadata,
    schemaVersion: 2 as const,
    content: 'refit' as const,
    members: 1,
    target: { ...metadata.target, classes: null },
  }));
