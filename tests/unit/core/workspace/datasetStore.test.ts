import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Dataset } from '#core/data/dataset.ts';
import { DatasetDetail } from '#core/contract/datasets.ts';
import { sideBySide } from '#core/data/sources.ts';
import { aDataset, aNewDataset, aReport, aRun } from '#tests/unit/core/workspace/support/builders.ts';
import { openWorkspaceForTest, workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

const ID = 'ds_0123456789abcdef';

test('a dataset comes back as it was, its spectra on shared memory', async () => {
  const { datasets } = await openWorkspaceForTest();
  await datasets.save(aNewDataset());
  const back = await datasets.load(ID);
  expect(back.source.x.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(unshared(back)).toEqual(aDataset());
});

test('without split, metadata and targets too', async () => {
  const { datasets } = await openWorkspaceForTest();
  const dataset: Dataset = { ...aDataset(2, 3), split: null, metadata: [], targets: [] };
  await datasets.save(aNewDataset(ID, dataset));
  expect(unshared(await datasets.load(ID))).toEqual(dataset);
  expect(datasets.get(ID)).toMatchObject({ split: null, metadata: [], targets: [] });
});

test('the summary has what a list shows, and fits the contract', async () => {
  const { datasets } = await openWorkspaceForTest();
  const summary = await datasets.save(aNewDataset());
  expect(summary).toMatchObject({
    id: ID,
    samples: 7,
    wavelengths: 5,
    axis: { from: 1100, to: 1110, unit: 'nm' },
    metadata: ['field', 'depth'],
    split: [
      { label: 'test', samples: 3 },
      { label: 'train', samples: 4 },
    ],
    contentHash: '0123456789abcdef',
    files: ['X.csv', 'Y.csv'],
    warnings: 1,
  });
  expect(summary.targets[0]).toMatchObject({ name: 'protein', unit: '%', n: 6, missing: 1, min: 10 });
  expect(summary.targets[1]).toEqual({
    name: 'moisture',
    unit: null,
    n: 0,
    missing: 7,
    min: null,
    max: null,
    mean: null,
    sd: null,
  });
  expect(DatasetDetail.parse(datasets.detail(ID)).report).toEqual(aReport(7, 5));
  expect(datasets.list()).toEqual([summary]);
  expect(datasets.findByHash('0123456789abcdef')).toEqual(summary);
  expect(datasets.findByHash('other')).toBeNull();
});

test('the samples, page by page and in any order', async () => {
  const { datasets } = await openWorkspaceForTest();
  await datasets.save(aNewDataset(ID, aDataset(12, 2)));
  const rowsBy = (sortBy: string, descending = false) =>
    datasets.samples(ID, { offset: 0, limit: 12, sortBy, descending }).rows;
  expect(datasets.samples(ID, { offset: 10, limit: 5, sortBy: 'row', descending: false })).toEqual({
    total: 12,
    rows: [
      expect.objectContaining({ row: 10, id: 'S11', split: 'train', metadata: ['plot 2', '10'] }) as unknown,
      expect.objectContaining({ row: 11, id: 'S12', targets: [expect.any(Number), null] as unknown }) as unknown,
    ],
  });
  expect(rowsBy('id').map((row) => row.id)).toEqual(Array.from({ length: 12 }, (_, i) => `S${i + 1}`));
  expect(
    rowsBy('metadata:field')
      .map((row) => row.metadata[0])
      .slice(0, 3),
  ).toEqual(['plot 1', 'plot 2', 'plot 3']);
  expect(rowsBy('metadata:field').at(-1)?.metadata[0]).toBe(''); // missing last, either way
  expect(rowsBy('metadata:field', true).at(-1)?.metadata[0]).toBe('');
  const depths = rowsBy('metadata:depth', true).map((row) => Number(row.metadata[1]));
  expect(depths).toEqual([...depths].sort((a, b) => b - a));
  const values = rowsBy('target:protein').map((row) => row.targets[0] ?? NaN);
  expect(values.slice(0, 11)).toEqual(values.slice(0, 11).sort((a, b) => a - b));
  expect(values[11]).toBeNaN();
  expect(rowsBy('split', true)[0]?.split).toBe('train');
  expect(() => rowsBy('target:fat')).toThrow(expect.objectContaining({ code: 'workspace.not-found' }));
});

test('is renamed', async () => {
  const { datasets } = await openWorkspaceForTest();
  await datasets.save(aNewDataset());
  datasets.rename(ID, 'Barley');
  expect((await datasets.load(ID)).name).toBe('Barley');
  expect(() => datasets.rename('ds_nothing', 'x')).toThrow(expect.objectContaining({ code: 'workspace.not-found' }));
});

test('is removed with its spectra, unless another dataset has the same ones', async () => {
  const { datasets, artifacts } = await openWorkspaceForTest();
  await datasets.save(aNewDataset());
  await datasets.save(aNewDataset('ds_fedcba9876543210'));
  expect(artifacts.list()).toMatchObject([{ refCount: 2, kind: 'matrix', bytes: 7 * 5 * 8 }]);
  await datasets.remove(ID);
  expect(await artifacts.store.list()).toHaveLength(1);
  await datasets.load('ds_fedcba9876543210');
  await datasets.remove('ds_fedcba9876543210');
  expect(await artifacts.store.list()).toEqual([]);
  expect(artifacts.list()).toEqual([]);
  await expect(datasets.remove(ID)).rejects.toMatchObject({ code: 'workspace.not-found' });
});

test('is kept while a run refers to it', async () => {
  const workspace = await workspaceWithRun();
  await expect(workspace.datasets.remove(ID)).rejects.toMatchObject({
    code: 'workspace.referenced',
    details: { name: 'Wheat, autumn', by: 'a run' },
  });
  workspace.runs.add(aRun('20261122T031600.000Z-0001'));
  await expect(workspace.datasets.remove(ID)).rejects.toMatchObject({ details: { by: '2 runs' } });
  await workspace.datasets.load(ID);
});

test('altered spectra are not used', async () => {
  const { datasets, artifacts, verify } = await openWorkspaceForTest();
  await datasets.save(aNewDataset());
  const sha256 = artifacts.list()[0]?.sha256 ?? '';
  const file = await readFile(artifacts.store.path(sha256));
  file.writeDoubleLE(1e9, 16);
  await writeFile(artifacts.store.path(sha256), file);
  await expect(datasets.load(ID)).rejects.toMatchObject({ code: 'workspace.artifact-altered' });
  const altered = [artifacts.store.relativePath(sha256)];
  expect(await verify()).toMatchObject({ sound: false, checked: { artifacts: 1 }, missing: [], altered, orphaned: [] });
});

test('the same id twice is refused, and nothing of the second is kept', async () => {
  const { datasets } = await openWorkspaceForTest();
  await datasets.save(aNewDataset());
  await expect(datasets.save(aNewDataset(ID, aDataset(3, 2)))).rejects.toThrow(/UNIQUE/);
  expect(datasets.list()).toHaveLength(1);
  expect(datasets.get(ID).samples).toBe(7);
});

function unshared(dataset: Dataset): Dataset {
  const x = dataset.source.x;
  return { ...dataset, source: { ...dataset.source, x: { ...x, data: Float64Array.from(x.data) } } };
}

test('several sources come back with their names, axes and signals', async () => {
  const { datasets } = await openWorkspaceForTest();
  const plain = aDataset();
  const { sources, axis } = sideBySide([
    { name: 'NIR', axis: { values: new Float64Array([1100, 1102.5, 1105]), unit: 'nm' }, signal: 'absorbance' },
    { name: 'markers', axis: { values: new Float64Array([0, 1]), unit: 'index' }, signal: 'unknown' },
  ]);
  const dataset: Dataset = { ...plain, sources, source: { ...plain.source, axis, signal: 'unknown' } };
  const summary = await datasets.save(aNewDataset(ID, dataset));
  expect(unshared(await datasets.load(ID))).toEqual(dataset);
  expect(summary).toMatchObject({
    axis: { from: 0, to: 4, unit: 'index' },
    sources: [
      { name: 'NIR', columns: 3, unit: 'nm', from: 1100, to: 1105, signal: 'absorbance' },
      { name: 'markers', columns: 2, unit: 'index', from: 0, to: 1, signal: 'unknown' },
    ],
  });
  const detail = DatasetDetail.parse(datasets.detail(ID));
  expect(detail.axisValues).toEqual(new Float64Array([0, 1, 2, 3, 4]));
  expect(detail.sourceAxes).toEqual(sources.map(({ axis: { values } }) => values));
  expect(detail.report.sources).toEqual(summary.sources);
  expect(datasets.list()).toEqual([summary]);
});
