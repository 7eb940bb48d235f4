import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeMerge, choiceForLane, newMerge, readMergeForm, takesFeatures } from '#renderer/builder/mergeForm.ts';
import type { MergeForm } from '#renderer/builder/mergeForm.ts';

const form = (value: unknown): MergeForm => readMergeForm(value) ?? expect.fail('unreadable');

describe('reading', () => {
  test.each([
    ['features', 'features'],
    ['predictions', 'predictions'],
    ['all', 'both'],
    ['concat', 'concat'],
    [{ sources: 'stack' }, 'sources'],
    [{ features: [0], predictions: [1] }, 'both'],
    [{ features: { branches: [0, 1] } }, 'features'],
    [{ predictions: 'all', features: false }, 'predictions'],
    [{ concat: true }, 'concat'],
  ])('%j joins %s', (value, kind) => expect(form(value).kind).toBe(kind));

  test.each([
    ['median'],
    [null],
    [[0]],
    [{}],
    [{ predictions: { 0: 'best' } }],
    [{ predictions: [{ select: 'best' }] }],
  ])('%j has no form', (value) => expect(readMergeForm(value)).toBeNull());

  test('lanes by number and by name, with what is meant of each', () => {
    const read = form({
      features: ['raw'],
      predictions: [1, { branch: 'b', select: { top_k: 3 }, aggregate: 'mean' }],
    });
    expect(takesFeatures(read, 'raw', 7)).toBe(true);
    expect(takesFeatures(read, null, 0)).toBe(false);
    expect(choiceForLane(read, null, 1)).toMatchObject({ select: 'all', aggregate: 'separate' });
    expect(choiceForLane(read, 'b', 0)).toMatchObject({ select: { topK: 3 }, aggregate: 'mean', metric: null });
    expect(choiceForLane(read, 'c', 2)).toBeNull();
    const all = form({ predictions: 'all', select: { explicit: ['PLS'] }, metric: 'mae' });
    expect(choiceForLane(all, 'any', 4)).toMatchObject({ select: { explicit: ['PLS'] }, metric: 'mae' });
  });
});

describe('changing', () => {
  test('defaults are not written, and words stay words', () => {
    const on = changeMerge('predictions', { includeOriginal: true, onMissing: 'skip' });
    expect(on).toEqual({ predictions: 'all', include_original: true, on_missing: 'skip' });
    expect(changeMerge(on, { includeOriginal: false, onMissing: 'error' })).toEqual({ predictions: 'all' });
    expect(changeMerge('features', { kind: 'predictions' })).toBe('predictions');
    expect(changeMerge('features', { kind: 'both' })).toBe('all');
    expect(changeMerge('features', { kind: 'concat' })).toBe('concat');
    expect(changeMerge('all', { features: [0] })).toEqual({ features: [0], predictions: 'all' });
  });

  test('a lane with nothing to say is named alone, and unknown keys of a lane stay', () => {
    const before = { predictions: [{ branch: 0, select: 'best', weight_metric: 'r2' }, 1], _comment: 'why' };
    const { predictions } = form(before);
    if (predictions === 'all') return expect.fail('lanes expected');
    const plain = predictions.map((each) => ({ ...each, select: 'all' as const }));
    expect(changeMerge(before, { predictions: plain })).toEqual({
      predictions: [{ branch: 0, weight_metric: 'r2' }, 1],
      _comment: 'why',
    });
    expect(changeMerge({ predictions: 'all', select: 'best' }, { predictions: [{ lane: 0, select: 'best', metric: null, aggregate: 'separate' }] })).toEqual({ predictions: [{ branch: 0, select: 'best' }] }); // prettier-ignore
  });

  test('what has no form is left alone', () => {
    expect(changeMerge('median', { kind: 'features' })).toBe('median');
  });

  test('a changed merge reads as what was asked for, whatever it was before', () => {
    const kind = fc.constantFrom('features', 'predictions', 'both', 'concat', 'sources');
    const start = fc.oneof(
      kind.map(newMerge),
      fc.constantFrom<unknown>({ all: true }, { features: [0], predictions: [{ branch: 1, select: 'best' }], on_missing: 'warn' }), // prettier-ignore
    );
    const change = fc.record(
      {
        kind,
        includeOriginal: fc.boolean(),
        onMissing: fc.constantFrom('error', 'warn', 'skip'),
        outputAs: fc.constantFrom('features', 'sources', 'dict'),
        sources: fc.constantFrom('concat', 'stack', 'dict'),
      },
      { requiredKeys: ['kind'] },
    );
    fc.assert(
      fc.property(start, fc.array(change, { maxLength: 5 }), (value, changes) => {
        let now = value;
        for (const one of changes) {
          now = changeMerge(now, one);
          const { sources, ...rest } = one;
          expect(form(now)).toMatchObject(rest);
          if (one.kind === 'sources' && sources) expect(form(now).sources).toBe(sources);
        }
      }),
    );
  });
});
