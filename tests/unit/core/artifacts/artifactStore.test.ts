import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { artifactStore } from '#core/artifacts/artifactStore.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const content = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 256);
const sha256 = createHash('sha256').update(content).digest('hex');

test('names a content by its SHA-256 and gives it back', async () => {
  const folder = await temporaryFolder();
  const store = artifactStore(folder);
  expect(await store.put(content)).toEqual({ sha256, bytes: 1000 });
  expect(store.relativePath(sha256)).toBe(`artifacts/${sha256.slice(0, 2)}/${sha256}.bin`);
  expect(new Uint8Array(await readFile(join(folder, store.relativePath(sha256))))).toEqual(content);
  expect(await store.get(sha256)).toEqual(content);
  expect(await store.has(sha256)).toBe(true);
  expect(await store.list()).toEqual([sha256]);
});

test('pieces and the whole are the same content, the empty one included', async () => {
  const store = artifactStore(await temporaryFolder());
  const whole = await store.put(content);
  const pieces = await store.put([content.subarray(0, 3), content.subarray(3)]);
  expect(pieces).toEqual(whole);
  const empty = await store.put(new Uint8Array(0));
  expect(await store.get(empty.sha256)).toEqual(new Uint8Array(0));
});

test('a content that is there is not written again', async () => {
  const store = artifactStore(await temporaryFolder());
  await store.put(content);
  const before = await stat(store.path(sha256));
  await store.put(content);
  expect((await stat(store.path(sha256))).ino).toBe(before.ino);
});

test('notices an altered content, and puts it right when it comes again', async () => {
  const store = artifactStore(await temporaryFolder());
  await store.put(content);
  const altered = Uint8Array.from(content);
  altered[500] = (altered[500] ?? 0) ^ 1;
  await writeFile(store.path(sha256), altered);
  expect(await store.check(sha256)).toBe('altered');
  await expect(store.get(sha256)).rejects.toMatchObject({ code: 'workspace.artifact-altered' });
  await store.put(content);
  expect(await store.check(sha256)).toBe('intact');
});

test('says when a content is missing or has another length', async () => {
  const store = artifactStore(await temporaryFolder());
  await expect(store.get(sha256)).rejects.toMatchObject({ code: 'workspace.artifact-missing', details: { sha256 } });
  expect(await store.check(sha256)).toBe('missing');
  expect(await store.has(sha256)).toBe(false);
  await store.put(content);
  await expect(store.readInto(sha256, new Uint8Array(999))).rejects.toMatchObject({
    code: 'workspace.shape-mismatch',
    details: { expectedBytes: 999, foundBytes: 1000 },
  });
});

test('reads into shared memory', async () => {
  const store = artifactStore(await temporaryFolder());
  await store.put(content);
  const target = new Uint8Array(new SharedArrayBuffer(1000));
  await store.readInto(sha256, target);
  expect(Uint8Array.from(target)).toEqual(content);
});

test('removes, and knows whether there was something', async () => {
  const store = artifactStore(await temporaryFolder());
  await store.put(content);
  expect(await store.remove(sha256)).toBe(true);
  expect(await store.remove(sha256)).toBe(false);
});

test.each(['', '../../etc/passwd', sha256.toUpperCase(), `${sha256}0`])('"%s" names no content', (id) => {
  const store = artifactStore('anywhere');
  expect(() => store.path(id)).toThrow(expect.objectContaining({ code: 'workspace.bad-artifact-id' }));
});
