import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { hasReferenceData, referenceData } from '#tests/support/referenceData.ts';

// [folder, samples, wavelengths, unit, targets, split labels]
const FOLDERS = [
  ['tecator', 215, 100, 'nm', ['moisture', 'fat', 'protein'], { C: 129, M: 43, T: 43 }],
  ['gasoline', 60, 401, 'nm', ['octane'], { train: 50, test: 10 }],
  ['corn', 80, 700, 'nm', ['moisture', 'oil', 'protein', 'starch'], null],
  ['nirsoil', 825, 700, 'nm', ['Nt', 'Ciso', 'CEC'], { train: 618, test: 207 }],
  ['shootout2002', 655, 650, 'nm', ['weight', 'hardness', 'assay'], { calibrate: 155, validate: 40, test: 460 }],
  ['sugarcane-7-instruments', 60, 231, 'nm', ['TS', 'CP', 'ADF', 'IVOMD'], null],
  ['fruit-puree-ftir', 983, 235, 'cm-1', [], null],
  ['chemotools-coffee-atr', 60, 1841, 'index', [], null],
] as const;

if (!hasReferenceData()) console.warn('REFERENCE DATA ABSENT: the real data sets were not imported in this test run.');

if (!hasReferenceData())
  test('the reference data are absent, so nothing was checked against them', () => {
    expect(hasReferenceData()).toBe(false);
  });
else {
  describe('loads without touching a setting', () => {
    test.each(FOLDERS)('%s', async (folder, samples, wavelengths, unit, targets, split) => {
      const proposal = await inspectImport([referenceData(folder)], nodeFiles);
      expect(proposal.questions).toEqual([]);
      const { dataset, report } = await importDataset([referenceData(folder)], nodeFiles, proposal.options);
      expect([dataset.source.x.rows, dataset.source.x.cols, dataset.source.axis.unit]).toEqual([
        samples,
        wavelengths,
        unit,
      ]);
      expect(dataset.targets.map((target) => target.name)).toEqual(targets);
      expect(report.split ? Object.fromEntries(report.split.map((part) => [part.label, part.samples])) : null).toEqual(
        split,
      );
      expect(dataset.name).toBe(folder);
    });
  });

  test('gives the same numbers as a plain reading of the text', async () => {
    for (const [folder, file] of [
      ['shootout2002', 'X_instrument1.csv'],
      ['chemotools-coffee-atr', 'X_index_axis.csv'],
      ['nirsoil', 'X.csv'],
    ] as const) {
      const { dataset } = await importDataset([referenceData(folder)], nodeFiles);
      const lines = readFileSync(referenceData(folder, file), 'utf8').trim().split(/\r?\n/).slice(1);
      const expected = Float64Array.from(lines.flatMap((line) => line.split(',').slice(1).map(Number)));
      expect(
        Buffer.compare(Buffer.from(expected.buffer), Buffer.from(Float64Array.from(dataset.source.x.data).buffer)),
      ).toBe(0);
    }
  });

  test('finds the 22 true duplicates of tecator, some of them across the split', async () => {
    const { report } = await importDataset([referenceData('tecator')], nodeFiles);
    expect(report.duplicateSpectra.groups).toHaveLength(22);
    expect(report.duplicateSpectra.samples).toBe(22);
    expect(report.duplicateSpectra.acrossSplits).toBeGreaterThan(0);
  });

  test('counts the 651 missing references of nirsoil', async () => {
    const { report } = await importDataset([referenceData('nirsoil')], nodeFiles);
    expect(report.missingTargets.reduce((sum, { missing }) => sum + missing, 0)).toBe(651);
  });

  describe('files from the field agree with the values another reader published', () => {
    const real = (name: string): string => referenceData('vendor-files', 'csv-real-world', name);
    test.each([
      'auroranir_handheld_barley_sensAIfood.csv',
      'foss_xds_barleyground_sensAIfood.csv',
      'mango_dmc_f750_slice.csv',
    ])('%s', async (name) => {
      const { dataset } = await importDataset([real(name)], nodeFiles);
      const expected = JSON.parse(readFileSync(real(`${name}.expected.json`), 'utf8')) as {
        record_count: number;
        signals_of_first_25_records: {
          n: number;
          axis_first: number;
          axis_last: number;
          value_first: number;
          value_last: number;
          value_sum: number;
        }[];
      };
      const { x, axis } = dataset.source;
      expect(x.rows).toBe(expected.record_count);
      expected.signals_of_first_25_records.forEach((signal, i) => {
        const row = x.data.subarray(i * x.cols, (i + 1) * x.cols);
        expect([x.cols, axis.values[0], axis.values.at(-1)]).toEqual([signal.n, signal.axis_first, signal.axis_last]);
        expect(row[0]).toBeCloseTo(signal.value_first, 6);
        expect(row.at(-1)).toBeCloseTo(signal.value_last, 6);
        expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(signal.value_sum, 5);
      });
    });

    test('tecator_train.csv, with semicolons, decimal commas and a byte order mark, equals the plain file but for its five spikes', async () => {
      const { dataset } = await importDataset([real('tecator_train.csv')], nodeFiles);
      const plain = (await importDataset([referenceData('tecator')], nodeFiles)).dataset;
      const different: [number, number][] = [];
      dataset.source.x.data.forEach((value, k) => {
        if (value !== plain.source.x.data[k]) different.push([Math.floor(k / 100), k % 100]);
      });
      expect(different).toEqual([[0, 10], [5, 30], [16, 11], [29, 30], [59, 17]]); // prettier-ignore
      expect(dataset.targets[0]?.name).toBe('Fat');
    });

    test('the padded sugarcane files join with their references, NA included', async () => {
      const { dataset } = await importDataset([real('Micronir1700rep2.CSV'), real('References.csv')], nodeFiles);
      expect([dataset.source.x.rows, dataset.source.x.cols]).toEqual([60, 125]);
      expect(dataset.targets[0]?.values.filter(Number.isNaN)).toHaveLength(3);
      expect((await importDataset([real('Beer.csv')], nodeFiles)).dataset.targets[0]?.name).toBe('Extract');
    });
  });
}
