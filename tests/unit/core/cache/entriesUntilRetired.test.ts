import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesUntilRetired } from '#core/cache/entriesUntilRetired.ts';

const identity = (bytes: number): number => bytes;

test('what nothing needs any more goes before what is needed, however recently it was used', () => {
  const gone: number[] = [];
  const entries = entriesUntilRetired<number>({ limit: 30, retired: 20 }, identity, (value) => void gone.push(value));
  for (const [key, bytes] of [
    ['a', 9],
    ['b', 10],
    ['c', 11],
  ] as const)
    entries.put(key, bytes);
  entries.retire('c');
  entries.get('c');
  entries.put('d', 8);
  expect(gone).toEqual([11]);
  expect([entries.get('a'), entries.get('b'), entries.get('d'), entries.evictions]).toEqual([9, 10, 8, 0]);
});

test('however much is done, what is retired keeps to its room, and the bytes are those of what is there', () => {
  const keys = 'a b c d e f g h'.split(' ');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 30 }),
      fc.array(
        fc.tuple(fc.constantFrom(...keys), fc.integer({ min: 0, max: 40 }), fc.constantFrom('get', 'put', 'retire')),
        { maxLength: 80 },
      ),
      (limit, retired, steps) => {
        let held = 0;
        const entries = entriesUntilRetired<number>({ limit, retired }, identity, (value) => (held -= value));
        for (const [key, bytes, doing] of steps) {
          if (doing === 'get') entries.get(key);
          else if (doing === 'retire') entries.retire(key);
          else {
            held += bytes;
            entries.put(key, bytes);
          }
          expect(entries.bytes).toBe(held); // every value that is not held is told
          expect(entries.bytes).toBeLessThanOrEqual(limit);
        }
        for (const key of keys) entries.retire(key);
        expect(entries.bytes).toBeLessThanOrEqual(retired);
      },
    ),
  );
});
