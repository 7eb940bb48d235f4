import { expect, test } from 'vitest';
import { densityPixels, valueColour } from '#renderer/charts/spectraColour.ts';

test('empty pixels are transparent, fuller ones more opaque, none invisible', () => {
  const pixels = densityPixels({ count: Uint32Array.of(0, 1, 10, 1000), colour: null }, '#0B6070', null, 'light');
  const alpha = [3, 7, 11, 15].map((k) => pixels[k] ?? 0);
  expect(alpha[0]).toBe(0);
  expect(alpha[1]).toBeGreaterThan(30);
  expect(alpha).toEqual([...alpha].sort((a, b) => a - b));
  expect(alpha[3]).toBe(255);
  expect(Array.from(pixels.subarray(4, 7))).toEqual([0x0b, 0x60, 0x70]);
});

test('colour follows the mean target and ends at its range', () => {
  const scale = { low: 0, high: 10 };
  const pixels = densityPixels(
    { count: Uint32Array.of(1, 1, 1), colour: Float32Array.of(0, 10, 99) },
    '#000000',
    scale,
    'dark',
  );
  expect(Array.from(pixels.subarray(4, 7))).toEqual([253, 231, 37]);
  expect(Array.from(pixels.subarray(8, 11))).toEqual(Array.from(pixels.subarray(4, 7)));
  expect(Array.from(pixels.subarray(0, 3))).not.toEqual(Array.from(pixels.subarray(4, 7)));
});

test('a missing target is grey, not the lowest colour', () => {
  expect(valueColour(Number.NaN, { low: 0, high: 1 }, 'light')).not.toBe(valueColour(0, { low: 0, high: 1 }, 'light'));
});
