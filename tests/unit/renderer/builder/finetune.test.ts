import { describe, expect, test } from 'vitest';
import { parseFinetune } from '#core/tuning/parseFinetune.ts';
import {
  readSearch,
  searchable,
  spacesOf,
  startingFinetune,
  startingSearch,
  withForced,
  withSpace,
  writeSearch,
} from '#renderer/builder/finetune.ts';
import { finetuneFields } from '#renderer/builder/settingFields.ts';
import { descriptorOf, operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

describe('a search as the form reads and writes it', () => {
  test.each<[unknown, unknown]>([
    [['int', 1, 20], { kind: 'range', type: 'int', log: false, low: 1, high: 20, step: null }],
    [['float_log', 0.1, 10], { kind: 'range', type: 'float', log: true, low: 0.1, high: 10, step: null }],
    [['int', 3, 21, 2], { kind: 'range', type: 'int', log: false, low: 3, high: 21, step: 2 }],
    [
      { type: 'float', low: 0, high: 1, step: 0.5 },
      { kind: 'range', type: 'float', log: false, low: 0, high: 1, step: 0.5 },
    ],
    [
      { min: 1, max: 9 },
      { kind: 'range', type: 'int', log: false, low: 1, high: 9, step: null },
    ],
    [['rbf', 'linear'], { kind: 'choices', values: ['rbf', 'linear'] }],
    [['categorical', [1, 2]], { kind: 'choices', values: [1, 2] }],
    [
      { type: 'categorical', values: [true, false] },
      { kind: 'choices', values: [true, false] },
    ],
    [{ inner: { a: [1, 2] } }, { kind: 'other' }],
    [5, null],
    [undefined, null],
  ])('%j', (spec, search) => {
    expect(readSearch(spec)).toEqual(search);
    const read = readSearch(spec);
    // What is written back reads as the same.
    if (read !== null) expect(readSearch(writeSearch(read, spec))).toEqual(search);
  });

  test('keeps lists lists and maps maps, with the names that the map has', () => {
    const range = { kind: 'range', type: 'int', log: false, low: 2, high: 8, step: null } as const;
    expect(writeSearch(range, ['int', 1, 3])).toEqual(['int', 2, 8]);
    expect(writeSearch(range, { type: 'int', min: 1, max: 3 })).toEqual({ type: 'int', min: 2, max: 8 });
    expect(writeSearch({ ...range, log: true }, { low: 1, high: 3 })).toEqual({
      type: 'int',
      low: 2,
      high: 8,
      log: true,
    });
  });
});

test('what the form suggests is a search that runs, for every parameter of every model', () => {
  for (const descriptor of operatorDescriptors.filter(({ kind }) => kind === 'model')) {
    const parameters = searchable(descriptor);
    if (parameters.length > 0) expect(() => parseFinetune(startingFinetune(descriptor))).not.toThrow();
    for (const parameter of parameters) {
      const search = startingSearch(parameter, descriptor.pathParam === parameter.name);
      const { space } = parseFinetune({ model_params: { p: writeSearch(search, undefined) } });
      expect(space.dimensions, `${descriptor.id}.${parameter.name}`).toHaveLength(1);
    }
  }
});

test('the settings of the form are those of the language, with its defaults', () => {
  const settings = parseFinetune({ model_params: { a: ['int', 1, 99] } });
  const byName = new Map(finetuneFields('regression').map((field) => [field.name, field]));
  expect(byName.get('sampler')?.default).toBe(settings.sampler);
  expect(byName.get('approach')?.default).toBe(settings.approach);
  expect(byName.get('eval_mode')?.default).toBe(settings.evalMode);
  expect(byName.get('pruner')?.default).toBe(settings.pruner);
  expect(byName.get('n_trials')?.default).toBe(settings.nTrials);
  for (const field of byName.values())
    for (const value of field.choices ?? [])
      expect(() => parseFinetune({ model_params: { a: ['int', 1, 9] }, [field.name]: value })).not.toThrow();
});

test('one parameter is searched or not, and its first value goes with it', () => {
  const range = { kind: 'range', type: 'int', log: false, low: 1, high: 9, step: null } as const;
  const start = { n_trials: 5, model_params: { a: [1, 2] }, force_params: { a: 1 } };
  expect(withSpace(start, 'b', range)).toEqual({ ...start, model_params: { a: [1, 2], b: ['int', 1, 9] } });
  expect(withSpace(start, 'a', null)).toEqual({ n_trials: 5, model_params: {} });
  expect(withForced(start, 'a', undefined)).toEqual({ n_trials: 5, model_params: { a: [1, 2] } });
  // Older documents have the spaces beside the settings, and keep them there.
  const older = { n_trials: 5, a: [1, 2] };
  expect(spacesOf(older)).toEqual({ a: [1, 2] });
  expect(withSpace(older, 'b', range)).toEqual({ n_trials: 5, a: [1, 2], b: ['int', 1, 9] });
  expect(startingFinetune(descriptorOf('PLS'))).toMatchObject({ model_params: { n_components: ['int', 1, 20] } });
});
