import { describe, expect, test } from 'vitest';
import type { Dataset } from '#core/data/dataset.ts';
import { sideBySide } from '#core/data/sources.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { chooseData, splitLabels } from '#core/engine/unitData.ts';

const regression = { task: 'regression', discretiser: null, model: 'PLS', oneClass: false } as const;
const none = { trainSplit: null, testSplit: null };
const labels = (...known: string[]) => ({ split: known });

describe('which labels are training and which are test', () => {
  const cases: [string[], { train: string[]; test: string[] }][] = [
    [['train', 'test'], { train: ['train'], test: ['test'] }],
    [['Train', 'Test'], { train: ['Train'], test: ['Test'] }],
    [['C', 'M', 'T'], { train: ['C', 'M'], test: ['T'] }],
    [['cal', 'val', 'test'], { train: ['cal', 'val'], test: ['test'] }],
    [['cal', 'val'], { train: ['cal'], test: ['val'] }],
    [['train'], { train: ['train'], test: [] }],
    [['calibration', 'validation', 'prediction'], { train: ['calibration', 'validation'], test: ['prediction'] }],
    [['train', '', 'test'], { train: ['train'], test: ['test'] }],
  ];
  for (const [known, expected] of cases)
    test(`of ${known.join(', ')}`, () => {
      expect(splitLabels(labels(...known), none)).toEqual(expected);
    });

  test('what is asked for comes first', () => {
    expect(splitLabels(labels('C', 'M', 'T'), { trainSplit: ['C'], testSplit: ['M'] })).toEqual({
      train: ['C'],
      test: ['M'],
    });
    expect(splitLabels(labels('C', 'M', 'T'), { trainSplit: ['C'], testSplit: null })).toEqual({
      train: ['C'],
      test: ['T'],
    });
    expect(splitLabels(labels('a', 'b', 'c'), { trainSplit: null, testSplit: ['b'] })).toEqual({
      train: ['a', 'c'],
      test: ['b'],
    });
    expect(splitLabels(labels('train', 'test'), { trainSplit: null, testSplit: ['train'] })).toEqual({
      train: ['test'],
      test: ['train'],
    });
  });

  test('without a split everything is for training; labels that nobody carries are refused', () => {
    expect(splitLabels({ split: null }, none)).toBeNull();
    expect(() => splitLabels({ split: null }, { trainSplit: ['train'], testSplit: null })).toThrow('no split');
    expect(() => splitLabels(labels('train', 'test'), { trainSplit: ['Z'], testSplit: null })).toThrow('"Z"');
    expect(() => splitLabels(labels('a', 'b'), none)).toThrow('a, b');
    expect(() => splitLabels(labels('a', 'b'), { trainSplit: ['a'], testSplit: ['a', 'b'] })).toThrow(
      'for training and for test',
    );
  });
});

describe('the rows of a run', () => {
  const set = syntheticSpectra(10, 5, 1);
  const [target] = set.targets;
  const withGaps: Dataset = {
    ...set,
    targets: [
      {
        name: 'y',
        unit: '%',
        values: (target?.values ?? new Float64Array(10)).map((value, k) => (k % 4 === 0 ? NaN : value)),
      },
    ],
    split: Array.from({ length: 10 }, (_, k) => (k < 6 ? 'train' : k < 9 ? 'test' : '')),
  };

  test('samples without a reference value take no part, and that is said', () => {
    const { data, warnings } = chooseData(withGaps, 'hash', { target: null, ...none }, regression);
    expect([...data.train]).toEqual([1, 2, 3, 5]);
    expect([...data.test]).toEqual([6, 7]);
    expect(warnings.join(' ')).toContain('3 samples have no value of y');
  });

  test('of several targets the first is taken, and that is said', () => {
    const { data, warnings } = chooseData(set, 'hash', { target: null, ...none }, regression);
    expect(data.targetName).toBe('concentration');
    expect(warnings.join(' ')).toContain('several targets');
  });

  test('another choice of rows is another key, even where labels hold commas', () => {
    const odd = { ...set, split: Array.from({ length: 10 }, (_, k) => ['a,b', 'a', 'b', 'c'][k % 4] ?? '') };
    const key = (...train: string[]) =>
      chooseData(odd, 'hash', { target: 'mixture', trainSplit: train, testSplit: ['c'] }, regression).data.key;
    expect(key('a,b')).not.toBe(key('a', 'b'));
  });

  test('no target at all is a sentence', () => {
    expect(() => chooseData({ ...set, targets: [] }, 'hash', { target: null, ...none }, regression)).toThrow(
      'has no target',
    );
    expect(() => chooseData(set, 'hash', { target: 'gold', ...none }, regression)).toThrow('concentration, mixture');
  });
});

describe('sources', () => {
  const { source, ...rest } = syntheticSpectra(6, 5, 2);
  const choice = { target: null, ...none };

  test('one for ordinary data, with their axis', () => {
    const { data } = chooseData({ source, ...rest, split: null }, 'hash', choice, regression);
    expect(data.sources).toEqual([{ name: source.name, from: 0, to: 5, axis: source.axis }]);
  });

  test('several with their columns and axes', () => {
    const { sources, axis } = sideBySide([
      { name: 'NIR', axis: { values: new Float64Array([1, 2, 3]), unit: 'nm' }, signal: 'absorbance' },
      { name: 'MIR', axis: { values: new Float64Array([9, 8]), unit: 'cm-1' }, signal: 'absorbance' },
    ]);
    const { data } = chooseData(
      { ...rest, split: null, source: { ...source, axis }, sources },
      'hash',
      choice,
      regression,
    );
    expect(data.axis.unit).toBe('index');
    expect(data.sources).toEqual([
      { name: 'NIR', from: 0, to: 3, axis: { values: new Float64Array([1, 2, 3]), unit: 'nm' } },
      { name: 'MIR', from: 3, to: 5, axis: { values: new Float64Array([9, 8]), unit: 'cm-1' } },
    ]);
  });
});
