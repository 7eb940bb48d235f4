import { expect, test } from 'vitest';
import type { Dataset } from '#core/data/dataset.ts';
import { sideBySide } from '#core/data/sources.ts';
import { matchSources, sourcesInWords } from '#core/engine/matchSources.ts';

const wanted = [
  { name: 'NIR', from: 0, to: 3 },
  { name: 'markers', from: 3, to: 5 },
];
const nameless = { unit: 'index' as const };

function data(...sources: [name: string, columns: number][]): Pick<Dataset, 'source' | 'sources'> {
  const whole = sideBySide(
    sources.map(([name, columns]) => ({
      name,
      axis: { values: new Float64Array(columns), ...nameless },
      signal: 'unknown',
    })),
  );
  const cols = whole.axis.values.length;
  return {
    source: { name: sources[0]?.[0] ?? 'X', axis: whole.axis, x: { rows: 1, cols, data: new Float64Array(cols) }, signal: 'unknown' },
    ...(sources.length > 1 ? { sources: whole.sources } : {}),
  };
}

test('the same sources in the same order', () => {
  expect(matchSources(wanted, 5, data(['NIR', 3], ['markers', 2]))).toEqual({
    columns: null,
    dropped: 0,
    compared: false,
  });
});

test('in another order, with others between them', () => {
  const match = matchSources(wanted, 5, data(['markers', 2], ['MIR', 4], ['NIR', 3]));
  expect(match).toEqual({ columns: Int32Array.of(6, 7, 8, 0, 1), dropped: 4, compared: false });
  expect(match && sourcesInWords(wanted, match)).toBe(
    'The sources NIR, markers were found by their names and numbers of columns; 4 other columns were left out.',
  );
});

test('a model that looks at one source alone needs that one only', () => {
  const [, markers] = wanted;
  const match = matchSources(markers ? [markers] : [], 5, data(['markers', 2], ['MIR', 4]));
  expect(match?.columns?.slice(3)).toEqual(Int32Array.of(0, 1));
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

test('one matrix of as many columns is believed', () => {
  expect(matchSources(wanted, 5, data(['X', 5]))).toBeNull();
});
