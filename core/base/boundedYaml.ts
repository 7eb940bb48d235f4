import { Composer, CST, isAlias, isMap, isScalar, Lexer, Parser, visit, YAMLParseError } from 'yaml';
import type { Document, DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';

/** What a YAML text may not exceed. */
export interface YamlLimits {
  readonly characters: number;
  /** Lists and maps inside each other. */
  readonly levels: number;
  /** References to an anchor; each may stand for a large part of the document. */
  readonly aliases: number;
}

/**
 * Far beyond any real document. Two million brackets take 600 MB while they are read, and deeper nesting would end the
 * stack, which the parser cannot survive.
 */
export const yamlLimits: YamlLimits = { characters: 2_000_000, levels: 100, aliases: 1_000 };

export type BoundedYaml =
  | { readonly document: Document.Parsed; readonly refused?: undefined }
  /** `refused`: which limit, as a sentence; `offset`: the character at which it was passed. */
  | { readonly document?: undefined; readonly refused: string; readonly offset: number };

type YamlOptions = ParseOptions & DocumentOptions & SchemaOptions;

/**
 * Reads one YAML (or JSON) document that may be hostile: sizes first, in time and memory that grow with the text alone.
 * Mistakes of the text stand in `document.errors`, as `parseDocument` of the library has them.
 */
export function boundedYaml(text: string, options: YamlOptions = {}, limits: YamlLimits = yamlLimits): BoundedYaml {
  if (text.length > limits.characters)
    return { refused: `it is longer than ${limits.characters.toLocaleString('en-GB')} characters.`, offset: 0 };
  const tokens: CST.Token[] = [];
  // The library's own loop, with a look at how deep it stands; what it makes of the tokens calls itself for each level.
  const parser = new Parser(options.lineCounter?.addNewLine);
  if (options.lineCounter) options.lineCounter.addNewLine(0);
  let aliases = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    const { offset } = parser;
    // A level of block style takes two places, a list in a map.
    if (parser.stack.length > limits.levels * 2)
      return { refused: `it is nested more than ${limits.levels} levels deep.`, offset };
    if (!inScalar && lexeme.startsWith('*') && ++aliases > limits.aliases)
      return { refused: `it has more than ${limits.aliases.toLocaleString('en-GB')} references (*name).`, offset };
    inScalar = lexeme === CST.SCALAR;
  }
  for (const token of parser.end()) tokens.push(token);
  const [document, second] = composed(tokens, options, text.length);
  if (document === undefined) return { refused: 'it holds no document.', offset: 0 };
  if (second !== undefined) {
    const [from, to] = second.range;
    document.errors.push(new YAMLParseError([from, to], 'MULTIPLE_DOCS', 'There are several documents in one text'));
  }
  document.errors.splice(MOST_MISTAKES);
  if (document.errors.length === 0) reportMistakes(document);
  return { document };
}

/** A text of brackets has a mistake for each letter; nobody reads a hundred, and each would note where it arose. */
const MOST_MISTAKES = 100;

function composed(tokens: readonly CST.Token[], options: YamlOptions, length: number): Document.Parsed[] {
  // A setting of V8, which the language itself does not know.
  const errors = Error as { stackTraceLimit?: number | undefined };
  const traced = errors.stackTraceLimit;
  errors.stackTraceLimit = 0;
  try {
    const documents = new Composer({ ...options, uniqueKeys: false }).compose(tokens, true, length);
    return [...documents] as Document.Parsed[]; // of tokens, not of nodes made by hand
  } finally {
    errors.stackTraceLimit = traced;
  }
}

/**
 * What the library leaves to others: keys that stand twice (it would compare every key of a map with every other one,
 * which 20,000 keys make slow), and references to nothing.
 */
function reportMistakes(document: Document.Parsed): void {
  const anchors = new Set<string>();
  const mistake = (range: readonly number[] | null | undefined, code: 'DUPLICATE_KEY' | 'BAD_ALIAS', text: string) =>
    document.errors.push(new YAMLParseError([range?.[0] ?? 0, range?.[1] ?? 0], code, text));
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        if (!anchors.has(node.source))
          mistake(node.range, 'BAD_ALIAS', `There is no &${node.source} above *${node.source}`);
      } else if (node.anchor !== undefined) {
        anchors.add(node.anchor);
        // Such a name can be read, and not be written again.
        if (/[\0-\x19\s,[\]{}]/.test(node.anchor))
          mistake(node.range, 'BAD_ALIAS', 'An anchor (&name) is letters and digits');
      }
      if (!isMap(node)) return;
      const seen = new Set<unknown>();
      for (const { key } of node.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) mistake(key.range, 'DUPLICATE_KEY', 'Map keys must be unique');
        seen.add(key.value);
      }
    },
  });
}

/**
 * The same as plain data, or the first mistake as a sentence. References are few, and may stand for a hundred times as
 * much in all (`bomb`: billions of elements written with a handful of letters).
 */
export function boundedYamlData(text: string, options: YamlOptions = {}, limits: YamlLimits = yamlLimits): YamlData {
  const read = boundedYaml(text, options, limits);
  if (read.document === undefined) return { problem: read.refused };
  const [error] = read.document.errors;
  if (error !== undefined) return { problem: error.message };
  const [warning] = read.document.warnings;
  if (warning !== undefined) return { problem: warning.message };
  try {
    return { data: read.document.toJS({ maxAliasCount: MOST_REPEATS }) as unknown };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error; // how the library says it
    return { problem: 'it repeats parts of itself too often (YAML references).' };
  }
}

export type YamlData = { readonly data: unknown; readonly problem?: undefined } | { readonly problem: string };

const MOST_REPEATS = 100;
