import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atomicWrite, atomicWriteByHash } from '#core/artifacts/atomicWrite.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('writes a file, with the folders above it, and says what it wrote', async () => {
  const path = join(await temporaryFolder(), 'Ergebnisse', 'März 雪', 'a b.txt');
  expect(await atomicWrite(path, bytes('hello'))).toEqual({ bytes: 5, sha256: sha256('hello') });
  expect(await readFile(path, 'utf8')).toBe('hello');
});

test('replaces what was there', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a.txt');
  await atomicWrite(path, bytes('a longer first text'));
  await atomicWrite(path, bytes('second'));
  expect(await readFile(path, 'utf8')).toBe('second');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

test('writes pieces as they come, from both kinds of generator', async () => {
  const folder = await temporaryFolder();
  function* pieces() {
    yield bytes('one ');
    yield bytes('two');
  }
  async function* later() {
    for (const piece of pieces()) yield await Promise.resolve(piece);
  }
  for (const content of [pieces(), later()]) {
    expect(await atomicWrite(join(folder, 'a'), content)).toEqual({ bytes: 7, sha256: sha256('one two') });
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('one two');
  }
});

test('a content that breaks off leaves the old file and nothing else', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a.txt');
  await atomicWrite(path, bytes('old'));
  function* broken() {
    yield bytes('new');
    throw new Error('the source went away');
  }
  await expect(atomicWrite(path, broken())).rejects.toThrow('the source went away');
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

test('the path may follow from the content', async () => {
  const folder = await temporaryFolder();
  const { sha256: name } = await atomicWriteByHash(folder, bytes('x'), (sha) => join(folder, sha.slice(0, 2), sha));
  expect(await readFile(join(folder, name.slice(0, 2), name), 'utf8')).toBe('x');
  expect(await readdir(folder)).toEqual([name.slice(0, 2)]);
});

test('a path that the system does not take gives a sentence and leaves nothing', async () => {
  const folder = await temporaryFolder();
  await expect(atomicWrite(join(folder, 'n'.repeat(300)), bytes('x'))).rejects.toMatchObject({
    code: 'workspace.path-too-long',
  });
  await writeFile(join(folder, 'file'), '');
  await expect(atomicWrite(join(folder, 'file', 'below'), bytes('x'))).rejects.toMatchObject({
    code: 'workspace.not-a-folder',
  });
  expect(await readdir(folder)).toEqual(['file']);
});

test('a file name of the greatest length is possible', async () => {
  const folder = await temporaryFolder();
  await atomicWrite(join(folder, 'n'.repeat(255)), bytes('x'));
  expect(await readdir(folder)).toEqual(['n'.repeat(255)]);
});
