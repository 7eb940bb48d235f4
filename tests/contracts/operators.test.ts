import { describe, expect, test } from 'vitest';
import { catalog } from '#core/catalog/operators.ts';
import { augmentationLaws } from '#tests/contracts/augmentation.contract.ts';
import { classifierLaws } from '#tests/contracts/classifier.contract.ts';
import { filterLaws } from '#tests/contracts/filter.contract.ts';
import { testLaws } from '#tests/contracts/law.ts';
import { modelLaws } from '#tests/contracts/model.contract.ts';
import { splitterLaws } from '#tests/contracts/splitter.contract.ts';
import {
  augmentationSubjects,
  classifierSubjects,
  filterSubjects,
  modelSubjects,
  splitterSubjects,
  transformSubjects,
} from '#tests/contracts/subjects.ts';
import { transformLaws } from '#tests/contracts/transform.contract.ts';

test('every operator of the catalog is a subject', () => {
  const tested = [
    ...[
      ...transformSubjects,
      ...augmentationSubjects,
      ...modelSubjects,
      ...classifierSubjects,
      ...splitterSubjects,
      ...filterSubjects,
    ].map(([, { operator }]) => operator.id),
  ];
  expect(new Set(tested)).toEqual(new Set(catalog.all.map(({ id }) => id)));
});

describe.each(transformSubjects)('transform %s', (_, subject) => {
  testLaws(transformLaws, subject);
});

describe.each(modelSubjects)('model %s', (_, subject) => {
  testLaws(modelLaws, subject);
});

describe.each(classifierSubjects)('classifier %s', (_, subject) => {
  testLaws(classifierLaws, subject);
});

describe.each(augmentationSubjects)('augmentation %s', (_, subject) => {
  testLaws(augmentationLaws, subject);
});

describe.each(splitterSubjects)('splitter %s', (_, subject) => {
  testLaws(splitterLaws, subject);
});

describe.each(filterSubjects)('filter %s', (_, subject) => {
  testLaws(filterLaws, subject);
});
