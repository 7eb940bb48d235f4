import { expect, test } from 'vitest';
import { fileRoleHint, fileStem, isTableName } from '#core/io/fileRoleHint.ts';
import { splitLabels } from '#core/io/splitLabels.ts';

test.each([
  ['X.csv', 'spectra'],
  ['X_m5.csv', 'spectra'],
  ['Xcal.csv.gz', 'spectra'],
  ['nir_spectra.txt', 'spectra'],
  ['Y.csv', 'targets'],
  ['Y_class.csv', 'targets'],
  ['References.csv', 'targets'],
  ['split.csv', 'split'],
  ['meta.csv', 'metadata'],
  ['xylose.csv', null],
  ['yeast.csv', null],
  ['barley_reflectance.csv', null],
])('%s', (name, role) => {
  expect(fileRoleHint(name)).toBe(role);
});

test('names of tables', () => {
  expect(['a.csv', 'a.TSV', 'a.csv.gz', 'a.xy'].every(isTableName)).toBe(true);
  expect(['README.md', 'a.spc', 'csv'].some(isTableName)).toBe(false);
  expect(fileStem('barley 2.csv.gz')).toBe('barley 2');
});

test('yes and no in a column called train or test become labels', () => {
  expect(splitLabels('train', ['1', '0', ''])).toEqual(['train', 'test', '']);
  expect(splitLabels('Test', ['TRUE', 'false'])).toEqual(['test', 'train']);
  expect(splitLabels('set', ['1', '0'])).toEqual(['1', '0']);
  expect(splitLabels('train', ['1', '2'])).toEqual(['1', '2']);
});
