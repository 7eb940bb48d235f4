import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToDoubles, bytesToIntegers, doublesToBytes, integersToBytes } from '#core/artifacts/littleEndian.ts';

test('doubles survive, wherever their bytes start', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.nat(9), (list, shift) => {
      const values = Float64Array.from(list);
      const moved = new Uint8Array(shift + values.byteLength);
      moved.set(doublesToBytes(values), shift);
      expect(bytesToDoubles(moved.subarray(shift))).toEqual(values);
    }),
  );
});

test('integers survive', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), (list) => {
      const values = Int32Array.from(list);
      expect(bytesToIntegers(Buffer.from(integersToBytes(values)))).toEqual(values);
    }),
  );
});

test('the bytes are little-endian', () => {
  expect([...integersToBytes(Int32Array.of(1))]).toEqual([1, 0, 0, 0]);
  expect([...doublesToBytes(Float64Array.of(1))]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
});
