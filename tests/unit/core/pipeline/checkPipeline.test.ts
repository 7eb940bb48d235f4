import { describe, expect, test } from 'vitest';
import { fullCheck } from '#core/pipeline/checkPipeline.ts';
import type { DataFacts } from '#core/pipeline/dataFacts.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

const facts: DataFacts = { samples: 60, wavelengths: 100, metadata: ['batch', 'site'] };
const check = (steps: string, given: DataFacts | null = facts) => fullCheck(`pipeline:\n${steps}`, fakeCatalog, given);
const found = (steps: string, given: DataFacts | null = facts) =>
  check(steps, given).problems.map((problem) => `${problem.line} ${problem.severity} ${problem.code}`);

describe('each rule', () => {
  test.each([
    ['nothing to say', '  - KFold\n  - SNV\n  - PLS\n', []],
    ['no model', '  - KFold\n  - SNV\n', ['1 error check.no-model']],
    ['no splitter', '  - SNV\n  - PLS\n', ['1 warning check.no-splitter']],
    ['splitter behind the model', '  - PLS\n  - KFold\n', ['3 error check.splitter-after-model']],
    ['test set and folds', '  - KennardStone\n  - KFold\n  - PLS\n', ['3 note check.splitters']],
    ['two splitters', '  - KFold\n  - RepeatedKFold\n  - PLS\n', ['3 warning check.splitters']],
    ['a fitted step before the splitter', '  - SNV\n  - MSC\n  - KFold\n  - PLS\n', ['3 warning check.leak']],
    ['an alternative before the splitter', '  - _or_: [SNV, MSC]\n  - KFold\n  - PLS\n', ['2 warning check.leak']],
    ['a step behind the model', '  - KFold\n  - PLS\n  - SNV\n', ['4 warning check.after-model']],
    [
      'two targets',
      '  - KFold\n  - y_processing: MinMax\n  - y_processing: StandardScaler\n  - PLS\n',
      ['4 warning check.targets'],
    ],
    ['the same step twice', '  - KFold\n  - SNV\n  - {SNV: {ddof: 0}}\n  - PLS\n', ['4 warning check.duplicate']],
    ['different settings are not the same step', '  - KFold\n  - SNV\n  - {SNV: {ddof: 1}}\n  - PLS\n', []],
    [
      'derivative above the polynomial',
      '  - KFold\n  - SavitzkyGolay: {polyorder: 1, deriv: 2}\n  - PLS\n',
      ['3 error check.derivative'],
    ],
    [
      'polynomial above the window',
      '  - KFold\n  - SavitzkyGolay: {window_length: 3, polyorder: 3}\n  - PLS\n',
      ['3 error check.polynomial'],
    ],
    [
      'one bad value of a sweep',
      '  - KFold\n  - SavitzkyGolay: {polyorder: 2, deriv: {_range_: [0, 3]}}\n  - PLS\n',
      ['3 error check.derivative'],
    ],
    ['an even window', '  - KFold\n  - SavitzkyGolay: {window_length: 10}\n  - PLS\n', ['3 error pipeline.parameter']],
    [
      'a window wider than the spectra',
      '  - KFold\n  - SavitzkyGolay: {window_length: 101}\n  - PLS\n',
      ['3 error check.window'],
    ],
    ['more folds than samples', '  - KFold: {n_splits: 61}\n  - PLS\n', ['2 error check.folds']],
    [
      'more components than samples',
      '  - KFold: {n_splits: 3}\n  - PLS: {n_components: {_range_: [1, 40]}}\n',
      ['3 warning check.components'],
    ],
    ['a seed without shuffling', '  - KFold: {random_state: 1}\n  - PLS\n', ['2 warning check.seed']],
    ['an unknown column', '  - split: bacth\n  - PLS\n', ['2 error check.column']],
    ['equal variants', '  - KFold\n  - _or_: [SNV, {SNV: {ddof: 0}}]\n  - PLS\n', ['1 note check.equal']],
    [
      'many fits',
      '  - KFold\n  - SavitzkyGolay: {window_length: {_range_: [5, 99, 2]}}\n  - Ridge: {alpha: {_log_range_: [0.1, 10, 3]}}\n',
      ['1 warning check.many'],
    ],
    ['very many variants', '  - KFold\n  - Ridge: {alpha: {_range_: [1, 10001]}}\n', ['1 warning check.very-many']],
    ['not run by this version', '  - KFold\n  - branch: [[SNV, PLS], [Ridge]]\n', []],
    ['stacking in a row', '  - KFold\n  - PLS\n  - Ridge\n', ['4 note check.stacked']],
  ])('%s', (_, steps, expected) => {
    expect(found(steps)).toEqual(expected);
  });

  test('rules about the data are silent without data', () => {
    expect(
      found('  - KFold: {n_splits: 61}\n  - SavitzkyGolay: {window_length: 101}\n  - PLS: {n_components: 99}\n', null),
    ).toEqual([]);
  });
});

describe('fixes repair what they are offered for', () => {
  test.each([
    [
      'check.no-model',
      '  - KFold\n  # first\n  - SNV\n',
      '  - KFold\n  # first\n  - SNV\n  - PLS: {n_components: {_range_: [1, 15]}}\n',
    ],
    [
      'check.no-splitter',
      '  - SNV\n  - MSC\n  - PLS\n',
      '  - SNV\n  - KFold: {n_splits: 5, shuffle: true, random_state: 0}\n  - MSC\n  - PLS\n',
    ],
    [
      'check.leak',
      '  - SNV\n  # learns a mean\n  - MSC\n  - KFold # five\n  - PLS\n',
      '  - SNV\n  - KFold # five\n  # learns a mean\n  - MSC\n  - PLS\n',
    ],
    ['check.splitter-after-model', '  - PLS\n  - KFold\n', '  - KFold\n  - PLS\n'],
    ['check.after-model', '  - KFold\n  - PLS\n  - SNV\n', '  - KFold\n  - SNV\n  - PLS\n'],
    ['check.duplicate', '  - KFold\n  - SNV\n  - SNV\n  - PLS\n', '  - KFold\n  - SNV\n  - PLS\n'],
  ])('%s', (code, before, after) => {
    const problem = check(before).problems.find((entry) => entry.code === code);
    expect(problem?.fix?.text).toBe(`pipeline:\n${after}`);
    expect(fullCheck(problem?.fix?.text ?? '', fakeCatalog, facts).problems.map((entry) => entry.code)).not.toContain(
      code,
    );
  });
});

test('a document with an error cannot run, one with warnings can', () => {
  expect(check('  - SNV\n  - PLS\n').runnable).toBe(true);
  expect(check('  - SNV\n').runnable).toBe(false);
  expect(check('  - KFold\n  - PLS: {n_components: {_range_: [1, 20]}}\n')).toMatchObject({
    variants: 20,
    fitGroups: 1,
    folds: 5,
    realFits: 6,
  });
});

test('an empty text is one problem, told once', () => {
  expect(fullCheck('', fakeCatalog).problems.map((problem) => problem.code)).toEqual(['pipeline.empty']);
});
