import { z } from 'zod';
import type { PartTree, RouteKeyTree, StepTree } from '#core/data/stepTree.ts';

/**
 * The shapes of steps around operators and filters of a given form, strictly. Lists are limited, so that a hostile file
 * is refused by its shape; whether the steps make a model is for `resolveChain` to say.
 */
export function stepSchema<O, F>(operator: z.ZodType<O>, filter: z.ZodType<F>): z.ZodType<StepTree<O, F>> {
  const steps = z.lazy(() => z.array(step).max(MOST_STEPS));
  const member = z.strictObject({ name: z.string(), branchPath: z.array(z.string()).max(MOST_STEPS), steps });
  const part: z.ZodType<PartTree<O, F>> = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('spectra'), lane: steps }),
    z.strictObject({
      kind: z.literal('predictions'),
      members: z.array(member).min(1).max(MOST_LANES),
      weights: z.array(z.number()).nullable(),
    }),
  ]);
  const key: z.ZodType<RouteKeyTree<O, F>> = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('column'), column: z.string() }),
    z.strictObject({
      kind: z.literal('filters'),
      name: z.string(),
      mode: z.enum(['any', 'all']),
      filters: z.array(filter).min(1).max(MOST_STEPS),
      lane: steps,
    }),
  ]);
  const lane = z.strictObject({ name: z.string(), values: z.array(z.string()).min(1).max(MOST_VALUES), steps });
  const step: z.ZodType<StepTree<O, F>> = z.union([
    operator,
    z.strictObject({ role: z.literal('concat'), lanes: z.array(steps).min(1).max(MOST_LANES) }),
    z.strictObject({ role: z.literal('source'), name: z.string(), from: z.int().min(0), to: z.int().min(1) }),
    z.strictObject({ role: z.literal('join'), parts: z.array(part).min(1).max(MOST_LANES) }),
    z.strictObject({ role: z.literal('route'), key, lanes: z.array(lane).min(1).max(MOST_LANES) }),
  ]);
  return step;
}

const MOST_STEPS = 200;
const MOST_LANES = 500;
const MOST_VALUES = 10_000;
