import { expect, test } from 'vitest';
import { iconOf } from '#renderer/builder/iconOf.ts';
import { operatorIcon } from '#renderer/builder/operatorIcon.ts';
import { readDocument } from '#renderer/builder/readDocument.ts';
import { isWithin, samePath } from '#renderer/builder/stepView.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

test('compares places in a document', () => {
  expect(samePath(['pipeline', 1], ['pipeline', 1])).toBe(true);
  expect(samePath(['pipeline', 1], ['pipeline', 10])).toBe(false);
  expect(samePath(null, ['pipeline'])).toBe(false);
  expect(isWithin(['pipeline', 1, '_or_', 0], ['pipeline', 1])).toBe(true);
  expect(isWithin(['pipeline', 12], ['pipeline', 1])).toBe(false);
});

test('every step has the icon of what it does', () => {
  const { steps } = readDocument(
    'pipeline: [KFold, {_or_: [null, SNV]}, {y_processing: StandardScaler}, {branch: [[SNV]]}, SVR, PLS]',
    operatorDescriptors,
  );
  expect(steps.map(iconOf)).toEqual(
    (['split', 'scatter', 'target', 'branch', 'regression', 'regression'] as const).map(operatorIcon),
  );
});
