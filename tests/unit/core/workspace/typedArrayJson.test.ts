import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromJson, toJson } from '#core/workspace/typedArrayJson.ts';

test('arrays of doubles survive bit for bit, wherever they stand', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.string(), (list, text) => {
      const value = { text, list: [{ values: Float64Array.from(list) }, null, 1.5] };
      expect(fromJson(toJson(value))).toEqual(value);
    }),
  );
});

test('plain JSON is plain JSON', () => {
  expect(toJson({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
  expect(fromJson('{"$f64":5}')).toEqual({ $f64: 5 });
});
