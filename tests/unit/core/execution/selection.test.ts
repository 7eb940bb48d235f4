import fc from 'fast-check';
import { expect, test } from 'vitest';
import { select, type Candidate } from '#core/execution/selection.ts';

const candidate = (variant: number, score: number, more: Partial<Candidate> = {}): Candidate => ({
  variant,
  score,
  error: null,
  complexity: variant,
  fitGroup: 0,
  ...more,
});

test('the best score wins, in the direction of the metric', () => {
  const list = [candidate(0, 3), candidate(1, 1), candidate(2, 2)];
  expect(select(list, 'lower')?.winner.variant).toBe(1);
  expect(select(list, 'higher')?.winner.variant).toBe(0);
  expect(select(list, 'lower')?.ranked.map((one) => one.variant)).toEqual([1, 2, 0]);
});

test('of equal scores the one with fewer components wins, then the earlier variant', () => {
  expect(
    select([candidate(0, 1, { complexity: 5 }), candidate(1, 1, { complexity: 3 })], 'lower')?.winner.variant,
  ).toBe(1);
  const same = [candidate(4, 1, { complexity: 3 }), candidate(2, 1, { complexity: 3 })];
  expect(select(same, 'lower')?.winner.variant).toBe(2);
});

test('the one-standard-error choice is the simplest within one error of the winner, in its own sweep', () => {
  const sweep = [5, 1.3, 1.1, 1].map((score, k) => candidate(k, score, { error: 0.2, complexity: k + 1 }));
  const other = candidate(9, 1.05, { error: 0.2, complexity: 1, fitGroup: 1 });
  expect(select([...sweep, other], 'lower')?.oneStandardError?.variant).toBe(2);
  const r2 = [0.2, 0.85, 0.9].map((score, k) => candidate(k, score, { error: 0.1, complexity: k + 1 }));
  expect(select(r2, 'higher')?.oneStandardError?.variant).toBe(1);
  expect(select([candidate(0, 1)], 'lower')?.oneStandardError).toBeNull();
});

test('scores that are no numbers take no part; without any there is no choice', () => {
  expect(select([candidate(0, NaN), candidate(1, 2)], 'lower')?.ranked).toHaveLength(1);
  expect(select([candidate(0, NaN), candidate(1, Infinity)], 'lower')).toBeNull();
  expect(select([], 'lower')).toBeNull();
});

test('the order of the candidates does not matter', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(scores, fc.integer(), (values, shift) => {
      const list = values.map((score, k) => candidate(k, score, { complexity: k % 3, error: 1 }));
      const turned = list.map((_, k) => list[(k + Math.abs(shift)) % list.length] as Candidate);
      expect(select(turned, 'lower')).toEqual(select(list, 'lower'));
    }),
  );
});
