import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readProtobuf } from '#core/export/protobufReader.ts';
import { writeProtobuf } from '#core/export/protobufWriter.ts';

test('reads what the format documentation shows', () => {
  // "Test1 { a = 150 }" is 08 96 01, and "Test2 { b = 'testing' }" is 12 07 74 65 73 74 69 6e 67.
  expect([...readProtobuf(Uint8Array.of(0x08, 0x96, 0x01))]).toEqual([{ field: 1, kind: 'integer', value: 150n }]);
  const [text] = readProtobuf(Buffer.from('120774657374696e67', 'hex'));
  expect(Buffer.from(text?.value as Uint8Array).toString()).toBe('testing');
});

test('what was written is read back, negative numbers and nested messages included', () => {
  const fields = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 29 - 1 }), fc.maxSafeInteger()));
  fc.assert(
    fc.property(fields, (list) => {
      const bytes = writeProtobuf((message) =>
        message.message(3, (inner) => list.forEach(([field, value]) => inner.integer(field, value))),
      );
      const [outer] = readProtobuf(bytes);
      const read = [...readProtobuf(outer?.value as Uint8Array)].map((f) => [
        f.field,
        BigInt.asIntN(64, f.value as bigint),
      ]);
      expect(read).toEqual(list.map(([field, value]) => [field, BigInt(value)]));
    }),
  );
});

test.each([
  ['an endless number', 'ffffffffffffffffffffffff'],
  ['a number that is cut off', '0896'],
  ['a length beyond the end', '0a7f00'],
  ['a huge length', '0affffffffffffffff7f'],
  ['field 0', '0001'],
  ['an unknown wire type', '0b'],
])('refuses %s', (_, hex) => {
  expect(() => [...readProtobuf(Buffer.from(hex, 'hex'))]).toThrow(RangeError);
});

test('never does anything but read or refuse', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        for (const field of readProtobuf(bytes)) expect(field.field).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
