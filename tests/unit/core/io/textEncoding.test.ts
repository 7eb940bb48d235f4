import { describe, expect, test } from 'vitest';
import { asUtf8, detectEncoding } from '#core/io/textEncoding.ts';
import { encode } from '#tests/support/tables.ts';

const text = 'Größe;1,5\nÉté;2,5\n€?;3\n'.repeat(20);

async function* pieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.slice(at, at + size));
}

describe.each(['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'latin-1'] as const)('%s', (encoding) => {
  const written = encoding === 'latin-1' ? text.replaceAll('€', 'e') : text;

  test.each([1, 2, 3, 1000])('comes back from chunks of %i bytes', async (size) => {
    const bytes = encode(written, encoding);
    const found = detectEncoding(bytes, 'f');
    const parts: Uint8Array[] = [];
    for await (const part of asUtf8(pieces(bytes, Math.max(size, 3)), found.encoding)) parts.push(part.slice());
    expect(new TextDecoder().decode(Buffer.concat(parts))).toBe(written);
  });
});

test('UTF-16 without a mark is recognised by its zero bytes', () => {
  expect(detectEncoding(encode('id;1;2\n', 'utf-16le').slice(2), 'f').encoding).toBe('utf-16le');
  expect(detectEncoding(encode('id;1;2\n', 'utf-16be').slice(2), 'f').encoding).toBe('utf-16be');
});

test('a character cut off at the end does not make UTF-8 something else', () => {
  const bytes = new TextEncoder().encode('ab€');
  for (const cut of [1, 2]) expect(detectEncoding(bytes.slice(0, bytes.length - cut), 'f').encoding).toBe('utf-8');
});

test.each([
  ['PK\u0003\u0004rest', /Excel/],
  ['%PDF-1.7', /PDF/],
  ['\u0000\u0001\u0002\u0000', /binary/],
])('%j is no text', (start, kind) => {
  expect(() => detectEncoding(encode(start, 'latin-1'), 'f.csv')).toThrow(kind);
});
