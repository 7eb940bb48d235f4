import { describe, expect, test } from 'vitest';
import { contentHasher } from '#core/data/contentHash.ts';
import { DataReport, ImportProposal, type ImportOptions } from '#core/contract/imports.ts';
import { columnsOf } from '#core/data/sources.ts';
import { datasetConfigText } from '#core/io/datasetConfig.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { memoryFiles } from '#tests/support/tables.ts';

const axis = Array.from({ length: 12 }, (_, j) => 1000 + 10 * j);
const markerNames = ['chlorophyll', 'anthocyanin', 'flavonol'];
const nirOf = (id: string): number[] =>
  axis.map((_, j) => Number((0.5 + 0.1 * Math.sin(0.4 * j + id.charCodeAt(0))).toFixed(4)));
const markersOf = (id: string): number[] => markerNames.map((_, j) => 10 * id.charCodeAt(0) + j);
const csv = (header: readonly (string | number)[], rows: readonly (readonly (string | number)[])[]): string =>
  [header, ...rows].map((row) => row.join(',')).join('\n');
const nir = (ids: readonly string[]): string =>
  csv(
    ['id', ...axis],
    ids.map((id) => [id, ...nirOf(id)]),
  );
const markers = (ids: readonly string[]): string =>
  csv(
    ['id', ...markerNames],
    ids.map((id) => [id, ...markersOf(id)]),
  );
const targets = (ids: readonly string[]): string =>
  csv(
    ['id', 'fat'],
    ids.map((id) => [id, id.charCodeAt(0)]),
  );
const all = ['a', 'b', 'c', 'd', 'e'];

async function read(content: Record<string, string>, options: Partial<ImportOptions> = {}, paths = ['in']) {
  const files = memoryFiles(content);
  const proposal = await inspectImport(paths, files, options);
  expect(ImportProposal.safeParse(proposal).error).toBeUndefined();
  const result = await importDataset(paths, files, options);
  expect(DataReport.safeParse(result.report).error).toBeUndefined();
  return { proposal, ...result };
}

const failure = (content: Record<string, string>, options: Partial<ImportOptions> = {}): Promise<unknown> =>
  importDataset(['in'], memoryFiles(content), options).then(
    () => 'no error',
    (error: unknown) => error,
  );

const two = (of: readonly string[], more = of): Record<string, string> => ({
  'in/nir.csv': nir(of),
  'in/markers.csv': markers(more),
  'in/Y.csv': targets(of),
});
const roles = (own: ImportOptions['files'][string] = {}): Partial<ImportOptions> => ({
  files: { 'nir.csv': { role: 'spectra' }, 'markers.csv': { role: 'source', ...own } },
});

/** Both sources side by side, as they should stand. */
const wide = (ids: readonly string[]): number[] => ids.flatMap((id) => [...nirOf(id), ...markersOf(id)]);

describe('two files of the same samples', () => {
  test('stand side by side, joined by id whatever the order', async () => {
    const { dataset, proposal, report } = await read(two(all, [...all].reverse()), roles());
    expect([...dataset.source.x.data]).toEqual(wide(all));
    expect(dataset.source.x).toMatchObject({ rows: 5, cols: 15 });
    expect(dataset.source.x.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(dataset.source.axis).toEqual({ values: Float64Array.from({ length: 15 }, (_, j) => j), unit: 'index' });
    expect(dataset.sources).toEqual([
      { name: 'nir', from: 0, to: 12, axis: { values: Float64Array.from(axis), unit: 'nm' }, signal: 'absorbance' },
      {
        name: 'markers',
        from: 12,
        to: 15,
        axis: { values: new Float64Array([0, 1, 2]), unit: 'index' },
        signal: 'unknown',
      },
    ]);
    expect(dataset.source.signal).toBe('unknown');
    expect(dataset.targets).toEqual([
      { name: 'fat', unit: null, values: Float64Array.from(all, (id) => id.charCodeAt(0)) },
    ]);
    expect(dataset.files).toEqual(['nir.csv', 'markers.csv', 'Y.csv']);
    expect(report.joins[0]).toMatchObject({ file: 'markers.csv', by: 'id', matched: 5 });
    expect(report.axis).toMatchObject({ monotonic: true, gaps: [] });
    expect(report.sources).toEqual(proposal.sources);
    expect(proposal.questions).toEqual([]);
  });

  test('are one dataset of one source until they are said to be more', async () => {
    const { dataset, proposal } = await read(two(all));
    expect(dataset.sources).toBeUndefined();
    expect(dataset.source.x.cols).toBe(12);
    expect(proposal.sources).toBeUndefined();
  });

  test('are named by choice, and keep unit and signal of their own', async () => {
    const { dataset } = await read(
      { 'in/nir.csv': nir(all), 'in/mir.csv': nir(all).replace(/10(\d)0/g, '30$10') },
      {
        signal: 'reflectance',
        files: {
          'nir.csv': { role: 'spectra', source: 'NIR' },
          'mir.csv': { role: 'source', source: 'MIR', axisUnit: 'cm-1', signal: 'absorbance' },
        },
      },
    );
    expect(dataset.sources?.map(({ name, axis: { unit }, signal }) => [name, unit, signal])).toEqual([
      ['NIR', 'nm', 'reflectance'],
      ['MIR', 'cm-1', 'absorbance'],
    ]);
  });

  test('of one name get two names', async () => {
    const { dataset } = await read(two(all), {
      files: { 'nir.csv': { role: 'spectra', source: 'leaf' }, 'markers.csv': { role: 'source', source: 'leaf' } },
    });
    expect(dataset.sources?.map(({ name }) => name)).toEqual(['leaf', 'leaf (2)']);
  });

  test('without ids are joined by order, and the import says so', async () => {
    const bare = csv(markerNames, all.map(markersOf));
    const { dataset, proposal } = await read({ 'in/nir.csv': nir(all), 'in/markers.csv': bare }, roles());
    expect([...dataset.source.x.data]).toEqual(wide(all));
    expect(proposal.warnings).toContain('markers.csv was joined by the order of its rows.');
  });

  test('with other numbers of rows and no ids do not fit', async () => {
    const bare = csv(markerNames, all.slice(1).map(markersOf));
    expect(await failure({ 'in/nir.csv': nir(all), 'in/markers.csv': bare }, roles())).toMatchObject({
      code: 'data.join-count',
      details: { file: 'markers.csv', rows: 4, spectraFile: 'nir.csv', spectra: 5 },
    });
    const { questions } = await inspectImport(
      ['in'],
      memoryFiles({ 'in/nir.csv': nir(all), 'in/markers.csv': bare }),
      roles(),
    );
    expect(questions.map(({ id, choices }) => [id, choices.map(({ label }) => label)])).toEqual([
      ['join:markers.csv', ['Leave markers.csv out']],
    ]);
  });

  test('without a common id do not fit', async () => {
    expect(await failure(two(all, ['v', 'w', 'x', 'y', 'z']), roles())).toMatchObject({ code: 'data.join-none' });
  });

  test('where a sample has no row in one of them: refused, or the sample is dropped', async () => {
    const content = two(all, ['e', 'c', 'b', 'a', 'q']);
    expect(await failure(content, roles())).toMatchObject({
      code: 'data.source-rows',
      message:
        'markers.csv has no row for 1 of the 5 samples of nir.csv (for example "d"). Add the rows, or choose to drop samples with missing values.',
    });
    const { dataset, report, proposal } = await read(content, { ...roles(), missing: 'drop-samples' });
    expect(dataset.sampleIds).toEqual(['a', 'b', 'c', 'e']);
    expect([...dataset.source.x.data]).toEqual(wide(['a', 'b', 'c', 'e']));
    expect(report.dropped.samples).toEqual(['d']);
    expect(report.warnings).toContain('1 rows of markers.csv have no spectrum and were not used.');
    expect(proposal.questions).toEqual([]);
    const asked = await inspectImport(['in'], memoryFiles(content), roles());
    expect(asked.questions[0]?.choices.map(({ patch }) => patch)).toContainEqual({ missing: 'drop-samples' });
  });

  test('a wavelength with a gap leaves its own source', async () => {
    const gap = markers(all).replace(`${markersOf('b')[1] ?? ''}`, '');
    const { dataset } = await read(
      { 'in/nir.csv': nir(all), 'in/markers.csv': gap },
      { ...roles(), missing: 'drop-wavelengths' },
    );
    expect(dataset.sources?.map(({ from, to, axis: { values } }) => [from, to, values.length])).toEqual([
      [0, 12, 12],
      [12, 14, 2],
    ]);
    expect([...columnsOf(dataset.source.x, { from: 12, to: 14 }).data]).toEqual(
      all.flatMap((id) => markersOf(id).filter((_, j) => j !== 1)),
    );
  });

  test('words in a source are metadata of the samples', async () => {
    const more = csv(
      ['id', 'variety', ...markerNames],
      all.map((id) => [id, `v${id}`, ...markersOf(id)]),
    );
    const { dataset } = await read({ 'in/nir.csv': nir(all), 'in/markers.csv': more }, roles());
    expect(dataset.metadata).toEqual([{ name: 'variety', values: ['va', 'vb', 'vc', 'vd', 've'] }]);
    expect(dataset.source.x.cols).toBe(15);
  });
});

describe('a dataset file', () => {
  test('with a source repeats the import', async () => {
    const hash = await contentHasher();
    const content = two(all, [...all].reverse());
    const { dataset, proposal } = await read(content, roles({ source: 'leaf' }));
    const again = await read({ ...content, 'in/dataset.yaml': datasetConfigText(proposal) });
    expect(hash(again.dataset)).toBe(hash(dataset));
    expect(again.dataset.sources).toEqual(dataset.sources);
  });

  test('names its sources, with the same role for all', async () => {
    const config =
      'files: [{path: nir.csv, role: spectra, source: NIR}, {path: markers.csv, role: spectra, source: markers}, {path: Y.csv, role: targets}]';
    const { dataset } = await read({ ...two(all), 'in/dataset.yaml': config });
    expect(dataset.sources?.map(({ name, to }) => [name, to])).toEqual([
      ['NIR', 12],
      ['markers', 15],
    ]);
  });

  test.each([
    [
      'lists',
      'train_x: [nir_train.csv, markers_train.csv]\ntrain_y: y_train.csv\ntest_x: [nir_test.csv, markers_test.csv]\ntest_y: y_test.csv',
    ],
    [
      'named sources',
      'sources:\n  - {name: nir, train_x: nir_train.csv, test_x: nir_test.csv}\n  - {name: markers, train_x: markers_train.csv, test_x: markers_test.csv}\ntrain_y: y_train.csv\nXtest_params: {}\ntest_y: y_test.csv',
    ],
    [
      'other spellings and parameters',
      'Xcal: [nir_train.csv, markers_train.csv]\nYcal: {path: y_train.csv}\ntest_spectra: [nir_test.csv, markers_test.csv]\ntest_targets: y_test.csv\ntrain_x_params: [{header_unit: nm, delimiter: ","}, {header_unit: text}]\nglobal_params: {has_header: true}\ntask_type: regression',
    ],
  ])('of nirs4all with %s: training and test samples follow each other', async (_, config) => {
    const [train, held] = [all.slice(0, 3), all.slice(3)];
    const { dataset, proposal } = await read(
      {
        'in/nir_train.csv': nir(train),
        'in/markers_train.csv': markers([...train].reverse()),
        'in/y_train.csv': targets(train),
        'in/nir_test.csv': nir(held),
        'in/markers_test.csv': markers(held),
        'in/y_test.csv': targets(held),
        'in/mine.yaml': config,
      },
      {},
      ['in/mine.yaml'],
    );
    expect([...dataset.source.x.data]).toEqual(wide(all));
    expect(dataset.sources?.map(({ name, from, to, axis: { unit } }) => [name, from, to, unit])).toEqual([
      ['nir', 0, 12, 'nm'],
      ['markers', 12, 15, 'index'],
    ]);
    expect(dataset.sampleIds).toEqual(all);
    expect(dataset.split).toEqual(['train', 'train', 'train', 'test', 'test']);
    expect([...(dataset.targets[0]?.values ?? [])]).toEqual(all.map((id) => id.charCodeAt(0)));
    expect(proposal).toMatchObject({
      samples: 5,
      split: [
        { label: 'train', samples: 3 },
        { label: 'test', samples: 2 },
      ],
    });
    expect(proposal.files.filter(({ role }) => role !== 'ignore').map(({ file }) => file)).toHaveLength(6);
  });

  test('of nirs4all for one source and for training alone is an ordinary dataset', async () => {
    const { dataset } = await read({ ...two(all), 'in/dataset.json': '{"train_x": "nir.csv", "train_y": "Y.csv"}' });
    expect(dataset.sources).toBeUndefined();
    expect(dataset.split).toBeNull();
    expect(dataset.source).toMatchObject({ name: 'nir.csv', axis: { unit: 'nm' } });
  });

  test('the partitions of a folder each with files of the same name', async () => {
    const [train, held] = [all.slice(0, 3), all.slice(3)];
    const { dataset } = await read(
      {
        'in/cal/X.csv': nir(train),
        'in/cal/Y.csv': targets(train),
        'in/test/X.csv': nir(held),
        'in/test/Y.csv': targets(held),
        'in/dataset.yaml': 'train_x: cal/X.csv\ntrain_y: cal/Y.csv\ntest_x: test/X.csv\ntest_y: test/Y.csv',
      },
      {},
      ['in/dataset.yaml'],
    );
    expect(dataset.sampleIds).toEqual(all);
    expect(dataset.source.axis.unit).toBe('nm');
    expect([...(dataset.targets[0]?.values ?? [])]).toEqual(all.map((id) => id.charCodeAt(0)));
  });

  test.each([
    ['train_x: [nir.csv, markers.csv]\nfolds: cv.csv', 'data.config', 'not supported'],
    ['train_x: [nir.csv, markers.csv]\ntest_x: [nir.csv, markers.csv]', 'data.config', 'named twice'],
    ['train_x: [nir.csv, gone.csv]', 'data.config-file', 'gone.csv'],
    ['train_x: 5', 'data.config', 'expected the path'],
    ['sources: [{train_x: nir.csv}]', 'data.config', 'each with a name'],
    ['train_x: nir.csv\ntrain_x_params: {header_unit: furlong}', 'data.config', 'header_unit'],
    ['train_x: nir.csv\nsignal_type: loud', 'data.config', 'signal_type'],
  ])('%j is refused', async (text, code, words) => {
    const error = await failure({ ...two(all), 'in/dataset.yaml': text });
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(words);
  });

  test('whose test samples lack a source is refused', async () => {
    const content = {
      'in/a.csv': nir(all.slice(0, 3)),
      'in/b.csv': markers(all.slice(0, 3)),
      'in/c.csv': nir(all.slice(3)),
      'in/dataset.yaml': 'train_x: [a.csv, b.csv]\ntest_x: c.csv',
    };
    expect(await failure(content)).toMatchObject({
      code: 'data.other-sources',
      details: { part: 'test', other: 'train' },
    });
  });

  test('whose test samples have another axis is refused', async () => {
    const content = {
      'in/a.csv': nir(all.slice(0, 3)),
      'in/c.csv': nir(all.slice(3)).replace('1010', '1011'),
      'in/dataset.yaml': 'train_x: a.csv\ntest_x: c.csv',
    };
    expect(await failure(content)).toMatchObject({ code: 'data.axis-mismatch' });
  });
});

test('the content hash tells sources apart, by name and by what belongs to which', async () => {
  const hash = await contentHasher();
  const { dataset } = await read(two(all), roles());
  const { sources: _, ...single } = dataset;
  const [first, second] = dataset.sources ?? [];
  if (first === undefined || second === undefined) throw new Error('Two sources were imported.');
  const renamed = { ...dataset, sources: [first, { ...second, name: 'other' }] };
  const moved = {
    ...dataset,
    sources: [
      { ...first, to: 11, axis: { ...first.axis, values: first.axis.values.slice(0, 11) } },
      { ...second, from: 11, axis: { ...second.axis, values: new Float64Array(4) } },
    ],
  };
  const hashes = [dataset, single, renamed, moved].map((one) => hash(one));
  expect(new Set(hashes).size).toBe(4);
  expect(hash({ ...dataset, name: 'another name' })).toBe(hashes[0]);
});
