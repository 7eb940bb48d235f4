import { isMap, isSeq, type Document, type Node, type ToStringOptions } from 'yaml';
import { boundedYaml } from '#core/base/boundedYaml.ts';
import { EngineError } from '#core/base/errors.ts';
import { canonicalJson } from '#core/pipeline/located.ts';
import { prepareSource } from '#core/pipeline/prepareSource.ts';
import { documentLimits, parseOptions } from '#core/pipeline/readText.ts';
import { joinSegments, textSegments } from '#core/pipeline/textSegments.ts';

/** A document that is being changed. */
export interface OpenText {
  readonly document: Document.Parsed;
  /** Puts a node in the place of another; comments above it stay. */
  replaceItem(list: { items: unknown[] }, index: number, node: Node): void;
}

/**
 * Applies a change to a document's text. Lines that the change does not touch stay as they are, byte for byte; plain
 * JSON stays JSON, with its own indentation. Throws `pipeline.edit` when the text cannot be read.
 */
export function editText(text: string, what: string, change: (open: OpenText) => void): string {
  const source = prepareSource(text);
  const { document, refused } = boundedYaml(source, parseOptions, documentLimits);
  const mistake = refused ?? document?.errors[0]?.message;
  if (document === undefined || mistake !== undefined)
    throw new EngineError('pipeline.edit', {
      what,
      reason: `the text has a mistake (${mistake ?? ''}). Correct it in the text view first.`,
    });
  const json = plainJsonIndent(text);
  const options = styleOf(source);
  const segments = json === null ? textSegments(source, document, options) : null;
  const stoodFor = new Map<unknown, unknown>();
  change({
    document,
    replaceItem: (list, index, node) => {
      stoodFor.set(node, list.items[index]);
      list.items[index] = node;
    },
  });
  const data = plainData(document, what);
  if (json !== null) return JSON.stringify(data, null, json) + (text.endsWith('\n') ? '\n' : '');
  const kept = segments && joinSegments(segments, document, stoodFor);
  // The lines kept are right in every layout we know; in one that we do not, the whole document is written afresh.
  if (typeof kept === 'string' && means(kept, data)) return kept;
  return document.toString(options);
}

/** An alias whose anchor went has nothing to repeat any more. */
function plainData(document: Document.Parsed, what: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 1_000 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new EngineError('pipeline.edit', {
      what,
      reason: 'another part of the document repeats it (YAML alias). Change that first, or edit the text.',
    });
  }
}

function means(text: string, data: unknown): boolean {
  const { document } = boundedYaml(text, parseOptions, documentLimits);
  return (
    document?.errors.length === 0 && canonicalJson(document.toJS({ maxAliasCount: 1_000 })) === canonicalJson(data)
  );
}

/** The indentation of a text that is plain JSON, or null for YAML. */
function plainJsonIndent(text: string): string | number | null {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null; // flow-style YAML, or JSON with comments
  }
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? 0;
}

/** Our own style, with the indentation of the text. */
function styleOf(source: string): ToStringOptions {
  const indent = /\n( +)\S/.exec(source)?.[1]?.length ?? 2;
  const dash = /^(?:pipeline|steps):.*\n(?:\s*(?:#.*)?\n)*( *)- /m.exec(source);
  return {
    lineWidth: 0,
    flowCollectionPadding: false,
    verifyAliasOrder: false,
    indent: Math.max(2, Math.min(8, indent)),
    indentSeq: (dash?.[1] ?? '  ') !== '',
  };
}

/** A step as a node in the style of the presets: one line, alternatives and lanes one line each. */
export function stepNodeOf(document: Document.Parsed, step: unknown): Node {
  const node = document.createNode(step ?? null) as Node; // createNode makes a node of whatever it gets
  styleStep(node);
  return node;
}

function styleStep(node: unknown): void {
  if (isSeq(node)) {
    node.flow = true;
    return;
  }
  if (!isMap(node)) return;
  node.flow = false;
  for (const pair of node.items) {
    const key = String(pair.key);
    if (blockKeys.has(key) && isSeq(pair.value)) for (const item of pair.value.items) styleStep(item);
    else if (isMap(pair.value) || isSeq(pair.value)) pair.value.flow = true;
  }
}
const blockKeys: ReadonlySet<string> = new Set(['_or_', '_chain_', '_cartesian_', 'branch', '_disabled_']);
