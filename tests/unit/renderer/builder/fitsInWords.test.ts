import { expect, test } from 'vitest';
import { fitsInWords } from '#renderer/builder/fitsInWords.ts';

const check = { runnable: true, problems: [] };

test('counts variants and real fits', () => {
  expect(fitsInWords({ ...check, variants: 60, fitGroups: 3, folds: 10, realFits: 31 })).toBe(
    '60 variants × 10 folds: 3 × 10 + 1 refit = 31 model fits, since all component counts share one fit',
  );
  expect(fitsInWords({ ...check, variants: 4, fitGroups: 4, folds: 5, realFits: 21 })).toBe(
    '4 variants × 5 folds: 4 × 5 + 1 refit = 21 model fits',
  );
  expect(fitsInWords({ ...check, variants: 1, fitGroups: 1, folds: 5, realFits: 5 })).toBe(
    '1 variant × 5 folds: 1 × 5 = 5 model fits',
  );
});

test('says when only the data know the number of folds', () => {
  expect(fitsInWords({ ...check, variants: 20, fitGroups: 1, folds: null, realFits: null })).toBe(
    '20 variants; the number of folds depends on the data',
  );
});
