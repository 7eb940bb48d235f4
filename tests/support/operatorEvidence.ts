import { catalog } from '#core/catalog/operators.ts';
import { projectFiles, readProjectFile } from '#tests/architecture/projectFiles.ts';

/** Kinds of truth that the numbers of an operator are held to, and what shows one in a test. */
const KINDS = [
  // Vectors made by software that is not ours, kept in tests/golden or in the reference data.
  ['golden', /\b(?:golden|referenceGolden)\(/],
  // Results that other packages or papers have published, and results of R packages.
  ['external', /'external'|\br_\w+\.json|\br-tecator|prospectr|mdatools|chemotools|[Pp]ublished/],
  // Two implementations that must agree: ours and the textbook's, written out in the test.
  ['cross', /\bpredicts as\b|\bin a loop\b|\bby hand\b|\bnaive|\bwritten out|\bdefinition of\b|\bmade of agree/],
  // A property of any input, or of what is drawn: its spread, its share, its range.
  ['law', /\bfc\.(?:assert|property)\(|meanAndDeviation\(|\bshare\b/],
  // The answer is known because the test made the data so.
  ['planted', /\bplanted\b|\bstated\b|toBeCloseTo\(/],
] as const;
export type Evidence = (typeof KINDS)[number][0];

export interface OperatorEvidence {
  readonly id: string;
  readonly kind: string;
  /** Name of the constant that the operator's file exports; '' where no file does. */
  readonly exported: string;
  /** Files with tests that name it. */
  readonly tests: readonly string[];
  readonly evidence: readonly Evidence[];
}

const FOLDERS = 'transforms|splitters|filters|augmentations|models';

/** What the tests of operators say about every operator. Reads each file once. */
export function operatorEvidence(): OperatorEvidence[] {
  const exported = exportedNames();
  const byName = testsByName();
  return catalog.all.map(({ id, kind }) => {
    const name = exported.get(id) ?? '';
    const tests = [...(byName.get(`'${id}'`) ?? []), ...(byName.get(`import ${name}`) ?? [])];
    const evidence = KINDS.filter(([, shown]) => tests.some(({ text }) => shown.test(text))).map(([each]) => each);
    return { id, kind, exported: name, tests: [...new Set(tests.map(({ file }) => file))].sort(), evidence };
  });
}

/** Operator id → exported constant. */
function exportedNames(): Map<string, string> {
  const definition = /^export const (\w+)[^\n]*\n(?: {2}[^\n]*\n)*? {2}id: '(\w+)'/gm;
  const sources = projectFiles('core', new RegExp(`^core/(${FOLDERS})/.*\\.ts$`)).map(readProjectFile);
  return new Map(sources.flatMap((text) => [...text.matchAll(definition)].map(([, name = '', id = '']) => [id, name])));
}

/** One `test` or `describe` at the top of a file, with the definitions of that file and its helpers that it uses. */
interface TopLevelTest {
  readonly file: string;
  readonly text: string;
}

/** Quoted names and `import name` → the tests in which they stand, golden files that the tests read included. */
function testsByName(): Map<string, TopLevelTest[]> {
  const index = new Map<string, TopLevelTest[]>();
  const read = remembered(readProjectFile);
  const namesOfGolden = remembered((name: string) =>
    Array.from(read(`tests/golden/${name}`).matchAll(/"(\w{2,40})"/g), ([, word = '']) => `'${word}'`),
  );
  for (const file of projectFiles('tests/unit/core', new RegExp(`^tests/unit/core/(${FOLDERS})/.*\\.test\\.ts$`))) {
    const own = read(file);
    const helpers = Array.from(own.matchAll(/'#(tests\/unit\/core\/[^']+\.ts)'/g), ([, path = '']) => read(path));
    const imported = new Set([own, ...helpers].flatMap(importedNames));
    const parts = [own, ...helpers].flatMap(topLevel);
    const definitions = new Map(parts.flatMap((part) => definedNames(part).map((name) => [name, part] as const)));
    for (const part of topLevel(own).filter((each) => /^(?:test|describe)\b/.test(each))) {
      const text = withDefinitions(part, definitions);
      const golden = [...text.matchAll(/\bgolden\('([^']+)'\)/g)].flatMap(([, name = '']) => namesOfGolden(name));
      const words = [...text.matchAll(/'\w+'|\b\w+\b/g)].map(([word]) =>
        imported.has(word) ? `import ${word}` : word,
      );
      for (const word of new Set([...words, ...golden])) index.set(word, [...(index.get(word) ?? []), { file, text }]);
    }
  }
  return index;
}

/** Statements at the top of a file: each starts in the first column with a word. */
const topLevel = (text: string): string[] => text.split(/^(?=[a-z])/m);

function definedNames(part: string): string[] {
  const [, one, several] = /^(?:export )?(?:const|function) (?:(\w+)|([{[][^=]*[\]}])) ?/.exec(part) ?? [];
  return one === undefined ? (several?.match(/\w+/g) ?? []) : [one];
}

const importedNames = (text: string): string[] =>
  [...text.matchAll(/^import \{([^}]*)\}/gm)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []);

/** A statement with the definitions that it names, and those that they name. */
function withDefinitions(part: string, definitions: ReadonlyMap<string, string>): string {
  const parts = new Set([part]);
  for (const each of parts)
    for (const word of new Set(each.match(/\b\w+\b/g))) {
      const definition = word === '' ? undefined : definitions.get(word);
      if (definition !== undefined) parts.add(definition); // a set yields what is added while it is walked
    }
  return [...parts].join('\n');
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key) ?? compute(key);
    known.set(key, found);
    return found;
  };
}

/** The catalog in figures: operators of each kind, and how many of them each kind of truth holds. */
export function evidenceTable(operators: readonly OperatorEvidence[]): string {
  const kinds = [...new Set(operators.map(({ kind }) => kind))];
  const rows = [...kinds.map((kind) => operators.filter((each) => each.kind === kind)), operators].map((some, k) => {
    const counts = KINDS.map(([name]) => some.filter(({ evidence }) => evidence.includes(name)).length);
    return [kinds[k] ?? 'all', some.length, ...counts];
  });
  const head = ['kind', 'operators', ...KINDS.map(([name]) => name)];
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell) => String(cell).padEnd(13))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}
