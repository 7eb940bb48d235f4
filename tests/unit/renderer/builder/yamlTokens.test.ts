import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yamlTokens } from '#renderer/builder/yamlTokens.ts';

const kinds = (line: string) =>
  yamlTokens(line)
    .map(({ kind, text }) => `${kind}:${text.trim()}`)
    .filter((each) => !each.endsWith(':'));

test('loses no character of any line', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      expect(
        yamlTokens(line)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line);
    }),
  );
});

test('tells keys, generators, numbers and comments apart', () => {
  expect(kinds('- PLS: {n_components: {_range_: [1, 20]}} # sweep')).toEqual(
    expect.arrayContaining([
      'key:PLS',
      'key:n_components',
      'generator:_range_',
      'number:1',
      'number:20',
      'comment:# sweep',
    ]),
  );
  expect(kinds('shuffle: true')).toContain('constant:true');
  expect(kinds('name: "a # b"')).toContain('text:"a # b"');
  expect(kinds('a#b')).toEqual(expect.not.arrayContaining([expect.stringMatching(/^comment/)]));
});
