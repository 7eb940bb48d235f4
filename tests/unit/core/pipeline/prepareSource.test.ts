import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareSource } from '#core/pipeline/prepareSource.ts';

/** The definition, as one expression; correct, and slow on purpose-made texts. */
const defined = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\n])*'|\/\/|\/\*[\s\S]*?\*\//g, (token, offset: number) => {
    if (token === '//') return /[\s,{}[\]]/.test(text[offset - 1] ?? ' ') ? ' #' : token;
    return token.startsWith('/*') ? token.replace(/[^\n]/g, ' ') : token;
  });

test('comments of JSON become those of YAML, and no character moves', () => {
  const text = '{ // one\n"a": "http://x", /* two\n lines */ "b": \'// no\' }';
  const prepared = prepareSource(text);
  expect(prepared).toBe('{  # one\n"a": "http://x",       \n          "b": \'// no\' }');
  expect(prepared).toHaveLength(text.length);
});

test('YAML text comes back as it is', () => {
  expect(prepareSource('a: 1 // no comment\n')).toBe('a: 1 // no comment\n');
  expect(prepareSource('[1] // x', 'yaml')).toBe('[1] // x');
});

test('for any text, the same as the definition', () => {
  const piece = fc.constantFrom('"', "'", '\\', '/', '*', '//', '/*', '*/', '\n', 'a', ' ', ',', '{', ']', '\\"');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = `{${pieces.join('')}`;
      expect(prepareSource(text)).toBe(defined(text));
    }),
    { numRuns: 3_000 },
  );
});

test('one pass, whatever the text: a million marks that the definition would try in pairs', () => {
  for (const mark of ['/*', '\\"', '"\\', "'"])
    expect(prepareSource(`["${mark.repeat(500_000)}`)).toHaveLength(500_000 * mark.length + 2);
});
