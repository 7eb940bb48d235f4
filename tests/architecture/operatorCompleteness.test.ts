import { expect, test } from 'vitest';
import { catalog } from '#core/catalog/operators.ts';
import { projectFiles, readProjectFile } from '#tests/architecture/projectFiles.ts';
import { evidenceTable, operatorEvidence } from '#tests/support/operatorEvidence.ts';

/** A new operator is five things in one change: file, golden vectors or a law, test, help page, line in the catalog. */
const operators = operatorEvidence();
const idsWhere = (wanted: (operator: (typeof operators)[number]) => boolean): string[] =>
  operators.filter(wanted).map(({ id }) => id);

const pages = new Set(projectFiles('resources/help/operators', /\.md$/));
const helpPage = (id: string): string => `resources/help/operators/${id}.md`;

test('every operator has a file that exports it', () => {
  expect(idsWhere(({ exported }) => exported === '')).toEqual([]);
});

test('every operator has a test', () => {
  expect(idsWhere(({ tests }) => tests.length === 0)).toEqual([]);
});

test('every operator has golden vectors, a law or a planted answer', () => {
  console.info(evidenceTable(operators));
  expect(idsWhere(({ evidence }) => evidence.length === 0)).toEqual([]);
});

test('every operator has a help page that says when not to use it', () => {
  expect(idsWhere(({ id }) => !pages.has(helpPage(id)))).toEqual([]);
  expect(idsWhere(({ id }) => !/^#+ When not to use it$/m.test(readProjectFile(helpPage(id))))).toEqual([]);
});

test('no help page is left over', () => {
  const wanted = new Set(operators.map(({ id }) => helpPage(id)));
  expect([...pages].filter((page) => !wanted.has(page))).toEqual([]);
});

test('every operator of a deployed model has an ONNX form or a reason why not', () => {
  const forms = catalog.all.flatMap((operator) =>
    operator.kind === 'transform' || operator.kind === 'model'
      ? [[operator.id, operator.onnx !== undefined, (operator.noOnnx ?? '') !== ''] as const]
      : [],
  );
  expect(forms.filter(([, graph, reason]) => graph === reason)).toEqual([]);
});

test('every operator names a paper or a textbook', () => {
  const found = /doi:10\.\d{4,}\/|arXiv:|\bch\. \d|Press|Wiley|Springer|Journal|Proceedings/;
  const unnamed = catalog.all.filter(({ references }) => !references.some((reference) => found.test(reference)));
  expect(unnamed.map(({ id }) => id)).toEqual([]);
});
