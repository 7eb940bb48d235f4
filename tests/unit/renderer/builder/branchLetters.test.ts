import { expect, test } from 'vitest';
import { branchLetters } from '#renderer/builder/branchLetters.ts';
import { compareLetters } from '#renderer/builder/compareLetters.ts';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';

test('lanes without a name of their own keep their letter, though not all of them are told of', () => {
  expect(branchLetters(['B'], [['B'], ['C']])).toEqual(['B']);
});

test('named lanes get letters by their place, nested ones within their own lane', () => {
  const paths = [['scatter'], ['raw', 'left'], ['raw', 'right'], ['raw']];
  expect(branchLetters(['scatter'], paths)).toEqual(['A']);
  expect(branchLetters(['raw', 'right'], paths)).toEqual(['B', 'B']);
  expect(branchLetters(['raw', 'left'], paths)).toEqual(['B', 'A']);
  expect(branchLetters([], paths)).toEqual([]);
});

test('a label stands without its branch beside the branch', () => {
  expect(withoutBranch('branch A › raw · PLS n_components 8', ['A', 'raw'])).toBe('PLS n_components 8');
  expect(withoutBranch('n_components 4 · branch A', ['A'])).toBe('n_components 4');
  expect(withoutBranch('SNV · PLS', [])).toBe('SNV · PLS');
});

test('branches stand in the order of their letters, what a lane holds before the model on top of it', () => {
  const branches = [['AA'], ['C'], ['A'], ['A', 'B'], ['A', 'A'], ['B']];
  expect(branches.toSorted(compareLetters).map((letters) => letters.join('›'))).toEqual([
    'A›A',
    'A›B',
    'A',
    'B',
    'C',
    'AA',
  ]);
});
