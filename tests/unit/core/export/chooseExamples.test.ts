import { expect, test } from 'vitest';
import { predictChain } from '#core/data/predictChain.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import { chain, lookup, model, spectra } from '#tests/unit/core/export/support/testChain.ts';

test('the lowest, a middle and the highest prediction, with what the engine predicts for them', () => {
  const all = predictChain(chain, spectra, lookup);
  const {
    sampleIds,
    spectra: chosen,
    predicted: expected,
  } = chooseExamples(model, spectra, ['A', 'B', 'C', 'D'], lookup);
  expect(expected).toEqual(predictChain(chain, chosen, lookup));
  expect(expected[0]).toBe(Math.min(...all));
  expect(expected[2]).toBe(Math.max(...all));
  expect(sampleIds[0]).toBe('ABCD'[all.indexOf(Math.min(...all))]);
});

test('one spectrum is one example, and none is an error', () => {
  expect(chooseExamples(model, takeRows(spectra, [1]), ['B'], lookup).sampleIds).toEqual(['B']);
  expect(() => chooseExamples(model, takeRows(spectra, []), [], lookup)).toThrow('there are no spectra');
});
