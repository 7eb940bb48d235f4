import { expect, test } from 'vitest';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const [first, again, other] = [syntheticSpectra(5, 40, 3), syntheticSpectra(5, 40, 3), syntheticSpectra(5, 40, 4)];
  expect(again.source.x.data).toEqual(first.source.x.data);
  expect(other.source.x.data).not.toEqual(first.source.x.data);
});

test('looks like absorbance: finite, positive, of order one', () => {
  const { source, targets } = syntheticSpectra(50, 200, 1);
  expect(Math.min(...source.x.data)).toBeGreaterThan(0);
  expect(Math.max(...source.x.data)).toBeLessThan(5);
  expect(source.x.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(targets.every((target) => target.values.every(Number.isFinite))).toBe(true);
});
