import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { artifactStore } from '#core/artifacts/artifactStore.ts';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
import {
  readManifest,
  verifyManifest,
  writeManifest,
  type Manifest,
  type ManifestFile,
} from '#core/artifacts/manifest.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const PATH = 'runs/20261122T031500.123Z-7f3a/manifest.json';
const manifest = (artifacts: readonly ManifestFile[]): Manifest => ({
  format: 1,
  step: 'run',
  runId: '20261122T031500.123Z-7f3a',
  what: { pipeline: 'Protein by PLS', target: 'protein', variants: 3 },
  inputs: { dataset: '0123456789abcdef' },
  configHash: 'fedcba9876543210',
  artifacts,
  metrics: { rmsecv: 0.36, rmsep: null },
  startedAt: '2026-11-22T03:15:00.123Z',
  endedAt: '2026-11-22T03:16:00.000Z',
  app: { version: '0.1.0', revision: null },
  platform: { os: 'linux', arch: 'x64', node: '24.0.0' },
  seeds: { run: 7 },
});

/** A workspace folder with two files, and their entries. */
async function twoFiles(): Promise<{ folder: string; files: readonly ManifestFile[] }> {
  const folder = await temporaryFolder();
  const store = artifactStore(folder);
  const model = await store.put(Uint8Array.of(1, 2, 3));
  const input = await atomicWrite(join(folder, 'runs', 'r', 'run.yaml'), new TextEncoder().encode('pipeline: []\n'));
  return {
    folder,
    files: [
      { path: store.relativePath(model.sha256), ...model },
      { path: 'runs/r/run.yaml', ...input },
    ],
  };
}

test('is written, read and verified', async () => {
  const { folder, files } = await twoFiles();
  await writeManifest(folder, PATH, manifest(files));
  const back = await readManifest(folder, PATH);
  expect(back).toEqual(manifest(files));
  expect(await verifyManifest(folder, manifest(files))).toEqual({ missing: [], altered: [] });
});

test('without a file there is no manifest', async () => {
  expect(await readManifest(await temporaryFolder(), PATH)).toBeNull();
});

test('is not written before the files that it lists', async () => {
  const { folder, files } = await twoFiles();
  await rm(join(folder, 'runs/r/run.yaml'));
  await expect(writeManifest(folder, PATH, manifest(files))).rejects.toMatchObject({
    code: 'workspace.bad-manifest',
    message: expect.stringContaining('runs/r/run.yaml has not been written') as unknown,
  });
  expect(await readManifest(folder, PATH)).toBeNull();
});

test('names what is missing and what was altered later', async () => {
  const { folder, files } = await twoFiles();
  const [model, input] = files;
  await writeFile(join(folder, model?.path ?? ''), Uint8Array.of(1, 2, 4));
  await rm(join(folder, input?.path ?? ''));
  expect(await verifyManifest(folder, manifest(files))).toEqual({ missing: [input?.path], altered: [model?.path] });
});

test.each(['/etc/passwd', '../x', 'runs/../../x', 'C:\\x', 'C:/x', 'a\\b', ''])(
  'refuses the path "%s"',
  async (path) => {
    const folder = await temporaryFolder();
    const text = JSON.stringify(manifest([{ path, bytes: 0, sha256: '0'.repeat(64) }]));
    await atomicWrite(join(folder, PATH), new TextEncoder().encode(text));
    await expect(readManifest(folder, PATH)).rejects.toMatchObject({ code: 'workspace.bad-manifest' });
  },
);

test('says when the manifest itself was altered', async () => {
  const folder = await temporaryFolder();
  await atomicWrite(join(folder, PATH), new TextEncoder().encode('{"format": 1'));
  await expect(readManifest(folder, PATH)).rejects.toMatchObject({ code: 'workspace.bad-manifest' });
});
