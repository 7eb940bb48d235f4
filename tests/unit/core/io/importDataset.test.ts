import { describe, expect, test } from 'vitest';
import { CancelledError } from '#core/base/cancellation.ts';
import type { ImportOptions } from '#core/contract/imports.ts';
import { ImportProposal, DataReport } from '#core/contract/imports.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { memoryFiles } from '#tests/support/tables.ts';

const axis = Array.from({ length: 12 }, (_, j) => 1000 + 10 * j);
const spectrum = (seed: number): number[] =>
  axis.map((_, j) => Number((0.4 + 0.1 * Math.sin(0.5 * j + seed)).toFixed(4)));
const table = (
  rows: readonly (readonly [string, ...(string | number)[]])[],
  header: readonly (string | number)[] = ['id', ...axis],
): string => [header, ...rows].map((row) => row.join(',')).join('\n');
const plain = (ids: readonly string[]): string => table(ids.map((id, i) => [id, ...spectrum(i)]));

async function read(content: Record<string, string>, options: Partial<ImportOptions> = {}, paths: string[] = ['in']) {
  const files = memoryFiles(content);
  const proposal = await inspectImport(paths, files, options);
  expect(ImportProposal.safeParse(proposal).error).toBeUndefined();
  const result = await importDataset(paths, files, options);
  expect(DataReport.safeParse(result.report).error).toBeUndefined();
  return { proposal, ...result };
}

const failure = (content: Record<string, string>, options: Partial<ImportOptions> = {}): Promise<unknown> =>
  importDataset(Object.keys(content).length > 1 ? ['in'] : Object.keys(content), memoryFiles(content), options).then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('a folder', () => {
  test('with X, Y, split and meta becomes one dataset, joined by id whatever the order', async () => {
    const { dataset, proposal } = await read({
      'in/X.csv': plain(['a', 'b', 'c']),
      'in/Y.csv': 'id,fat [%],protein\nc,3,NA\na,1,7.5\nb,-,nan',
      'in/split.csv': 'id,split\nb,test\na,train\nc,train',
      'in/meta.csv': 'id,site\na,north\nb,\nc,"south, far"',
    });
    expect(dataset.targets).toEqual([
      { name: 'fat', unit: '%', values: Float64Array.of(1, NaN, 3) },
      { name: 'protein', unit: null, values: Float64Array.of(7.5, NaN, NaN) },
    ]);
    expect(dataset.split).toEqual(['train', 'test', 'train']);
    expect(dataset.metadata).toEqual([{ name: 'site', values: ['north', '', 'south, far'] }]);
    expect(dataset.source.x.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(dataset.files).toEqual(['X.csv', 'Y.csv', 'split.csv', 'meta.csv']);
    expect(proposal.split).toEqual([
      { label: 'train', samples: 2 },
      { label: 'test', samples: 1 },
    ]);
  });

  test('tells what did not match', async () => {
    const { report } = await read({ 'in/X.csv': plain(['a', 'b', 'c']), 'in/Y.csv': 'id,fat\na,1\nz,2\nc,3' });
    expect(report.joins).toEqual([
      {
        file: 'Y.csv',
        by: 'id',
        matched: 2,
        spectraWithout: 1,
        spectraWithoutIds: ['b'],
        rowsWithout: 1,
        rowsWithoutIds: ['z'],
      },
    ]);
  });

  test('with several X files takes X.csv, and any other on demand with the Y that fits', async () => {
    const content = {
      'in/X.csv': plain(['a', 'b', 'c']),
      'in/X_new.csv': plain(['n1', 'n2', 'n3']),
      'in/Y.csv': 'id,fat\na,1\nb,2\nc,3',
      'in/Y_new.csv': 'id,fat\nn1,7\nn2,8\nn3,9',
    };
    expect((await read(content)).dataset.targets[0]?.values).toEqual(Float64Array.of(1, 2, 3));
    const other = await read(content, { files: { 'X_new.csv': { role: 'spectra' } } });
    expect(other.dataset.sampleIds).toEqual(['n1', 'n2', 'n3']);
    expect(other.dataset.targets[0]?.values).toEqual(Float64Array.of(7, 8, 9));
    expect(other.proposal.files.find((file) => file.file === 'X.csv')?.role).toBe('ignore');
  });

  test('of single spectra takes its ids from the file names', async () => {
    const single = (seed: number): string =>
      spectrum(seed)
        .map((value, j) => `${axis[j]}\t${value}`)
        .join('\r\n');
    const { dataset, proposal } = await read({
      'in/apple.txt': single(1),
      'in/pear.txt': single(2),
      'in/Y.csv': 'name,brix\npear,11\napple,12',
    });
    expect(dataset.sampleIds).toEqual(['apple', 'pear']);
    expect(Array.from(dataset.source.x.data)).toEqual([...spectrum(1), ...spectrum(2)]);
    expect(dataset.targets[0]?.values).toEqual(Float64Array.of(12, 11));
    expect(proposal.files[0]).toMatchObject({ role: 'single-spectra', members: 2 });
  });

  test('of single spectra leaves out a bad file and says so, but never mixes axes', async () => {
    const single = (shift: number): string =>
      spectrum(0)
        .map((value, j) => `${(axis[j] ?? 0) + shift};${value}`)
        .join('\n');
    const { report, dataset } = await read({
      'in/a.txt': single(0),
      'in/b.txt': single(0),
      'in/c.txt': single(0),
      'in/broken.txt': `${single(0)}\n1120;0,1;5;6`,
    });
    expect(dataset.sampleIds).toHaveLength(3);
    expect(report.skippedFiles).toMatchObject([{ file: 'broken.txt' }]);
    expect(await failure({ 'in/a.txt': single(0), 'in/b.txt': single(1) })).toMatchObject({
      code: 'data.axis-mismatch',
    });
  });
});

describe('a single file', () => {
  test('gives each column its role', async () => {
    const header = ['Sample ID', 'Variety', 'Set', 'Year', 'Protein (%)', ...axis];
    const text = table(
      [1, 2, 3, 4].map((i) => [
        `s${i}`,
        i < 3 ? 'oat' : 'rye',
        i < 4 ? 'Cal' : 'Val',
        2020 + (i % 2),
        10 + i,
        ...spectrum(i),
      ]),
      header,
    );
    const { dataset, proposal } = await read({ 'grain.csv': text }, {}, ['grain.csv']);
    expect(proposal.files[0]?.columnRoles.map(({ name, count, role }) => [name, count, role])).toEqual([
      ['Sample ID', 1, 'id'],
      ['Variety', 1, 'metadata'],
      ['Set', 1, 'split'],
      ['Year', 1, 'metadata'],
      ['Protein (%)', 1, 'target'],
      ['1000', 12, 'spectra'],
    ]);
    expect(dataset.name).toBe('grain');
    expect(dataset.split).toEqual(['Cal', 'Cal', 'Cal', 'Val']);
    expect(dataset.targets[0]).toEqual({ name: 'Protein', unit: '%', values: Float64Array.of(11, 12, 13, 14) });
  });

  test('lets every role be changed', async () => {
    const text = table(
      [1, 2, 3].map((i) => [`s${i}`, 10 + i, ...spectrum(i)]),
      ['id', 'ash', ...axis],
    );
    const columns = { ash: 'metadata', '#3': 'ignore' } as const;
    const { dataset } = await read(
      { 'g.csv': text },
      { files: { 'g.csv': { columns } }, axisUnit: 'cm-1', signal: 'reflectance', name: 'mine' },
      ['g.csv'],
    );
    expect(dataset.targets).toEqual([]);
    expect(dataset.metadata[0]?.values).toEqual(['11', '12', '13']);
    expect([dataset.source.x.cols, dataset.source.axis.unit, dataset.source.signal, dataset.name]).toEqual([
      11,
      'cm-1',
      'reflectance',
      'mine',
    ]);
  });

  test('reads titles, comments, blank lines, prefixed wavelengths and a header like those of R', async () => {
    const rows = [1, 2, 3].map((i) => [`s${i}`, ...spectrum(i)].join(';'));
    const text = `Exported by an instrument\n\n# a comment; with "marks"\n${axis.map((w) => `X${w}`).join(';')}\n${rows.join('\n\n')}\n;;;\n`;
    const { dataset } = await read({ 'r.txt': text }, {}, ['r.txt']);
    expect(dataset.sampleIds).toEqual(['s1', 's2', 's3']);
    expect(Array.from(dataset.source.axis.values)).toEqual(axis);
  });

  test('keeps quoted text with separators, line ends and quotation marks', async () => {
    const text = table(
      [
        ['a', '"said ""so"",\nthen left"', ...spectrum(1)],
        ['b', 'x', ...spectrum(2)],
        ['c', 'y', ...spectrum(3)],
      ],
      ['id', 'remark', ...axis],
    );
    const { dataset } = await read({ 'q.csv': text }, {}, ['q.csv']);
    expect(dataset.metadata[0]?.values[0]).toBe('said "so",\nthen left');
  });

  test('with repeated ids is a set of repeated measurements', async () => {
    const { dataset, report } = await read({ 'in/X.csv': plain(['a', 'a', 'b']), 'in/Y.csv': 'id,fat\na,1\nb,2' });
    expect(dataset.targets[0]?.values).toEqual(Float64Array.of(1, 1, 2));
    expect(report.duplicateIds.first).toEqual([{ id: 'a', rows: [0, 1] }]);
  });
});

describe('missing values', () => {
  const gap = {
    'in/X.csv': table([
      ['a', ...spectrum(1)],
      ['b', ...spectrum(2).with(3, NaN)],
      ['c', ...spectrum(3)],
    ]),
    'in/Y.csv': 'id,fat\na,1\nb,2\nc,3',
  };

  test('in spectra are refused with file, line, column and what to do', async () => {
    const error = await failure(gap);
    expect(error).toMatchObject({
      code: 'data.missing-values',
      details: { cells: [{ file: 'X.csv', line: 3, column: '1030', found: 'NaN' }] },
    });
    expect(String(error)).toMatch(/drop the samples or the wavelengths/);
  });

  test('can take their samples or their wavelengths with them', async () => {
    const samples = await read(gap, { missing: 'drop-samples' });
    expect(samples.dataset.sampleIds).toEqual(['a', 'c']);
    expect(samples.dataset.targets[0]?.values).toEqual(Float64Array.of(1, 3));
    expect(samples.report.dropped.samples).toEqual(['b']);
    const wavelengths = await read(gap, { missing: 'drop-wavelengths' });
    expect(wavelengths.dataset.source.x.cols).toBe(11);
    expect(wavelengths.report.dropped.wavelengths).toEqual([1030]);
  });
});

describe('malformed input is refused with file, line, what was found and what to do', () => {
  const good = plain(['a', 'b', 'c', 'd', 'e', 'f']);
  const replaceLine = (line: number, change: (text: string) => string): string =>
    good
      .split('\n')
      .map((text, i) => (i === line - 1 ? change(text) : text))
      .join('\n');

  test.each<[string, Record<string, string>, string, object]>([
    [
      'text among numbers',
      { 'X.csv': replaceLine(4, (t) => t.replace(/,[^,]+$/, ',3a')) },
      'data.not-numeric',
      { cells: [{ file: 'X.csv', line: 4, column: '1110', found: '3a' }] },
    ],
    [
      'text among targets',
      { 'in/X.csv': plain(['a', 'b', 'c', 'd', 'e', 'f']), 'in/Y.csv': 'id,fat\na,1\nb,3a\nc,3\nd,4\ne,5\nf,6' },
      'data.not-numeric',
      { cells: [{ file: 'Y.csv', line: 3, column: 'fat', found: '3a' }] },
    ],
    [
      'a short line',
      { 'X.csv': replaceLine(5, (t) => t.replace(/,[^,]+$/, '')) },
      'data.ragged',
      { file: 'X.csv', line: 5, expected: 13, found: 12 },
    ],
    ['a long line', { 'X.csv': replaceLine(5, (t) => `${t},1`) }, 'data.ragged', { line: 5, expected: 13, found: 14 }],
    [
      'an open quotation mark',
      { 'X.csv': replaceLine(6, (t) => `"${t}`) },
      'data.unbalanced-quote',
      { file: 'X.csv', line: 6 },
    ],
    ['an empty file', { 'X.csv': '' }, 'data.empty', { file: 'X.csv' }],
    ['a header alone', { 'X.csv': `id,${axis.join(',')}\n` }, 'data.empty', { file: 'X.csv' }],
    ['no numbers', { 'X.csv': 'id,colour,site\na,red,x\nb,green,y\nc,red,y' }, 'data.no-spectra', { file: 'X.csv' }],
    ['a picture', { 'X.csv': '\u0000\u0001\u0002\u0003\u0004\u0000\u0000' }, 'data.binary', { file: 'X.csv' }],
    [
      'contradicting rows of one sample',
      { 'in/X.csv': good, 'in/Y.csv': 'id,fat\na,1\nb,2\na,3\nc,4' },
      'data.duplicate-id',
      { file: 'Y.csv', id: 'a', line: 4, firstLine: 2 },
    ],
    ['no common ids', { 'in/X.csv': good, 'in/Y.csv': 'id,fat\nr,1\ns,2\nt,3' }, 'data.join-none', { file: 'Y.csv' }],
    [
      'no ids and different lengths',
      { 'in/X.csv': good, 'in/Y.csv': 'fat\n1.5\n2.5\n3.5' },
      'data.join-count',
      { rows: 3, spectra: 6 },
    ],
    ['spectra as text', { 'X.csv': good.replace(/0\.\d+/g, 'n.d.') }, 'data.no-spectra', { file: 'X.csv' }],
  ])('%s', async (_name, content, code, details) => {
    const error = await failure(content);
    expect(error).toMatchObject({ code, details });
    expect(String(error)).not.toMatch(/undefined|NaN|in\//);
  });

  test('every bad cell is listed, and may be taken as missing on demand', async () => {
    const content = { 'in/X.csv': good, 'in/Y.csv': 'id,fat\na,<1\nb,2\nc,3\nd,4\ne,5\nf,6' };
    const { dataset, report } = await read(content, { nonNumeric: 'missing' });
    expect(dataset.targets[0]?.values[0]).toBeNaN();
    expect(report.badCells).toEqual([{ file: 'Y.csv', line: 2, column: 'fat', found: '<1' }]);
  });
});

test('cancel stops between chunks and progress rises to 1', async () => {
  const files = memoryFiles({ 'X.csv': plain(Array.from({ length: 200 }, (_, i) => `s${i}`)) });
  const heard: number[] = [];
  await importDataset(['X.csv'], files, {}, { onProgress: (fraction) => heard.push(fraction) });
  expect(heard.at(-1)).toBe(1);
  expect([...heard].sort((a, b) => a - b)).toEqual(heard);
  const cancel = {
    get cancelled() {
      return heard.length > 0;
    },
    check() {
      throw new CancelledError();
    },
  };
  await expect(importDataset(['X.csv'], files, {}, { cancel })).rejects.toMatchObject({ name: 'CancelledError' });
});
