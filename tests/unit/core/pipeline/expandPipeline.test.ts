import { expect, test } from 'vitest';
import { countVariants, expandPipeline, stepsInWords, variantAt } from '#core/pipeline/expandPipeline.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

const documentOf = (steps: string) => parsePipeline(`pipeline: ${steps}`, fakeCatalog).document;

test('variants come in order, with their choices in words', () => {
  const document = documentOf(
    '[{_or_: [SNV, null, [Detrend, MSC]]}, KFold, {PLS: {n_components: {_range_: [1, 2]}, scale: false}}]',
  );
  expect(countVariants(document)).toBe(6n);
  expect([...expandPipeline(document)].map(({ index, label }) => `${index} ${label}`)).toEqual([
    '0 SNV · n_components 1',
    '1 SNV · n_components 2',
    '2 none · n_components 1',
    '3 none · n_components 2',
    '4 Detrend + MSC · n_components 1',
    '5 Detrend + MSC · n_components 2',
  ]);
});

test('a part of the variants can be asked for, and each alone', () => {
  const document = documentOf('[KFold, {Ridge: {alpha: {_range_: [1, 1000000]}}}]');
  expect([...expandPipeline(document, { from: 999_998, limit: 5 })].map((variant) => variant.label)).toEqual([
    'alpha 999999',
    'alpha 1000000',
  ]);
  expect(variantAt(document, 41).choices).toEqual([
    { path: ['pipeline', 1, 'Ridge', 'alpha'], label: 'alpha', value: 42, text: '42' },
  ]);
});

test('a generator in a branch multiplies whole variants', () => {
  const document = documentOf(
    '[KFold, {branch: [[{_or_: [SNV, MSC]}, PLS], [{Ridge: {alpha: {_or_: [1, 2, 3]}}}]]}, {merge: predictions}, Ridge]',
  );
  expect(countVariants(document)).toBe(6n);
});

test('a document without generators has one variant, named after its model', () => {
  const [only, ...others] = [...expandPipeline(documentOf('[SNV, KFold, {PLS: {n_components: 4}}]'))];
  expect(others).toEqual([]);
  expect(only?.label).toBe('PLS n_components 4');
  expect(only && stepsInWords(only)).toEqual(['SNV', 'KFold', 'PLS n_components 4']);
});

test('dropped steps leave no trace', () => {
  const [first] = [...expandPipeline(documentOf('[null, {_comment: x}, {_disabled_: SNV}, PLS]'))];
  expect(first?.steps.map((step) => step.kind)).toEqual(['model']);
  expect(first && stepsInWords(first)).toEqual(['PLS']);
});
