import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors, type Tensor } from '#core/export/safetensors.ts';

/** A file with any header text, as an attacker would write it. */
function handmade(header: string, dataBytes: number): Uint8Array {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Uint8Array.from(Buffer.concat([length, text, Buffer.alloc(dataBytes)]));
}

const tensor = (from: number, to: number, shape: number[], dtype = 'F64'): string =>
  JSON.stringify({ dtype, shape, data_offsets: [from, to] });

test('writes the bytes of the format description', () => {
  const tensors = new Map<string, Tensor>([
    ['b', { shape: [1], data: Int32Array.of(-2) }],
    ['a', { shape: [1, 2], data: Float64Array.of(1, -0) }],
  ]);
  const bytes = writeSafetensors({ tensors, metadata: new Map([['note', 'x']]) });
  const buffer = Buffer.from(bytes);
  const headerLength = Number(buffer.readBigUInt64LE(0));
  expect(headerLength % 8).toBe(0);
  expect(JSON.parse(buffer.subarray(8, 8 + headerLength).toString())).toEqual({
    __metadata__: { note: 'x' },
    a: { dtype: 'F64', shape: [1, 2], data_offsets: [0, 16] },
    b: { dtype: 'I32', shape: [1], data_offsets: [16, 20] },
  });
  expect(buffer.subarray(8 + headerLength).toString('hex')).toBe('000000000000f03f0000000000000080feffffff');
});

test('every set of tensors survives, bit by bit', () => {
  const anyTensor = fc.oneof(
    fc.float64Array().map((data): Tensor => ({ shape: [data.length], data })),
    fc.int32Array().map((data): Tensor => ({ shape: [data.length, 1], data })),
    fc.double().map((value): Tensor => ({ shape: [], data: Float64Array.of(value) })),
  );
  const names = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, anyTensor)), fc.string(), (list, note) => {
      const file = { tensors: new Map(list), metadata: new Map([['note', note]]) };
      const back = readSafetensors(writeSafetensors(file), 'x');
      expect(back.metadata).toEqual(file.metadata);
      expect(new Map([...back.tensors].sort())).toEqual(new Map([...file.tensors].sort()));
    }),
  );
});

describe('a hostile file is refused:', () => {
  test.each([
    ['shorter than a length', Uint8Array.of(1, 2, 3)],
    ['a header beyond the end', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 123)],
    ['a header of 2⁶³ bytes', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128, 123)],
    ['no JSON', handmade('{"a"', 0)],
    ['a list', handmade('[]', 0)],
    ['leading white space', handmade(' {}', 0)],
    ['an unknown type', handmade(`{"a":${tensor(0, 8, [1], 'F16')}}`, 8)],
    ['a wrong size', handmade(`{"a":${tensor(0, 8, [2])}}`, 8)],
    ['a negative length', handmade(`{"a":${tensor(0, 8, [-1, -1])}}`, 8)],
    ['a shape whose product overflows', handmade(`{"a":${tensor(0, 8, [2 ** 31, 2 ** 31, 4])}}`, 8)],
    ['a broken length', handmade(`{"a":${tensor(0, 8, [0.5, 2])}}`, 8)],
    ['data beyond the end', handmade(`{"a":${tensor(0, 16, [2])}}`, 8)],
    ['an end before its beginning', handmade(`{"a":${tensor(8, 0, [1])}}`, 8)],
    ['a hole at the start', handmade(`{"a":${tensor(8, 16, [1])}}`, 16)],
    ['a hole between', handmade(`{"a":${tensor(0, 8, [1])},"b":${tensor(16, 24, [1])}}`, 24)],
    ['a rest', handmade(`{"a":${tensor(0, 8, [1])}}`, 9)],
    ['an overlap', handmade(`{"a":${tensor(0, 16, [2])},"b":${tensor(8, 24, [2])}}`, 24)],
    ['two tensors on the same bytes', handmade(`{"a":${tensor(0, 8, [1])},"b":${tensor(0, 8, [1])}}`, 8)],
    ['a name twice', handmade(`{"a":${tensor(0, 8, [1])},"a":${tensor(0, 8, [1])}}`, 8)],
    ['a name twice, once in disguise', handmade(`{"a":${tensor(0, 8, [1])},"\\u0061":${tensor(0, 8, [1])}}`, 8)],
    ['a type twice', handmade('{"a":{"dtype":"I32","dtype":"F64","shape":[1],"data_offsets":[0,8]}}', 8)],
    ['an extra entry', handmade('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8],"run":"me"}}', 8)],
    ['metadata that are no texts', handmade('{"__metadata__":{"a":1}}', 0)],
    ['a tensor that is a number', handmade('{"a":1}', 0)],
  ])('%s', (_, bytes) => {
    expect(() => readSafetensors(bytes, 'state')).toThrow(expect.objectContaining({ code: 'bundle.invalid' }) as Error);
  });

  test('whatever is changed, it is read or refused, never anything else', () => {
    const good = writeSafetensors({
      tensors: new Map([['a', { shape: [2], data: Float64Array.of(1, 2) }]]),
      metadata: new Map(),
    });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
        const changed = good.slice();
        changed[at] = value;
        try {
          readSafetensors(changed, 'state');
        } catch (error) {
          expect(error).toMatchObject({ code: 'bundle.invalid' });
        }
      }),
    );
  });
});
