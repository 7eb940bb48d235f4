import { isMap, isScalar, isSeq, type Document, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { canonicalJson } from '#core/pipeline/located.ts';

/**
 * A node that says `value`, made of `node` as far as that says the same already: parts that stay keep their comments,
 * their spelling and their layout. What is new is written on one line.
 */
export function mergedNode(document: Document.Parsed, node: unknown, value: unknown): Node {
  const written = asNode(node);
  if (written === null) return flowNode(document, value);
  if (same(document, written, value)) return written;
  if (isMap(written) && isRecord(value)) return mergedMap(document, written, value);
  if (isSeq(written) && Array.isArray(value)) return mergedList(document, written, value);
  if (Array.isArray(value)) return listAround(document, written, value);
  if (isSeq(written)) {
    const kept = written.items.find((item) => same(document, item, value));
    if (kept !== undefined) return asNode(kept) ?? flowNode(document, value);
  }
  const made = flowNode(document, value);
  Object.assign(made, commentsOf(written));
  return made;
}

/** Plain data as a node on one line. */
export function flowNode(document: Document.Parsed, value: unknown): Node {
  const node = document.createNode(value ?? null) as Node; // createNode makes a node of whatever it gets
  if (isMap(node) || isSeq(node)) node.flow = true;
  return node;
}

/** A node as plain data. */
export const plainOf = (document: Document.Parsed, node: unknown): unknown =>
  asNode(node)?.toJS(document) ?? (asNode(node) ? null : (node ?? null));

function mergedMap(document: Document.Parsed, map: YAMLMap, value: Readonly<Record<string, unknown>>): Node {
  for (const pair of [...map.items]) if (!(String(pair.key) in value)) map.delete(pair.key);
  for (const [key, part] of Object.entries(value)) {
    const pair = map.items.find((one) => String(one.key) === key);
    if (pair) pair.value = mergedNode(document, pair.value, part);
    else map.set(document.createNode(key), flowNode(document, part));
  }
  return map;
}

function mergedList(document: Document.Parsed, list: YAMLSeq, value: readonly unknown[]): Node {
  const free = [...list.items];
  const take = (at: number): unknown => free.splice(at, 1)[0];
  const equal = value.map((part) => {
    const at = free.findIndex((item) => same(document, item, part));
    return at < 0 ? undefined : take(at);
  });
  const before = [...list.items];
  list.items = value.map((part, index) => {
    if (equal[index] !== undefined) return equal[index];
    const at = free.indexOf(before[index]);
    return mergedNode(document, at < 0 ? undefined : take(at), part);
  });
  return list;
}

/** One value becomes a list of several: it stays as it is written where the list still has it. */
function listAround(document: Document.Parsed, node: Node, value: readonly unknown[]): Node {
  const list = document.createNode([]) as YAMLSeq; // an empty array makes a list
  list.items = value.map((part) => (same(document, node, part) ? node : flowNode(document, part)));
  if (isScalar(node) || !list.items.includes(node)) {
    // A comment inside a list on one line would break the line.
    Object.assign(list, commentsOf(node));
    Object.assign(node, { comment: null, commentBefore: null });
  }
  list.flow = !((isMap(node) || isSeq(node)) && node.flow !== true && list.items.includes(node));
  return list;
}

const asNode = (node: unknown): Node | null =>
  node !== null && typeof node === 'object' && 'toJS' in node ? (node as Node) : null; // only nodes have toJS

const same = (document: Document.Parsed, node: unknown, value: unknown): boolean =>
  canonicalJson(plainOf(document, node)) === canonicalJson(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const commentsOf = (node: {
  comment?: string | null;
  commentBefore?: string | null;
}): { comment?: string; commentBefore?: string } => ({
  ...(node.comment ? { comment: node.comment } : {}),
  ...(node.commentBefore ? { commentBefore: node.commentBefore } : {}),
});
