import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { streamBatches } from '#electron/main/streamBatches.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what comes after a pause goes at once, and what follows closely goes together', () => {
  const sent: [string, readonly unknown[]][] = [];
  const batches = streamBatches((name, values) => void sent.push([name, values]));
  batches.push('runs.events', 1);
  expect(sent).toEqual([['runs.events', [1]]]);
  for (const value of [2, 3]) batches.push('runs.events', value);
  batches.push('jobs.progress', 'half');
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(60);
  expect(sent.slice(1)).toEqual([
    ['runs.events', [2, 3]],
    ['jobs.progress', ['half']],
  ]);
  vi.advanceTimersByTime(200);
  batches.push('runs.events', 4);
  expect(sent.at(-1)).toEqual(['runs.events', [4]]);
  batches.push('runs.events', 5);
  batches.flush();
  expect(sent.at(-1)).toEqual(['runs.events', [5]]);
});

test('everything arrives once and in its order, in at most twenty-one messages a second and stream', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 300 }), (gaps) => {
      const sent: number[] = [];
      let messages = 0;
      const batches = streamBatches((_, values) => {
        messages++;
        sent.push(...(values as number[]));
      });
      gaps.forEach((gap, k) => {
        vi.advanceTimersByTime(gap);
        batches.push('runs.events', k);
      });
      vi.advanceTimersByTime(1000);
      expect(sent).toEqual(gaps.map((_, k) => k));
      const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
      expect(messages).toBeLessThanOrEqual(2 + 20 * seconds);
    }),
  );
});
