import { readFileSync } from 'node:fs';
import { zipSync, type ZipOptions } from 'fflate';
import { describe, expect, test } from 'vitest';
import { bundleLimits, readZip } from '#core/export/zipReader.ts';
import { writeZip } from '#core/export/zipWriter.ts';

const zip = (files: Record<string, Uint8Array>, options: ZipOptions = {}): Uint8Array => zipSync(files, options);
const text = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value));
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

/** Overwrites a 16 or 32 bit number at `offset` after the n-th occurrence of a record signature. */
function patched(file: Uint8Array, signature: number, offset: number, value: number, bits: 16 | 32 = 32): Uint8Array {
  const out = Buffer.from(file);
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signature);
  const at = out.indexOf(mark);
  if (bits === 16) out.writeUInt16LE(value, at + offset);
  else out.writeUInt32LE(value, at + offset);
  return Uint8Array.from(out);
}
/** As earlier versions packed their members. */
const packed = (files: Record<string, Uint8Array>): Uint8Array => zip(files, { level: 6, mtime: new Date(1980, 0, 1) });
/** With another size of the first member in both places. */
const sized = (file: Uint8Array, size: number): Uint8Array =>
  patched(patched(file, DIRECTORY, 24, size), LOCAL, 22, size);
const LOCAL = 0x04034b50;
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;

test('what was written is read back, packed or stored', () => {
  const members = new Map([
    ['a.txt', text('hello '.repeat(50))],
    ['deep/folder/b.bin', Uint8Array.of(1, 2, 3)],
    ['empty', new Uint8Array()],
  ]);
  const read = readZip(writeZip(members), 'x.zip');
  expect(new Map([...read].map(([path, member]) => [path, member.read()]))).toEqual(members);
});

describe('paths that leave the archive', () => {
  test.each([
    '../evil', 'a/../../evil', '/etc/passwd', 'C:/windows', 'a\\..\\evil', './a', 'a//b', 'folder/', 'nul\u0000l', 'a\nb', '..',
  ])('%j', (path) => {
    expect(() => readZip(zip({ [path]: text('x') }), 'x.zip')).toThrow(refusal('bundle.unsafe-path'));
  }); // prettier-ignore
});

describe('bombs', () => {
  test('too many members', () => {
    const many = Object.fromEntries(Array.from({ length: bundleLimits.members + 1 }, (_, i) => [`m${i}`, text('')]));
    expect(() => readZip(zip(many), 'x.zip')).toThrow(refusal('bundle.limit'));
  });

  test('a suspicious compression ratio', () => {
    expect(() => readZip(zip({ zeros: new Uint8Array(1_000_000) }), 'x.zip')).toThrow(refusal('bundle.limit'));
  });

  test('members that are too large together', () => {
    const limits = { ...bundleLimits, totalBytes: 100 };
    expect(() => readZip(zip({ a: new Uint8Array(60), b: new Uint8Array(60) }), 'x.zip', limits)).toThrow(
      refusal('bundle.limit'),
    );
  });

  test('a directory that understates the size: unpacking stops there', () => {
    const file = sized(packed({ zeros: new Uint8Array(1_000_000) }), 1000);
    const member = readZip(file, 'x.zip').get('zeros');
    expect(() => member?.read()).toThrow('its member zeros is damaged');
  });

  test('a directory that overstates the size', () => {
    const member = readZip(sized(packed({ a: text('aaaaaaaaaa') }), 11), 'x.zip').get('a');
    expect(() => member?.read()).toThrow('its member a is damaged');
  });
});

describe('damaged or deceptive archives', () => {
  const plain = zip({ 'a.txt': text('some text, some text'), b: text('b') }, { level: 6 });
  test.each([
    ['nothing', new Uint8Array()],
    ['no ZIP', text('x'.repeat(100))],
    ['cut off', plain.subarray(0, plain.length - 1)],
    ['a comment at the end', Uint8Array.from([...plain, 0])],
    ['encryption', patched(plain, DIRECTORY, 8, 1, 16)],
    ['an unknown method', patched(plain, DIRECTORY, 10, 12, 16)],
    ['stored, but with two sizes', patched(zip({ a: text('abc') }, { level: 0 }), DIRECTORY, 20, 2)],
    ['a second disk', patched(plain, END, 4, 1, 16)],
    ['a wrong count', patched(plain, END, 8, 1, 16)],
    ['a directory elsewhere', patched(plain, END, 16, 0)],
    ['a header elsewhere', patched(plain, DIRECTORY, 42, 3)],
    ['a header beyond the end', patched(plain, DIRECTORY, 42, 0xfffffff0)],
    ['two members on the same bytes', overlapping()],
    ['another name in the local header', patched(plain, LOCAL, 30, 0x7878, 16)],
    ['data beyond the end', patched(plain, DIRECTORY, 20, 100_000)],
  ])('%s', (_, file) => {
    expect(() => readZip(file, 'x.zip')).toThrow(refusal('bundle.invalid'));
  });

  test('a name twice', () => {
    const twice = Buffer.from(zip({ aa: text('1'), ab: text('2') }));
    for (let at = twice.indexOf('ab'); at >= 0; at = twice.indexOf('ab')) twice.write('aa', at);
    expect(() => readZip(Uint8Array.from(twice), 'x.zip')).toThrow('two members named aa');
  });

  test('damaged packed data', () => {
    const file = packed({ 'a.txt': text('some text, some text') });
    file.fill(0xff, 37, 45);
    expect(() => readZip(file, 'x.zip').get('a.txt')?.read()).toThrow('its member a.txt is damaged');
  });

  test('the same archive as another program or another day writes it', () => {
    const members = { 'a.txt': text('some text, some text') };
    expect(readZip(packed(members), 'x.zip').size).toBe(1);
    const extra: ZipOptions = { extra: { 0x5455: new Uint8Array(5) }, mtime: new Date(1980, 0, 1) };
    for (const other of [zip(members), zip(members, extra), zip(members, { os: 3, mtime: new Date(1980, 0, 1) })])
      expect(() => readZip(other, 'x.zip')).toThrow(refusal('bundle.invalid'));
  });

  test('members in another order than their directory', () => {
    const file = Buffer.from(writeZip(new Map([['a', text('1')], ['b', text('2')]]))); // prettier-ignore
    const at = file.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const swapped = Buffer.concat([file.subarray(0, at), file.subarray(at + 47, at + 94), file.subarray(at, at + 47), file.subarray(at + 94)]); // prettier-ignore
    expect(() => readZip(Uint8Array.from(swapped), 'x.zip')).toThrow(refusal('bundle.invalid'));
  });
});

test('of a packed archive of an earlier version, every single byte that is changed is noticed', () => {
  const file = new Uint8Array(readFileSync('tests/unit/core/export/support/format-1.refract'));
  // Where the members stand; a byte of one can change that member alone.
  const members = [...readZip(file, 'x.zip').values()];
  const starts = members.map(({ path }) => Buffer.from(file).indexOf(Buffer.from(path)));
  const unnoticed: string[] = [];
  for (let at = 0; at < file.length; at++) {
    const changed = file.slice();
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    try {
      const k = starts.findLastIndex((start) => start <= at);
      readZip(changed, 'x.zip')
        .get(members[Math.max(0, k)]?.path ?? '')
        ?.read();
      unnoticed.push(`byte ${at}`);
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^bundle\./) as string });
    }
  }
  expect(unnoticed).toEqual([]);
});

/** Lets the directory entry of "b" describe the bytes of "a" under the name of "a" in a longer archive. */
function overlapping(): Uint8Array {
  const inner = zip({ b: text('b') }, { level: 0 });
  const local = inner.subarray(0, Buffer.from(inner).indexOf(Buffer.from([0x50, 0x4b, 1, 2])));
  const outer = Buffer.from(zip({ a: local, b: text('b') }, { level: 0 }));
  const second = outer.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  outer.writeUInt32LE(31, second + 42); // the copy of b's header inside a's data
  return Uint8Array.from(outer);
}
