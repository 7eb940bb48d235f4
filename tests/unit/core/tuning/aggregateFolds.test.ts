import { expect, test } from 'vitest';
import { aggregateFolds } from '#core/tuning/aggregateFolds.ts';

test.each([
  ['mean', 'minimize', [1, 2, 6], 3],
  ['best', 'minimize', [1, 2, 6], 1],
  ['best', 'maximize', [1, 2, 6], 6],
  ['robust_best', 'maximize', [1, null, 6], 6],
  ['robust_best', 'minimize', [null, null], null],
  ['mean', 'minimize', [1, null], null],
  ['best', 'minimize', [1, Infinity], null],
  ['mean', 'minimize', [], null],
] as const)('%s, %s, of %j', (mode, direction, scores, expected) => {
  expect(aggregateFolds(scores, mode, direction)).toBe(expected);
});
