import { expect, test } from 'vitest';
import { describedCatalog } from '#renderer/builder/describedCatalog.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const catalog = describedCatalog(operatorDescriptors);

test('finds operators by id, alias and Python path, and suggests the nearest name', () => {
  expect(catalog.find('PLS')?.id).toBe('PLS');
  expect(catalog.find('sklearn.cross_decomposition.PLSRegression')?.id).toBe('PLS');
  expect(catalog.find('Detrand')).toBeUndefined();
  expect(catalog.nearest('Detrand')).toBe('Detrend');
});

test('fills in defaults and refuses what is out of range or unknown', () => {
  const golay = catalog.find('SavitzkyGolay');
  expect(golay?.checkParams({ deriv: 1 })).toMatchObject({ params: { window_length: 11, deriv: 1 } });
  expect(golay?.checkParams({ window_length: 12 })).toEqual({
    problems: [{ parameter: 'window_length', problem: 'odd' }],
  });
  expect(golay?.checkParams({ windo: 12 })).toEqual({ problems: [{ parameter: 'windo', problem: 'unknown' }] });
});
