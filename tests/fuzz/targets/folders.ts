import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { boxedFiles } from '#tests/fuzz/lib/boxedFiles.ts';
import { packSections, unpackSections } from '#tests/fuzz/lib/sections.ts';
import type { FuzzTarget } from '#tests/fuzz/lib/target.ts';

/** A folder of files that belong together, with or without a dataset file that says how. */
export const folders: FuzzTarget = {
  name: 'folders',
  perByte: 600,
  covers: ['core/io/datasetConfig.ts', 'core/io/nirs4allConfig.ts', 'core/io/nirs4allParams.ts', 'core/io/importInputs.ts'],
  open() {
    const files = boxedFiles('/data');
    return Promise.resolve({
      seeds: [...CONFIGS.map((config) => packSections({ 'dataset.yaml': config, ...PLAIN })), packSections(PLAIN), packSections(SPLIT), packSections(SINGLES)],
      words: WORDS,
      async run(input) {
        files.fill(unpackSections(input, 'X.csv'));
        const proposal = await inspectImport(['/data'], files);
        const { dataset, report } = await importDataset(['/data'], files, proposal.options);
        return { proposal, report, rows: Math.min(dataset.sampleIds.length, 3) };
      },
    });
  },
}; // prettier-ignore

const X = 'id,1100,1101,1102\na,0.1,0.2,0.3\nb,0.1,0.25,0.3\nc,0.15,0.2,0.3\nd,0.1,0.2,0.33\n';
const PLAIN = { 'X.csv': X, 'Y.csv': 'id,fat\na,1\nb,2\nc,3\nd,4\n', 'meta.csv': 'id,batch\na,1\nb,1\nc,2\nd,2\n' };
const SPLIT = { ...PLAIN, 'split.csv': 'id,split\na,train\nb,train\nc,train\nd,test\n', 'markers.csv': X };
const SINGLES = Object.fromEntries(
  ['a', 'b', 'c'].map((name, k) => [`${name}.xy`, `800 0.${k}\n801 0.2\n802 0.3\n803 0.4\n`]),
);
const CONFIGS = [
  'name: meat\nfiles:\n  - path: X.csv\n    role: spectra\n    separator: ","\n    columns: {id: id}\n  - path: Y.csv\n    role: targets\n  - {path: meta.csv, role: metadata}\naxisUnit: nm\nsignal: absorbance\nmissing: drop-samples\njoin: id\n',
  'train_x: X.csv\ntrain_y: Y.csv\ntrain_m: meta.csv\nglobal_params: {delimiter: ",", decimal_separator: ".", has_header: true, na_policy: drop}\n',
  '{"sources": [{"name": "nir", "train_x": "X.csv"}], "targets": "Y.csv", "metadata": "meta.csv"}',
  'files:\n  - &one {path: X.csv, role: spectra, partition: train}\n  - {path: Y.csv, role: targets, partition: train}\n',
];
const WORDS = [
  'files', 'path', 'role', 'spectra', 'source', 'targets', 'split', 'metadata', 'single-spectra', 'ignore', 'columns',
  'partition', 'separator', 'decimal', 'header', 'axisUnit', 'signal', 'missing', 'join', 'order', 'train_x', 'test_x',
  'sources', 'global_params', '&a', '*a', '!!', '\n%%%% ', '\n%%%% dataset.json\n', '/data/X.csv', '../X.csv', './X.csv',
  'sub/X.csv', '\\\\host\\x', 'http://x/y', 'X.csv', 'Y.csv', '\n  - ', ': ',
]; // prettier-ignore
