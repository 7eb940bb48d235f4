import { expect, test } from 'vitest';
import type { Dataset } from '#core/data/dataset.ts';
import { sideBySide } from '#core/data/sources.ts';
import { matchSources, sourcesInWords } from '#core/engine/matchSources.ts';

const wanted = [
  { name: 'NIR', from: 0, to: 3 },
  { name: 'markers', from: 3, to: 5 },
];

/** One sample, whose values are the numbers of the columns. */
function data(...sources: [name: string, columns: number][]): Dataset {
  const whole = sideBySide(
    sources.map(([name, columns]) => ({
      name,
      axis: { values: new Float64Array(columns), unit: 'index' },
      signal: 'unknown',
    })),
  );
  const cols = whole.axis.values.length;
  const x = { rows: 1, cols, data: Float64Array.from({ length: cols }, (_, j) => j) };
  return {
    name: 'new',
    source: { name: sources[0]?.[0] ?? 'X', axis: whole.axis, x, signal: 'unknown' },
    ...(sources.length > 1 ? { sources: whole.sources } : {}),
    sampleIds: ['S1'],
    targets: [],
    metadata: [],
    split: null,
    files: [],
  };
}

test('the same sources in the same order', () => {
  const same = data(['NIR', 3], ['markers', 2]);
  expect(matchSources(wanted, 5, same)).toEqual({ dataset: same, dropped: 0 });
});

test('in another order, with others between them', () => {
  const match = matchSources(wanted, 5, data(['markers', 2], ['MIR', 4], ['NIR', 3]));
  expect(match?.dataset.source).toMatchObject({
    axis: { values: Float64Array.of(0, 1, 2, 3, 4), unit: 'index' },
    x: { rows: 1, cols: 5, data: Float64Array.of(6, 7, 8, 0, 1) },
  });
  expect(match && sourcesInWords(wanted, match)).toBe(
    'The sources NIR, markers were found by their names and numbers of columns; 4 other columns were left out.',
  );
});

test('a model that looks at one source alone needs that one only', () => {
  const [, markers] = wanted;
  const match = matchSources(markers ? [markers] : [], 5, data(['MIR', 4], ['markers', 2]));
  expect(match?.dataset.source.x.data.slice(3)).toEqual(Float64Array.of(4, 5));
  expect(match?.dropped).toBe(4);
});

test('what is missing or of another size is named', () => {
  expect(() => matchSources(wanted, 5, data(['NIR', 3], ['MIR', 2]))).toThrow(
    'The model needs the source "markers" (2 columns), which the data lack; they have NIR, MIR.',
  );
  expect(() => matchSources(wanted, 5, data(['NIR', 3]))).toThrow('"markers" (2 columns)');
  expect(() => matchSources(wanted, 5, data(['NIR', 4], ['markers', 2]))).toThrow(
    'The source "NIR" has 4 columns, and the model expects 3.',
  );
});

test('one matrix of as many columns is believed, and a model of one source has nothing to find', () => {
  expect(matchSources(wanted, 5, data(['X', 5]))).toBeNull();
  expect(matchSources([], 5, data(['NIR', 3], ['markers', 2]))).toBeNull();
});
