import { expect, test } from 'vitest';
import { predictChain } from '#core/data/fittedChain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import { chain, lookup, spectra } from '#tests/unit/core/export/support/testChain.ts';

test('the lowest, a middle and the highest prediction, with what the engine predicts for them', () => {
  const all = predictChain(chain, spectra, lookup);
  const { sampleIds, spectra: chosen, expected } = chooseExamples(chain, spectra, ['A', 'B', 'C', 'D'], lookup);
  expect(expected).toEqual(predictChain(chain, chosen, lookup));
  expect(expected[0]).toBe(Math.min(...all));
  expect(expected[2]).toBe(Math.max(...all));
  expect(sampleIds[0]).toBe('ABCD'[all.indexOf(Math.min(...all))]);
});

test('one spectrum is one example, and none is an error', () => {
  expect(chooseExamples(chain, takeRows(spectra, [1]), ['B'], lookup).sampleIds).toEqual(['B']);
  expect(() => chooseExamples(chain, takeRows(spectra, []), [], lookup)).toThrow('there are no spectra');
});
