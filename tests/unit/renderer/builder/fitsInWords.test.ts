import { expect, test } from 'vitest';
import { fitsInWords } from '#renderer/builder/fitsInWords.ts';

const check = { trials: 1, refits: 1 };

test('counts variants and real fits', () => {
  expect(fitsInWords({ ...check, variants: 60, fitGroups: 3, folds: 10, realFits: 31 })).toBe(
    '60 variants × 10 folds: 3 × 10 + 1 refit = 31 model fits, since all component counts (or penalties) share one fit',
  );
  expect(fitsInWords({ ...check, variants: 4, fitGroups: 4, folds: 5, realFits: 21 })).toBe(
    '4 variants × 5 folds: 4 × 5 + 1 refit = 21 model fits',
  );
  expect(fitsInWords({ ...check, variants: 2, fitGroups: 2, folds: 5, trials: 30, refits: 2, realFits: 302 })).toBe(
    '2 variants × 5 folds: 2 × 5 × 30 trials + 2 refits = 302 model fits',
  );
  expect(fitsInWords({ ...check, variants: 1, fitGroups: 1, folds: 5, refits: 0, realFits: 5 })).toBe(
    '1 variant × 5 folds: 1 × 5 = 5 model fits',
  );
});

test('says when only the data know the number of folds', () => {
  expect(fitsInWords({ ...check, variants: 20, fitGroups: 1, folds: null, realFits: null })).toBe(
    '20 variants; the number of folds depends on the data',
  );
});

test('does not pretend that groups with different folds or searches are one product', () => {
  expect(fitsInWords({ ...check, variants: 2, fitGroups: 2, folds: null, realFits: 16 })).toBe(
    '2 variants: 16 model fits',
  );
  expect(fitsInWords({ ...check, variants: 2, fitGroups: 2, folds: 5, trials: null, realFits: 156 })).toBe(
    '2 variants: 156 model fits',
  );
});
