import { isAlias, isMap, isScalar, isSeq, LineCounter, visit, type Document, type Node, type ParsedNode } from 'yaml';
import { boundedYaml, type YamlLimits } from '#core/base/boundedYaml.ts';
import {
  listAt,
  mapAt,
  pathKey,
  scalarAt,
  type DocPath,
  type Located,
  type LocatedEntry,
} from '#core/pipeline/located.ts';
import { prepareSource, type TextFormat } from '#core/pipeline/prepareSource.ts';

/** A problem of the text itself, at character offsets. */
export interface TextProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly offsets: readonly [number, number];
}

export interface ReadText {
  /** Null when the text is empty or no YAML at all. */
  readonly root: Located | null;
  readonly problems: readonly TextProblem[];
  /** 1-based line and column of a character offset. */
  position(offset: number): { line: number; column: number };
  /** Character offsets of the part at a path, or of its nearest ancestor that was written down. */
  range(path: DocPath): readonly [number, number];
}

/**
 * The options under which every document of the language is read: YAML 1.2, no custom tags, no duplicate keys. Keys are
 * text, also those that look like numbers (a lane for the year 2021), so that a path finds them as it names them.
 */
export const parseOptions = {
  version: '1.2',
  schema: 'core',
  strict: true,
  prettyErrors: false,
  resolveKnownTags: false,
  stringKeys: true,
} as const;

/** YAML, or JSON (with or without comments), as located data. Tags are refused, aliases are limited, nothing executes. */
export function readText(text: string, format?: TextFormat): ReadText {
  const lineCounter = new LineCounter();
  const ranges = new Map<string, readonly [number, number]>();
  const places = {
    position(offset: number) {
      const { line, col } = lineCounter.linePos(Math.max(0, Math.min(offset, text.length)));
      return { line: Math.max(1, line), column: Math.max(1, col) };
    },
    range(path: DocPath): readonly [number, number] {
      for (let length = path.length; length >= 0; length--) {
        const found = ranges.get(pathKey(path.slice(0, length)));
        if (found) return found;
      }
      return [0, 0];
    },
  };
  // Before anything else looks at it: a text that is too long is not even scanned for comments.
  const source = text.length > documentLimits.characters ? text : prepareSource(text, format);
  const read = boundedYaml(source, { ...parseOptions, lineCounter }, documentLimits);
  if (read.document === undefined) return { root: null, problems: [tooLarge(read.refused, read.offset)], ...places };
  const { document } = read;
  const problems: TextProblem[] = [
    ...document.errors.map((error) => textProblem('pipeline.syntax', error.message, error.pos)),
    ...document.warnings.map((warning) =>
      textProblem(
        'pipeline.tag',
        `${warning.message}. Tags are not part of the pipeline language; write plain values.`,
        warning.pos,
      ),
    ),
  ];
  const walk = locator(document, ranges, problems);
  const root = document.contents === null || document.errors.length > 0 ? null : walk(document.contents, [], 0);
  return { root, problems, ...places };
}

const tooLarge = (refused: string, offset: number): TextProblem => ({
  severity: 'error',
  code: 'pipeline.too-large',
  message: `The document cannot be read: ${refused}`,
  offsets: [offset, offset],
});

const textProblem = (code: string, message: string, pos: readonly [number, number]): TextProblem => ({
  severity: 'error',
  code,
  message: message.replace(/\s+at line \d+, column \d+:?\s*$/, '').trim(),
  offsets: pos,
});

type Walk = (node: Node | ParsedNode | null | undefined, path: DocPath, depth: number) => Located;

function locator(
  document: Document.Parsed,
  ranges: Map<string, readonly [number, number]>,
  problems: TextProblem[],
): Walk {
  const targets = aliasTargets(document);
  let parts = 0;
  let characters = 0;
  let refused = false;
  const refuse = (message: string, offsets: readonly [number, number], path: DocPath): Located => {
    if (!refused) problems.push({ severity: 'error', code: 'pipeline.too-large', message, offsets });
    refused = true;
    return scalarAt(path, null);
  };
  const walk: Walk = (node, path, depth) => {
    const offsets: readonly [number, number] = node?.range ? [node.range[0], node.range[1]] : [0, 0];
    if (refused) return scalarAt(path, null);
    characters += path.reduce<number>((sum, key) => sum + (typeof key === 'string' ? key.length : 1), 0);
    if (characters > MOST_PATH_CHARACTERS) return refuse('The names in the document are too long.', offsets, path);
    if (node?.range) ranges.set(pathKey(path), offsets);
    if (++parts > MOST_PARTS)
      return refuse(`The document has more than ${MOST_PARTS.toLocaleString('en')} parts.`, offsets, path);
    if (depth > MOST_LEVELS)
      return refuse(`The document is nested more than ${MOST_LEVELS} levels deep.`, offsets, path);
    if (isAlias(node)) return walk(targets.get(node), path, depth + 1);
    if (isSeq<ParsedNode>(node))
      return listAt(
        path,
        node.items.map((item, index) => walk(item, [...path, index], depth + 1)),
      );
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const entries: LocatedEntry[] = node.items.map((pair) => {
        const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        const keyPath = [...path, key];
        const value = walk(pair.value, keyPath, depth + 1);
        // A problem of a value is shown with its key, which alone says what the value is.
        const start = pair.key.range?.[0];
        const end = pair.value?.range?.[1] ?? pair.key.range?.[1];
        if (start !== undefined && end !== undefined) ranges.set(pathKey(keyPath), [start, end]);
        return { key, value };
      });
      return mapAt(path, entries);
    }
    const value = isScalar(node) ? node.value : null;
    return scalarAt(
      path,
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null,
    );
  };
  return walk;
}

/** What each alias stands for: the last part with its anchor above it. All at once, as each search reads the document. */
function aliasTargets(document: Document.Parsed): Map<Node, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined && node.anchor !== '') anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Far beyond any real pipeline; an alias bomb passes it within milliseconds. */
const MOST_PARTS = 100_000;
const MOST_LEVELS = 60;
/** Every part remembers its path: a long name counts once for each part below it. */
const MOST_PATH_CHARACTERS = 20_000_000;
/** A megabyte, as the window may send; references are for a handful of repeated steps. */
export const documentLimits: YamlLimits = { characters: 1_000_000, levels: MOST_LEVELS + 4, aliases: 1_000 };
