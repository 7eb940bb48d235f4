import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'refract-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const text = `id,${Array.from({ length: 20 }, (_, j) => 400 + j).join()}\n${Array.from({ length: 30 }, (_, i) => `s${i},${Array.from({ length: 20 }, (_, j) => Math.sin(i + j)).join()}`).join('\n')}\n`;

test('a compressed table is the same table', async () => {
  writeFileSync(join(folder, 'plain.csv'), text);
  writeFileSync(join(folder, 'packed.csv.gz'), gzipSync(text));
  const plain = await importDataset([join(folder, 'plain.csv')], nodeFiles);
  const progress: number[] = [];
  const packed = await importDataset(
    [join(folder, 'packed.csv.gz')],
    nodeFiles,
    {},
    { onProgress: (f) => progress.push(f) },
  );
  expect(packed.dataset.source.x.data).toEqual(plain.dataset.source.x.data);
  expect(packed.dataset.name).toBe('packed');
  expect(progress.at(-1)).toBe(1);
});

test('damaged compression and missing files are named without their folder', async () => {
  writeFileSync(join(folder, 'cut.csv.gz'), gzipSync(text).subarray(0, 200));
  for (const name of ['cut.csv.gz', 'nothing.csv']) {
    const error: unknown = await inspectImport([join(folder, name)], nodeFiles).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'data.unreadable', details: { file: name } });
    expect(String(error)).not.toContain(folder);
  }
});

test('an empty folder says which files were looked for', async () => {
  await expect(inspectImport([mkdtempSync(join(folder, 'empty-'))], nodeFiles)).rejects.toMatchObject({
    code: 'data.no-files',
  });
});
