import { expect, test } from 'vitest';
import { contentHasher } from '#core/data/contentHash.ts';
import { datasetConfigText, readDatasetConfig } from '#core/io/datasetConfig.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { memoryFiles } from '#tests/support/tables.ts';

const x = 'id;800,5;801,5;802,5\na;1,234;2,345;3,456\nb;1,5;2,25;3,125';
const content = { 'in/table.csv': x, 'in/lab.csv': 'id;fat\nb;2\na;1' };

test('what is saved repeats the import exactly', async () => {
  const files = memoryFiles(content);
  const options = {
    name: 'meat',
    files: { 'lab.csv': { role: 'targets' as const, columns: { fat: 'target' as const } } },
  };
  const proposal = await inspectImport(['in'], files, options);
  const again = memoryFiles({ ...content, 'in/dataset.yaml': datasetConfigText(proposal) });
  const hash = await contentHasher();
  const first = await importDataset(['in'], files, options);
  for (const path of ['in', 'in/dataset.yaml']) {
    const second = await importDataset([path], again);
    expect(hash(second.dataset)).toBe(hash(first.dataset));
    expect(second.dataset.name).toBe('meat');
  }
});

test('JSON is read too, and options of the caller win', async () => {
  const config = JSON.stringify({ name: 'json', files: [{ path: 'table.csv', role: 'spectra' }] });
  const files = memoryFiles({ ...content, 'in/mine.json': config });
  expect((await importDataset(['in/mine.json'], files)).dataset.name).toBe('json');
  expect((await importDataset(['in/mine.json'], files, { name: 'other' })).dataset.name).toBe('other');
});

test.each([
  ['files: []', 'data.config'],
  ['files: [{path: table.csv, colour: red}]', 'data.config'],
  ['{', 'data.config'],
  ['files: [{path: gone.csv, role: targets}]', 'data.config-file'],
])('%s is refused', async (text, code) => {
  await expect(
    readDatasetConfig('in/dataset.yaml', memoryFiles({ ...content, 'in/dataset.yaml': text })),
  ).rejects.toMatchObject({ code });
});
