import { z } from 'zod';
import type { FuzzRandom } from '#tests/fuzz/lib/target.ts';

/** Values that mean something to the engine at hand: ids of what it has. By what a schema's pattern begins with. */
export type Words = readonly string[];

const ODD: readonly unknown[] = [
  null, undefined, true, false, 0, -0, -1, 1, 0.5, NaN, Infinity, 2 ** 31, 2 ** 53, 1e308, '', 'x', '../../x', '\0', '__proto__',
  'constructor', '{}', [], {}, [[]], new Uint8Array(3), new Float64Array(2), new Int32Array(3), 10n, new Date(0),
]; // prettier-ignore

/** A request that a schema may accept, with something wrong in it now and then. New calls are covered as they come. */
export function requestOf(schema: z.ZodType, random: FuzzRandom, words: Words, depth = 0): unknown {
  if (random.once(25)) return odd(random, depth);
  if (schema instanceof z.ZodObject) {
    const entries: [string, unknown][] = [];
    for (const [key, field] of Object.entries(schema.shape as Record<string, z.ZodType>))
      if (!random.once(20)) entries.push([key, requestOf(field, random, words, depth + 1)]);
    if (random.once(30)) entries.push([random.pick(['__proto__', 'constructor', 'extra', '']), odd(random, depth)]);
    return Object.fromEntries(entries);
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return random.once(3) ? undefined : requestOf(inner(schema.unwrap()), random, words, depth);
  if (schema instanceof z.ZodNullable)
    return random.once(3) ? null : requestOf(inner(schema.unwrap()), random, words, depth);
  if (schema instanceof z.ZodArray)
    return Array.from({ length: random.once(20) ? 300 : random.below(4) }, () =>
      requestOf(inner(schema.element), random, words, depth + 1),
    );
  if (schema instanceof z.ZodRecord) {
    const keys = Array.from({ length: random.below(4) }, () =>
      random.pick([...words, '__proto__', 'constructor', 'X.csv', '#3', '']),
    );
    return Object.fromEntries(keys.map((key) => [key, requestOf(inner(schema.valueType), random, words, depth + 1)]));
  }
  if (schema instanceof z.ZodUnion) return requestOf(inner(random.pick(schema.options)), random, words, depth);
  if (schema instanceof z.ZodEnum) return random.pick(schema.options);
  if (schema instanceof z.ZodLiteral) return [...schema.values][0];
  if (schema instanceof z.ZodBoolean) return random.once(2);
  if (schema instanceof z.ZodNumber)
    return random.pick([0, 1, 2, 3, 16, 64, 500, 1000, 4096, -1, 0.5, 2 ** 31, 2 ** 53 - 1, 1e12, 1e308, -1e308]);
  if (schema instanceof z.ZodString) return random.once(4) ? odd(random, depth) : random.pick(words);
  if (schema instanceof z.ZodCustom)
    return random.pick<unknown>([
      new Int32Array([0, 1, 5, -1, 2 ** 30]),
      new Uint8Array(8),
      new Float64Array([NaN, 1]),
    ]);
  return random.pick<unknown>([random.pick(words), ...ODD]);
}

// Zod types what is inside by its core; all of them are schemas.
const inner = (schema: unknown): z.ZodType => schema as z.ZodType;

function odd(random: FuzzRandom, depth: number): unknown {
  if (random.once(10)) {
    let nested: unknown = 1;
    for (let k = 0; k < (depth === 0 ? 5_000 : 30); k++) nested = random.once(2) ? [nested] : { a: nested };
    return nested;
  }
  if (random.once(10)) return 'x'.repeat(1 + random.below(100_000));
  return random.pick(ODD);
}
