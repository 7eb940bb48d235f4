import {
  Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ToStringOptions,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

type Owner = Node | Pair;

interface Segment {
  /** Comment and blank lines directly above. */
  readonly lead: readonly string[];
  readonly body: readonly string[];
  /** How the owner was written in our own style when the text was read: still equal means untouched. */
  readonly canonical: string;
}

/** The lines of a text, each with the setting or step that it belongs to. */
export interface TextSegments {
  readonly head: readonly string[];
  readonly tail: readonly string[];
  readonly byOwner: ReadonlyMap<unknown, Segment>;
  readonly steps: YAMLSeq | null;
  /** Blanks before the dash of a step. */
  readonly indent: string;
  readonly options: ToStringOptions;
}

/**
 * Cuts a block-style document into the lines of its settings and steps, so that an edit rewrites the lines of what it
 * touches and no others. Null for layouts that lines cannot describe (flow style, several steps on one line).
 */
export function textSegments(source: string, document: Document.Parsed, options: ToStringOptions): TextSegments | null {
  const root: unknown = document.contents;
  const lines = source.split('\n');
  const lineOf = lineFinder(source);
  const owners: { owner: Owner; line: number }[] = [];
  const steps = stepsOf(root);
  if (isMap(root)) {
    if (root.flow) return null;
    for (const pair of root.items) {
      const start = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      if (start === undefined || (start > 0 && source[start - 1] !== '\n')) return null;
      owners.push({ owner: pair, line: lineOf(start) });
      if (steps !== null && pair.value === steps && !steps.flow) addItems(steps);
    }
  } else if (isSeq(root) && !root.flow) addItems(root);
  else return null;

  function addItems(seq: YAMLSeq): void {
    for (const item of seq.items) {
      const start =
        item !== null && typeof item === 'object' && 'range' in item ? (item as Node).range?.[0] : undefined; // parsed nodes carry ranges
      owners.push({ owner: item as Node, line: start === undefined ? -1 : lineOf(start) }); // a parsed list holds nodes
    }
  }
  const dashes = new Set<string>();
  for (const { owner, line } of owners) {
    if (isPair(owner)) continue;
    const dash = /^(\s*)- *(?=[^\s-]|-\S)/.exec(lines[line] ?? '');
    if (!dash) return null;
    dashes.add(dash[1] ?? '');
  }
  if (dashes.size > 1 || owners.some(({ line }, at) => at > 0 && line <= (owners[at - 1]?.line ?? -1))) return null;
  return { ...cut(lines, owners, options), steps, indent: [...dashes][0] ?? (isSeq(root) ? '' : '  '), options };
}

/** The list of steps of a document: under `pipeline` or `steps`, or the document itself. */
export function stepsOf(root: unknown): YAMLSeq | null {
  if (isSeq(root)) return root;
  if (!isMap(root)) return null;
  const found: unknown = root.get('pipeline') ?? root.get('steps');
  return isSeq(found) ? found : null;
}

function cut(
  lines: readonly string[],
  owners: readonly { owner: Owner; line: number }[],
  options: ToStringOptions,
): Pick<TextSegments, 'head' | 'tail' | 'byOwner'> {
  const isLoose = (line: string | undefined): boolean => line !== undefined && /^\s*(#.*)?$/.test(line);
  const leadStart = owners.map(({ line }, at) => {
    // Whatever stands above the first setting or step belongs to the document.
    if (at === 0) return line;
    let start = line;
    while (start - 1 > (owners[at - 1]?.line ?? -1) && isLoose(lines[start - 1])) start--;
    return start;
  });
  let end = lines.length;
  while (end - 1 > (owners.at(-1)?.line ?? -1) && isLoose(lines[end - 1])) end--;
  const byOwner = new Map<unknown, Segment>();
  owners.forEach(({ owner, line }, at) => {
    byOwner.set(owner, {
      lead: lines.slice(leadStart[at], line),
      body: lines.slice(line, leadStart[at + 1] ?? end),
      canonical: renderOwner(owner, options),
    });
  });
  return { head: lines.slice(0, owners[0]?.line ?? 0), tail: lines.slice(end), byOwner };
}

/** A setting or a step alone, in our own style, without the comments above it. */
export function renderOwner(owner: Owner, options: ToStringOptions): string {
  const document = new Document<Node, false>(null, { version: '1.2' });
  if (isPair(owner)) {
    const map = document.createNode({}) as YAMLMap; // an empty object makes a map
    map.flow = false;
    map.items.push(owner as Pair<never, never>); // any pair may stand in a map
    document.contents = map;
    return withoutLead(owner.key, () => document.toString(options).replace(/\n$/, ''));
  }
  document.contents = owner;
  return withoutLead(owner, () => document.toString(options).replace(/\n$/, ''));
}

/** The nodes whose comment stands above a step: itself, and the first key of a map. */
const commented = (node: unknown): Node[] =>
  [node, isMap(node) ? node.items[0]?.key : undefined].filter(
    (target): target is Node => typeof target === 'object' && target !== null && 'commentBefore' in target,
  );

/** The comment above a step that comes from inside another one. */
const leadOf = (owner: Owner, indent: string): string[] =>
  isPair(owner)
    ? []
    : commented(owner).flatMap(({ commentBefore }) =>
        commentBefore ? commentBefore.split('\n').map((line) => (line === '' ? '' : `${indent}#${line}`)) : [],
      );

function withoutLead(node: unknown, render: () => string): string {
  const targets = commented(node);
  const kept = targets.map((target) => target.commentBefore);
  for (const target of targets) target.commentBefore = null;
  try {
    return render();
  } finally {
    targets.forEach((target, index) => (target.commentBefore = kept[index] ?? null));
  }
}

/** The text after a change to the document that `segments` came from. `stoodFor` names the step that a new one replaced. */
export function joinSegments(
  segments: TextSegments,
  document: Document.Parsed,
  stoodFor: ReadonlyMap<unknown, unknown>,
): string | null {
  const root: unknown = document.contents;
  const out: string[] = [...segments.head];
  const pushItems = (seq: YAMLSeq): void => {
    for (const item of seq.items as Owner[]) out.push(...ownerLines(item, segments, stoodFor, segments.indent)); // nodes, as above
  };
  if (isSeq(root)) {
    if (root.items.length === 0) return null;
    pushItems(root);
  } else if (isMap(root)) {
    for (const pair of root.items) {
      const known = segments.byOwner.get(pair);
      if (
        segments.steps !== null &&
        pair.value === segments.steps &&
        known &&
        !segments.steps.flow &&
        segments.steps.items.length > 0
      ) {
        out.push(...known.lead, ...known.body);
        pushItems(segments.steps);
      } else out.push(...ownerLines(pair as Pair, segments, stoodFor, null)); // pairs of any key and value
    }
  } else return null;
  return [...out, ...segments.tail].join('\n');
}

function ownerLines(
  owner: Owner,
  segments: TextSegments,
  stoodFor: ReadonlyMap<unknown, unknown>,
  indent: string | null,
): readonly string[] {
  const known = segments.byOwner.get(owner);
  const lead =
    known?.lead ?? segments.byOwner.get(stoodFor.get(owner))?.lead ?? (indent === null ? [] : leadOf(owner, indent));
  const canonical = renderOwner(owner, segments.options);
  if (known?.canonical === canonical) return [...lead, ...known.body];
  const lines = canonical.split('\n');
  if (indent === null) return [...lead, ...lines];
  return [
    ...lead,
    ...lines.map((line, at) => (at === 0 ? `${indent}- ${line}` : line === '' ? '' : `${indent}  ${line}`)),
  ];
}

function lineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
