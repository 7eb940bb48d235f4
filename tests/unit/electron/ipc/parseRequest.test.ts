import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseRequest, problemsOf } from '#electron/ipc/parseRequest.ts';

const One = z.strictObject({ id: z.string() });
const Optional = z.strictObject({ theme: z.string().optional(), deep: z.strictObject({ x: z.string() }).optional() });
const Numbers = z.strictObject({ data: z.union([z.string(), z.instanceof(Uint8Array)]) });

/** Enough that naming every entry of it in a problem cannot be made: a text of 2 GB. */
const MANY = 200_000_000;

test.each([
  ['in the place of a request', One, (list: unknown) => list],
  ['in the place of a request of optional fields', Optional, (list: unknown) => list],
  ['in the place of an inner object', Optional, (list: unknown) => ({ deep: list })],
  ['beside the known fields', One, (list: unknown) => ({ id: 'a', more: list })],
])('a huge list of numbers %s is refused with a short problem', (_, schema, place) => {
  let thrown: unknown;
  try {
    parseRequest('x.y', schema, place(new Uint8Array(MANY)));
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'app.bad-request' });
  expect((thrown as Error).message.length).toBeLessThan(800);
});

test('numbers where numbers belong arrive as they are', () => {
  const data = new Uint8Array(1_000_000).fill(7);
  expect(parseRequest('files.save', Numbers, { data }).data).toBe(data);
  expect(parseRequest('x.y', One, { id: 'a' })).toEqual({ id: 'a' });
  expect(parseRequest('x.y', Optional, {})).toEqual({});
});

test('a request that holds itself is refused, not followed', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  circle['list'] = new Uint8Array(100_000);
  expect(() => parseRequest('x.y', One, circle)).toThrow(/was not understood/);
});

test('problems are told with their place, three at most, each cut', () => {
  const issues = ['a', 'b', 'c', 'd'].map((name) => ({ path: ['files', 0, name], message: 'm'.repeat(1000) }));
  const text = problemsOf({ issues });
  expect(text.split('; ')).toHaveLength(3);
  expect(text).toMatch(/^files\.0\.a: m{200}…; files\.0\.b/);
});
