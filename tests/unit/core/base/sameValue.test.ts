import { expect, test } from 'vitest';
import { sameValue } from '#core/base/sameValue.ts';

test.each([
  [1, 1],
  [NaN, NaN],
  [null, null],
  [
    { a: 1, b: ['x', { c: null }] },
    { b: ['x', { c: null }], a: 1 },
  ],
  [Float64Array.of(1, NaN), Float64Array.of(1, NaN)],
])('%j is the same', (a, b) => {
  expect(sameValue(a, b)).toBe(true);
});

test.each([
  [1, '1'],
  [0, -0],
  [null, {}],
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: undefined }, { b: undefined }],
  [[], {}],
  [
    [1, 2],
    [1, 2, 3],
  ],
  [Float64Array.of(1, 2), Float64Array.of(1, 3)],
  [Float64Array.of(1), Int32Array.of(1)],
  [Float64Array.of(1), [1]],
])('%j is not %j', (a, b) => {
  expect(sameValue(a, b)).toBe(false);
});
