import { describe, expect, test } from 'vitest';
import { LineCounter } from 'yaml';
import { boundedYaml, boundedYamlData, yamlLimits } from '#core/base/boundedYaml.ts';

const levels = (depth: number, open: string, close = ''): string => open.repeat(depth) + close.repeat(depth);
const refused = (text: string): string => boundedYaml(text).refused ?? 'not refused';
const bomb = [
  'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
  ...Array.from({ length: 9 }, (_, k) => `a${k + 1}: &a${k + 1} [${Array(10).fill(`*a${k}`).join(',')}]`),
].join('\n');

test('a document is read as the library reads it, its lines counted', () => {
  const lineCounter = new LineCounter();
  const { document } = boundedYaml('a: 1\nb:\n  - &x [2, "3"]\n  - *x\n', { lineCounter });
  expect(document?.toJS()).toEqual({ a: 1, b: [[2, '3'], [2, '3']] }); // prettier-ignore
  expect(lineCounter.linePos(7)).toEqual({ line: 2, col: 3 });
  expect(boundedYamlData('{"a": [1, null, true, 1e3]}')).toEqual({ data: { a: [1, null, true, 1000] } });
  expect(boundedYamlData('# nothing\n')).toEqual({ data: null });
});

describe('what is refused', () => {
  test.each([
    ['flow lists', levels(100_000, '[', ']')],
    ['flow lists that never close', levels(100_000, '[')],
    ['flow maps', levels(50_000, '{a: ', '}')],
    ['lists in lists', levels(50_000, '- ')],
    ['maps in maps', Array.from({ length: 500 }, (_, k) => `${' '.repeat(k)}a:`).join('\n')],
    ['keys in keys', levels(50_000, '? ')],
  ])('100,000 levels: %s', (_, text) => {
    expect(refused(text)).toContain('nested more than 100 levels deep');
  });

  test('too many references', () => {
    expect(refused(`a: &a 1\nb: [${'*a, '.repeat(yamlLimits.aliases + 1)}]`)).toContain('references');
    expect(refused(`a: &a 1\nb: [${'*a, '.repeat(yamlLimits.aliases)}]`)).toBe('not refused');
    // A text that begins with an asterisk is none.
    expect(refused(`- |\n  *a\n`.repeat(2_000))).toBe('not refused');
  });

  test('few references that stand for billions of elements', () => {
    expect(boundedYamlData(bomb)).toEqual({ problem: 'it repeats parts of itself too often (YAML references).' });
  });

  test('a text beyond the limit', () => {
    expect(boundedYaml('x'.repeat(11), {}, { ...yamlLimits, characters: 10 }).refused).toContain('longer than 10');
  });

  test.each([
    ['a key twice', 'a: 1\nb: 2\na: 3\n', 'unique'],
    ['a key twice, further in', 'x: [{a: 1, "a": 2}]', 'unique'],
    ['two documents', 'a: 1\n---\na: 2\n', 'several documents'],
    ['a tag', 'a: !!js/function "x"\n', 'tag'],
    ['a reference to nothing', 'a: *b\n', 'no &b above'],
    ['a list without an end', 'a: [1, 2', 'end with a ]'],
  ])('%s', (_, text, word) => {
    const { problem } = boundedYamlData(text) as { problem: string };
    expect(problem.toLowerCase()).toContain(word);
  });
});

test('keys that mean something to JavaScript are data', () => {
  const { data } = boundedYamlData('{"__proto__": {polluted: 1}, constructor: {prototype: 2}, "<<": {a: 1}}') as {
    data: object;
  };
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(Object.keys(data)).toEqual(['__proto__', 'constructor', '<<']);
  expect('polluted' in {}).toBe(false);
});

test('a map of 20,000 keys', () => {
  const keys = Array.from({ length: 20_000 }, (_, k) => `k${k}: ${k}`).join('\n');
  expect(Object.keys((boundedYamlData(keys) as { data: object }).data)).toHaveLength(20_000);
});
