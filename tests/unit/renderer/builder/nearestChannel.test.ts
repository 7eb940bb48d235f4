import { expect, test } from 'vitest';
import { nearestChannel } from '#renderer/builder/nearestChannel.ts';

test('finds the nearest channel on rising and falling axes', () => {
  expect(nearestChannel(Float64Array.of(850, 852, 854), 852.9)).toBe(1);
  expect(nearestChannel(Float64Array.of(4000, 3990, 3980), 3983)).toBe(2);
});

test('is silent outside the axis and without one', () => {
  expect(nearestChannel(Float64Array.of(850, 852), 849)).toBeNull();
  expect(nearestChannel(Float64Array.of(), 849)).toBeNull();
});
