import type { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';

/**
 * What a call's schema makes of a request. Throws `app.bad-request` with the place of the first problems.
 *
 * A list of numbers where an object belongs would be taken for an object with millions of fields, each of them named in
 * the problem. So large ones are stood in for first, by an empty one of their kind with a field that no schema knows:
 * where the schema wants numbers it is accepted, everywhere else it is refused at once.
 */
export function parseRequest<S extends z.ZodType>(call: string, schema: S, input: unknown): z.output<S> {
  const stands = standIn(input, 0);
  const rough = stands === input ? null : schema.safeParse(stands);
  const parsed = rough !== null && !rough.success ? rough : schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new EngineError('app.bad-request', { call, problem: problemsOf(parsed.error) });
}

/** First problems of a request, each with its place. */
export function problemsOf(error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => {
      const said = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
      return `${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${said}`;
    })
    .join('; ');
}

/** The same value where nothing large is inside; it is copied along the way to what is. */
function standIn(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || depth > DEEPEST) return value;
  if (ArrayBuffer.isView(value)) {
    if (value.byteLength <= SMALL_BYTES) return value;
    const Kind = value.constructor as new (length: unknown) => object; // a typed array or a view, of an empty buffer
    return Object.assign(new Kind(value instanceof DataView ? new ArrayBuffer(0) : 0), { [UNKNOWN_FIELD]: true });
  }
  if (Array.isArray(value)) return value; // no request holds a list of lists of numbers
  const entries = Object.entries(value);
  const inner = entries.map(([name, field]) => [name, standIn(field, depth + 1)] as const);
  return inner.every(([, field], k) => field === entries[k]?.[1]) ? value : Object.fromEntries(inner);
}

const SMALL_BYTES = 10_000;
const UNKNOWN_FIELD = 'large list of numbers';
const DEEPEST = 4;
const LONGEST_MESSAGE = 200;
