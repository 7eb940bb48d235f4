import { expect, test } from 'vitest';
import { stepsInWords } from '#core/data/stepsInWords.ts';
import { stackCases } from '#tests/unit/core/export/support/stackCases.ts';

const cases = new Map(stackCases().map(({ name, chain }) => [name, stepsInWords(chain.steps)]));

test.each([
  [
    'flat stack',
    ['prediction of PLS (SNV → StandardScaler → PLS)', 'prediction of Ridge (MSC → FirstDerivative → Ridge)'],
  ],
  ['spectra and predictions', ['SNV', 'spectra', 'prediction of PLS (SNV → StandardScaler → PLS)']],
  ['weighted mean', ['prediction of PLS × 0.5 (SNV → StandardScaler → PLS)']],
  ['route by column', ['site north (SNV → PLS)', 'site elsewhere (MSC → Ridge)']],
  ['route by filters', ['far usual (SNV → PLS)', 'far far (Ridge)']],
  ['sources that are preprocessed', ['source NIR', 'source markers', 'PLS']],
])('%s', (name, first) => {
  expect(cases.get(name)?.slice(0, first.length)).toEqual(first);
});
