import { expect, test } from 'vitest';
import { projectFiles, readProjectFile } from '#tests/architecture/projectFiles.ts';

const lines = (file: string): number => readProjectFile(file).split('\n').length - 1;
const tooLong = (files: readonly string[], limit: number): string[] =>
  files
    .filter((file) => lines(file) > limit)
    .map((file) => `${file}: ${lines(file)} lines, at most ${limit}. Split it.`);

/** Tables of sentences and of names grow with the product and stay easy to read. */
const isTable = (file: string): boolean => /^(renderer\/locales|core\/base\/errorSentences)\//.test(file);

test('source files are short', () => {
  const sources = projectFiles('.', /^(core|electron|renderer|build)\/.*\.(ts|tsx|mjs)$/);
  expect(sources.length).toBeGreaterThan(100);
  expect(
    tooLong(
      sources.filter((file) => !isTable(file)),
      400,
    ),
  ).toEqual([]);
});

test('tables and tests stay below 600 lines', () => {
  const tests = projectFiles('tests', /\.(ts|tsx)$/);
  const tables = projectFiles('.', /\.ts$/).filter(isTable);
  expect(tooLong([...tests, ...tables], 600)).toEqual([]);
});
