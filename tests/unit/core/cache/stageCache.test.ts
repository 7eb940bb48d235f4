import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stageCache } from '#core/cache/stageCache.ts';
import type { StageEntry } from '#core/execution/ports.ts';

const entry = (bytes: number): StageEntry => ({
  stage: {
    level: 'dataset',
    blocks: [],
    train: new Int32Array(0),
    test: new Int32Array(0),
    synthetic: null,
    tags: {},
    judges: {},
  },
  records: [],
  notices: [],
  bytes,
});

test('the least recently used entry goes first', () => {
  const cache = stageCache(30);
  cache.put('a', entry(10));
  cache.put('b', entry(10));
  cache.put('c', entry(10));
  cache.get('a');
  cache.put('d', entry(10));
  expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined)).toEqual(['a', 'c', 'd']);
  expect([cache.bytes, cache.evictions]).toEqual([30, 1]);
});

test('an entry larger than the limit is not kept, and does not push out the others', () => {
  const cache = stageCache(30);
  cache.put('a', entry(20));
  cache.put('huge', entry(31));
  expect(cache.get('a')).toBeDefined();
  expect(cache.get('huge')).toBeUndefined();
});

test('whatever is put in and read, the limit holds and the bytes are those of the entries that are there', () => {
  const keys = 'a b c d e f g h'.split(' ');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.tuple(fc.constantFrom(...keys), fc.integer({ min: 0, max: 60 }), fc.boolean()), { maxLength: 60 }),
      (limit, steps) => {
        const cache = stageCache(limit);
        for (const [key, bytes, read] of steps) {
          if (read) cache.get(key);
          else cache.put(key, entry(bytes));
          expect(cache.bytes).toBeLessThanOrEqual(limit);
        }
        const held = keys.reduce((sum, key) => sum + (cache.get(key)?.bytes ?? 0), 0);
        expect(cache.bytes).toBe(held);
      },
    ),
  );
});
