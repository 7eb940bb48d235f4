import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { memoryFiles } from '#tests/support/tables.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const MEGABYTE = 1 << 20;
const row = (cells: number): string => Array.from({ length: cells }, (_, k) => String(k)).join(',');
const table = (...rows: string[]): string =>
  ['id,1100,1101,1102', 'a,0.1,0.2,0.3', ...rows, 'b,0.1,0.25,0.3'].join('\n');
const read = (content: string | Uint8Array) =>
  importDataset(['in/X.csv'], memoryFiles({ 'in/X.csv': content }, MEGABYTE));

describe('tables that no instrument writes are refused with a sentence', () => {
  test.each<[string, () => string | Uint8Array, string]>([
    ['a million columns in one line', () => row(1_000_000), 'data.too-large'],
    ['a million columns further down', () => table(row(1_000_000)), 'data.too-large'],
    ['a cell of 20 MB', () => table(`c,${'9'.repeat(20 * MEGABYTE)},1,2`), 'data.too-large'],
    ['a quoted cell of 20 MB', () => table(`"${'x'.repeat(20 * MEGABYTE)}",1,1,2`), 'data.too-large'],
    ['a quotation mark that never closes', () => table('"c,0.1,0.2,0.3'), 'data.unbalanced-quote'],
    ['zero bytes between the letters', () => table('c\0,0.1,0.2,0.3\0\0'), 'data.binary'],
    ['words for no number', () => table('c,NaN,Inf,-Infinity'), 'data.no-spectra'],
    ['nothing at all', () => '', 'data.empty'],
    ['blanks', () => ' \n \n\t\n', 'data.empty'],
    ['a byte order mark alone', () => '\ufeff', 'data.empty'],
    ['a workbook', () => Uint8Array.from([0x50, 0x4b, 3, 4, ...new Uint8Array(500)]), 'data.binary'],
  ])('%s', async (_, content, code) => {
    await expect(read(content())).rejects.toMatchObject({ code, message: expect.stringMatching(/^.{10,1500}$/s) as string });
  }, 120_000); // prettier-ignore
});

test('infinite and missing numbers become no spectrum', async () => {
  const { dataset } = await importDataset(['in/X.csv'], memoryFiles({ 'in/X.csv': table('c,NaN,,1e999') }), {
    missing: 'drop-samples',
    nonNumeric: 'missing',
  });
  expect(dataset.sampleIds).toEqual(['a', 'b']);
});

test('names that mean something to JavaScript are names', async () => {
  const text =
    'id,1100,1101,1102,__proto__,constructor\n__proto__,1,2,3,4,x\nconstructor,1,2,4,5,y\ntoString,1,2,5,6,x\n';
  for (const name of ['__proto__', 'constructor', 'toString.csv']) {
    const files = memoryFiles(Object.fromEntries([[`in/${name}`, text]]));
    const { options } = await inspectImport([`in/${name}`], files);
    const { dataset } = await importDataset([`in/${name}`], files, options);
    expect(dataset.sampleIds).toEqual(['__proto__', 'constructor', 'toString']);
  }
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('role');
});

describe('on a disk', () => {
  test('a small file that unpacks to 300 MB of one line ends at the limit of a line', async () => {
    const path = join(await temporaryFolder(), 'X.csv.gz');
    writeFileSync(path, gzipSync(Buffer.alloc(300 * MEGABYTE, '1')));
    await expect(importDataset([path], nodeFiles)).rejects.toMatchObject({ code: 'data.too-large' });
  });

  test('a pipe, which never ends', async () => {
    const path = join(await temporaryFolder(), 'X.csv');
    execFileSync('mkfifo', [path]);
    await expect(importDataset([path], nodeFiles)).rejects.toMatchObject({ code: 'data.unreadable' });
  });
});

describe('dataset files', () => {
  const open = (text: string, name = 'dataset.yaml') =>
    importDataset([`in/${name}`], memoryFiles({ 'in/X.csv': table(), [`in/${name}`]: text }));
  const bomb = Array.from({ length: 10 }, (_, i) =>
    i === 0
      ? 'a0: &a0 [x,x,x,x,x,x,x,x,x,x]'
      : `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(',')}]`,
  ).join('\n');

  test.each([
    ['a YAML bomb', bomb],
    ['100,000 brackets', `files: ${'['.repeat(100_000)}`],
    ['100,000 brackets in JSON', `{"files": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a key twice', 'files: [{path: X.csv}]\nfiles: [{path: X.csv}]'],
    ['a merge key', 'a: &a {path: X.csv}\nfiles: [{<<: *a}]'],
    ['a tag', 'files: !!js/function "x"'],
    ['a prototype', '{"__proto__": {"files": [{"path": "X.csv"}]}}'],
    ['a number for a name', 'name: 1\nfiles: [{path: X.csv}]'],
  ])('%s', async (_, text) => {
    await expect(open(text)).rejects.toMatchObject({ code: 'data.config', message: expect.stringMatching(/^.{10,1500}$/s) as string });
    await expect(open(text, 'mine.json')).rejects.toMatchObject({ code: 'data.config' });
  }); // prettier-ignore

  test.each([
    '/etc/passwd', '../X.csv', 'sub/../../X.csv', 'C:\\data\\X.csv', 'C:X.csv', '\\\\server\\share\\X.csv', '//server/share/X.csv',
    'file:///etc/passwd', 'https://example.org/X.csv', 'X.csv\u0000', '..',
  ])('%j lies outside of its folder', async (path) => {
    await expect(open(JSON.stringify({ files: [{ path }] }), 'mine.json')).rejects.toThrow(/does not lie in its folder|is no file/);
  }); // prettier-ignore
});
