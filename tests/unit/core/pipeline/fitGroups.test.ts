import { describe, expect, test } from 'vitest';
import { expandPipeline } from '#core/pipeline/expandPipeline.ts';
import { countFits, groupVariants } from '#core/pipeline/fitGroups.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

const documentOf = (text: string) => parsePipeline(text, fakeCatalog).document;
const counts = (text: string) => {
  const { variants, fitGroups, folds, realFits } = countFits(documentOf(text));
  return [Number(variants), Number(fitGroups), folds, realFits === null ? null : Number(realFits)];
};

describe('one fit for all component counts', () => {
  test.each([
    [
      '3 alternatives × 20 components × 5 folds',
      '[{_or_: [SNV, MSC, null]}, {KFold: {n_splits: 5}}, {PLS: {n_components: {_range_: [1, 20]}}}]',
      [60, 3, 5, 16],
    ],
    ['the model keyword', '[KFold, {model: {PLS: {n_components: {_range_: [1, 20]}}}}]', [20, 1, 5, 6]],
    ['the parameter beside', '[KFold, {n_components: {_range_: [1, 20]}, model: PLS}]', [20, 1, 5, 6]],
    ['param beside', '[KFold, {_range_: [1, 20], param: n_components, model: PLS}]', [20, 1, 5, 6]],
    ['class and params', '[KFold, {class: PLSRegression, params: {n_components: {_range_: [1, 20]}}}]', [20, 1, 5, 6]],
    [
      'alternatives that differ in components only',
      '[KFold, {_or_: [{PLS: {n_components: 5}}, {PLSRegression: {n_components: 10}}]}]',
      [2, 1, 5, 6],
    ],
    [
      'a grid with another parameter',
      '[KFold, {PLS: {_grid_: {n_components: [1, 2, 3], scale: [true, false]}}}]',
      [6, 2, 5, 11],
    ],
    ['another parameter alone', '[KFold, {Ridge: {alpha: {_or_: [1, 2, 3]}}}]', [3, 3, 5, 16]],
    [
      'models compared',
      '[KFold, {_or_: [{PLS: {n_components: {_range_: [1, 5]}}}, {PCR: {n_components: {_range_: [1, 5]}}}, Ridge]}]',
      [11, 3, 5, 16],
    ],
    ['repeated folds', '[{RepeatedKFold: {n_splits: 5, n_repeats: 3}}, PLS]', [1, 1, 15, 16]],
    ['a sweep over folds', '[{KFold: {n_splits: {_or_: [5, 10]}}}, PLS]', [2, 2, null, 16]],
    ['folds that only the data know', '[LeaveOneOut, PLS]', [1, 1, null, null]],
    ['no splitter: trained once, nothing to refit', '[SNV, PLS]', [1, 1, 1, 1]],
    ['a test set first, then folds', '[KennardStone, {KFold: {n_splits: 4}}, PLS]', [1, 1, 4, 5]],
    ['a default written out is the same fit', '[KFold, {_or_: [SNV, {SNV: {ddof: 0}}]}, PLS]', [2, 1, 5, 6]],
    ['switched-off steps count nothing', '[KFold, {_disabled_: {_or_: [SNV, MSC]}}, PLS]', [1, 1, 5, 6]],
  ])('%s', (_, steps, expected) => {
    expect(counts(`pipeline: ${steps}`)).toEqual(expected);
  });

  test('without a refit there is one fit less', () => {
    expect(counts('refit: false\npipeline: [KFold, PLS]')).toEqual([1, 1, 5, 5]);
  });

  test('the count that compares and the count that does not agree on the usual spellings', () => {
    for (const steps of [
      '[{_or_: [SNV, MSC, null]}, KFold, {PLS: {n_components: {_range_: [1, 20]}}}]',
      '[KFold, {_range_: [1, 20], param: n_components, model: PLS}]',
      '[KFold, {n_components: {_range_: [1, 20]}, model: PLS}]',
      '[KFold, {class: PLSRegression, params: {n_components: {_range_: [1, 20]}}}]',
      '[KFold, {PLS: {_grid_: {n_components: [1, 2, 3], scale: [true, false]}}}]',
      '[KFold, {_or_: [{PLS: {n_components: {_range_: [1, 5]}}}, {Ridge: {alpha: {_or_: [1, 2]}}}]}]',
    ]) {
      const document = documentOf(`pipeline: ${steps}`);
      const { exact: compared, ...exact } = countFits(document);
      const { exact: alsoCompared, ...quick } = countFits(document, 0);
      expect([compared, alsoCompared]).toEqual([true, false]);
      expect(quick).toEqual(exact);
    }
  });

  test('a huge document is counted at once', () => {
    const steps = Array.from({ length: 12 }, () => '{SavitzkyGolay: {window_length: {_range_: [5, 103, 2]}}}').join(
      ', ',
    );
    const { variants, fitGroups, realFits } = countFits(
      documentOf(`pipeline: [${steps}, KFold, {PLS: {n_components: {_range_: [1, 20]}}}]`),
    );
    expect([variants, fitGroups, realFits]).toEqual([50n ** 12n * 20n, 50n ** 12n, 50n ** 12n * 5n + 1n]);
  });
});

test('a group lists its variants with their component counts', () => {
  const document = documentOf('pipeline: [{_or_: [SNV, MSC]}, KFold, {PLS: {n_components: {_or_: [3, 1]}}}]');
  const groups = groupVariants(expandPipeline(document), fakeCatalog);
  expect(groups.map(({ label, pathParam, members }) => ({ label, pathParam, members }))).toEqual([
    { label: 'SNV', pathParam: 'n_components', members: [[0, 3], [1, 1]] }, // prettier-ignore
    { label: 'MSC', pathParam: 'n_components', members: [[2, 3], [3, 1]] }, // prettier-ignore
  ]);
});

test('a refit that sets the path parameter for the fold models leaves the path alone', () => {
  expect(
    counts('pipeline: [KFold, {model: {PLS: {n_components: {_or_: [1, 2]}}}, train_params: {n_components: 4}}]'),
  ).toEqual([2, 2, 5, 11]);
});
