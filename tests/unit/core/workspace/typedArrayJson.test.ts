import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromJson, toJson } from '#core/workspace/typedArrayJson.ts';

test('arrays of doubles survive bit for bit, wherever they stand', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.string(), (list, text) => {
      const value = {
        text,
        [text]: list.map(String),
        list: [{ values: Float64Array.from(list) }, null, 1.5, [[Float64Array.of(1)]]],
      };
      expect(fromJson(toJson(value))).toEqual(value);
    }),
  );
});

test('plain JSON is plain JSON', () => {
  expect(toJson({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
  expect(fromJson('{"$f64":5}')).toEqual({ $f64: 5 });
  expect(fromJson('{"$f64":"AAAAAAAA8D8="}')).toEqual(Float64Array.of(1));
});

test('a key that objects inherit by is a key like any other', () => {
  const value = fromJson('{"__proto__": {"a": {"$f64": "AAAAAAAA8D8="}}, "b": {"$f64": "AAAAAAAA8D8="}}');
  expect(Object.keys(value as object)).toEqual(['__proto__', 'b']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect((Object.getOwnPropertyDescriptor(value, '__proto__')?.value as { a: unknown }).a).toEqual(Float64Array.of(1));
});
