import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog } from '#core/catalog/operators.ts';
import { projectFiles, projectRoot, readProjectFile } from '#tests/architecture/projectFiles.ts';

/** A new operator is five things in one change: file, golden vectors or a law, test, help page, line in the catalog. */
const operators = catalog.all.map(({ id }) => id);
const sources = projectFiles('core', /^core\/(transforms|splitters|filters|augmentations|models)\/.*\.ts$/).map(readProjectFile);
const tests = projectFiles('tests/unit/core', /\.test\.ts$/).map(readProjectFile);

/** The exported name of the operator with this id: tests import it. */
function exportedName(id: string): string {
  const source = sources.find((text) => new RegExp(`^  id: '${id}'`, 'm').test(text));
  const name = source === undefined ? null : /^export const (\w+)[^\n]*$(?=\n[^\n]*id: ')/m.exec(source);
  return name?.[1] ?? '';
}

const testsOf = (id: string): string[] =>
  tests.filter((text) => new RegExp(`\\b${exportedName(id)}\\b`).test(text) || text.includes(`'${id}'`));
const helpPage = (id: string): string => `resources/help/operators/${id}.md`;

test('every operator has a file that exports it', () => {
  expect(operators.filter((id) => exportedName(id) === '')).toEqual([]);
});

test('every operator has a test', () => {
  expect(operators.filter((id) => testsOf(id).length === 0)).toEqual([]);
});

test('every operator has golden vectors or a law', () => {
  const hasTruth = (text: string): boolean => /\bgolden\w*[(<]|\bfc\.(assert|property)\(|referenceData\(/.test(text);
  expect(operators.filter((id) => !testsOf(id).some(hasTruth))).toEqual([]);
});

test('every operator has a help page that says when not to use it', () => {
  const missing = operators.filter((id) => !existsSync(join(projectRoot, helpPage(id))));
  expect(missing.map(helpPage)).toEqual([]);
  const silent = operators.filter((id) => !/^#+ When not to use it$/m.test(readProjectFile(helpPage(id))));
  expect(silent.map(helpPage)).toEqual([]);
});

test('no help page is left over', () => {
  const pages = projectFiles('resources/help/operators', /\.md$/);
  expect(pages.filter((page) => !operators.some((id) => page === helpPage(id)))).toEqual([]);
});
