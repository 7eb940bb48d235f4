import { expect, test } from 'vitest';
import { catalog } from '#core/catalog/operators.ts';
import { fieldKind, shortName } from '#core/pipeline/fieldNames.ts';

test.each([
  ['RandomForest', 'model'],
  ['RF', 'model'],
  ['sklearn.ensemble.RandomForestRegressor', 'model'],
  ['sklearn.decomposition._pca.PCA', 'transform'],
  ['LeaveOneOut', 'splitter'],
  ['sklearn.model_selection.StratifiedKFold', 'splitter'],
  ['YOutlierFilter', 'filter'],
  ['Mixup', 'augmentation'],
  ['mlp', 'model'],
  ['group-k-fold', 'splitter'],
])('%s is a %s', (name, kind) => expect(fieldKind(name)).toBe(kind));

test('a word of no field is none', () => {
  for (const name of ['SNVV', 'pipeline', '', 'os.system']) expect(fieldKind(name)).toBeUndefined();
});

test('the table says of the operators we run what their definitions say', () => {
  for (const operator of catalog.all)
    for (const name of [operator.id, ...operator.aliases]) {
      const kind = fieldKind(name);
      if (kind !== undefined) expect([name, kind]).toEqual([name, operator.kind]);
    }
});

test('a Python path ends in its name', () => {
  expect(shortName('a.b.C')).toBe('C');
  expect(shortName('C')).toBe('C');
});
