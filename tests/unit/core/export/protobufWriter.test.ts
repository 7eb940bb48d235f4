import { expect, test } from 'vitest';
import { writeProtobuf } from '#core/export/protobufWriter.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('writes the examples of the format documentation', () => {
  expect(hex(writeProtobuf((m) => m.integer(1, 150)))).toBe('089601');
  expect(hex(writeProtobuf((m) => m.text(2, 'testing')))).toBe('120774657374696e67');
  expect(hex(writeProtobuf((m) => m.message(3, (inner) => inner.integer(1, 150))))).toBe('1a03089601');
  expect(hex(writeProtobuf((m) => m.integer(1, -2)))).toBe('08feffffffffffffffff01');
});
