import { isAlias, isMap, isScalar, isSeq, YAMLMap, type Document, type Node, type YAMLSeq } from 'yaml';
import { EngineError } from '#core/base/errors.ts';
import { editText, stepNodeOf, type OpenText } from '#core/pipeline/editText.ts';
import { documentKeys, DISABLED, isComment, isGeneratorKeyword, isStepKeyword } from '#core/pipeline/keywords.ts';
import { canonicalJson, fromPlain, toPlain, type DocPath } from '#core/pipeline/located.ts';
import { flowNode, mergedNode, plainOf } from '#core/pipeline/mergedNode.ts';
import { generatorSpace } from '#core/pipeline/generatorSpace.ts';
import { stepsOf } from '#core/pipeline/textSegments.ts';

/** A sweep of one parameter, as the builder offers it. */
export type Sweep =
  | { readonly kind: 'list'; readonly values: readonly unknown[] }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly kind: 'log'; readonly from: number; readonly to: number; readonly num: number };

/** Puts a step at a place: `['pipeline', 2]` makes it the third one. */
export const insertStep = (text: string, at: DocPath, step: unknown): string =>
  editText(text, 'Adding a step', (open) => {
    const list = listAtPath(open, at.slice(0, -1), 'Adding a step');
    list.items.splice(indexOf(at, list.items.length), 0, stepNodeOf(open.document, step));
    // An empty document becomes one with a line for each step; a lane stays on its line.
    if (at.length <= 2) list.flow &&= list.items.length > 1;
  });

export const removeStep = (text: string, path: DocPath): string =>
  editText(text, 'Removing a step', (open) => {
    const list = listAtPath(open, path.slice(0, -1), 'Removing a step');
    list.items.splice(existing(list, path, 'Removing a step'), 1);
  });

/** Takes a step out and puts it at `to`, a place in the document without it. */
export const moveStep = (text: string, from: DocPath, to: DocPath): string =>
  editText(text, 'Moving a step', (open) => {
    const source = listAtPath(open, from.slice(0, -1), 'Moving a step');
    const [item] = source.items.splice(existing(source, from, 'Moving a step'), 1);
    const target = listAtPath(open, to.slice(0, -1), 'Moving a step');
    target.items.splice(indexOf(to, target.items.length), 0, item);
  });

/** Puts another step in the place of one. */
export const replaceStep = (text: string, path: DocPath, step: unknown): string =>
  editText(text, 'Replacing a step', (open) =>
    replaceAt(open, path, stepNodeOf(open.document, step), 'Replacing a step'),
  );

/** Sets a parameter of the operator at `path`, in whichever spelling it is written; undefined goes back to the default. */
export const setParam = (text: string, path: DocPath, name: string, value: unknown): string =>
  editText(text, 'Setting a parameter', (open) => setParamIn(open, path, name, value));

export const setSweep = (text: string, path: DocPath, name: string, sweep: Sweep): string =>
  setParam(text, path, name, sweepValue(sweep));

/** Replaces a sweep by one value: the first of the sweep, unless another is given. */
export const clearSweep = (text: string, path: DocPath, name: string, value?: unknown): string =>
  editText(text, 'Ending a sweep', (open) => {
    const current = open.document.getIn([...paramsPath(open.document, path, name), name], true);
    const space = generatorSpace(fromPlain(plainOf(open.document, current)), { seed: 0, problem: () => undefined });
    setParamIn(open, path, name, value ?? (space.count > 0n ? toPlain(space.at(0n).value) : undefined));
  });

/** Switches a step off (it is kept as `{_disabled_: step}`) or on again. */
export const setEnabled = (text: string, path: DocPath, on: boolean): string =>
  editText(text, 'Switching a step', (open) => {
    const node = open.document.getIn(path, true);
    const inner = isMap(node) ? node.get(DISABLED, true) : undefined;
    if (on && inner) replaceAt(open, path, inner as Node, 'Switching a step'); // kept nodes are nodes
    if (on || inner || node === undefined) return;
    const off = new YAMLMap(open.document.schema);
    off.set(open.document.createNode(DISABLED), node);
    replaceAt(open, path, off, 'Switching a step');
  });

/** Makes the step at `path` a choice between steps (`null`: none). One alternative is no choice and stands alone. */
export const setAlternatives = (text: string, path: DocPath, steps: readonly unknown[]): string =>
  editText(text, 'Setting alternatives', (open) => {
    const { document } = open;
    const [only] = steps;
    if (steps.length === 0)
      throw new EngineError('pipeline.edit', { what: 'Setting alternatives', reason: 'there must be at least one.' });
    const node = document.getIn(path, true);
    const before = isMap(node) ? node.get('_or_', true) : undefined;
    // Alternatives that stay keep their comments.
    const kept = new Map(
      isSeq(before) ? before.items.map((item) => [canonicalJson(plainOf(document, item)), item as Node]) : [],
    ); // a list holds nodes
    const nodeOf = (step: unknown): Node => kept.get(canonicalJson(step)) ?? stepNodeOf(document, step);
    // What else the choice says (pick, weights, a comment) would go with it.
    const alone = steps.length === 1 && !(isMap(node) && node.items.length > 1);
    if (alone) replaceAt(open, path, nodeOf(only), 'Setting alternatives');
    else if (isSeq(before)) before.items = steps.map(nodeOf);
    else {
      const choice = stepNodeOf(document, { _or_: [...steps] });
      replaceAt(open, path, choice, 'Setting alternatives');
    }
  });

/** Sets a setting of the document (`name`, `metric`, `refit` …); undefined removes it. */
export const setDocumentKey = (text: string, key: (typeof documentKeys)[number], value: unknown): string =>
  editText(text, `Setting ${key}`, ({ document }) => {
    const root: unknown = document.contents;
    if (value === undefined) {
      if (isMap(root)) root.delete(key);
      return;
    }
    if (isSeq(root)) {
      // A bare list gets settings: it moves under "pipeline".
      const map = new YAMLMap(document.schema);
      map.set('pipeline', root);
      document.contents = map as unknown as typeof document.contents; // a map of parsed and new nodes serves as well
    } else if (!isMap(root)) document.contents = document.createNode({}) as unknown as typeof document.contents;
    const map: unknown = document.contents;
    if (!isMap(map)) return;
    const known = map.items.find((pair) => String(pair.key) === key);
    if (known) known.value = mergedNode(document, known.value, value);
    else {
      const order = (name: string): number => (documentKeys as readonly string[]).indexOf(name);
      const place =
        key === 'name'
          ? 0
          : map.items.findIndex(
              (pair) => ['pipeline', 'steps'].includes(String(pair.key)) || order(String(pair.key)) > order(key),
            );
      const pair = document.createPair(key, value);
      pair.value = flowNode(document, value);
      map.items.splice(place < 0 ? map.items.length : place, 0, pair);
    }
  });

export const setName = (text: string, name: string): string => setDocumentKey(text, 'name', name);

/** The generator of a sweep, as it is written into a document. */
export function sweepValue(sweep: Sweep): unknown {
  switch (sweep.kind) {
    case 'list':
      return { _or_: [...sweep.values] };
    case 'range':
      return { _range_: sweep.step === 1 ? [sweep.from, sweep.to] : [sweep.from, sweep.to, sweep.step] };
    case 'log':
      return { _log_range_: [sweep.from, sweep.to, sweep.num] };
  }
}

function setParamIn(open: OpenText, path: DocPath, name: string, value: unknown): void {
  const { document } = open;
  const what = 'Setting a parameter';
  const place = paramsPath(document, path, name);
  const holder = document.getIn(place, true);
  if (isMap(holder)) {
    const known = holder.items.find((pair) => String(pair.key) === name);
    if (value === undefined) holder.delete(name);
    else if (known) known.value = mergedNode(document, known.value, value);
    else holder.set(document.createNode(name), flowNode(document, value));
    if (holder.items.length === 0) collapse(open, place);
    return;
  }
  if (value === undefined) return;
  const params = flowNode(document, { [name]: value });
  if (place.length > path.length || isMap(document.getIn(path, true))) {
    // `{PLS: null}`, `{class: …}` without params, or a name under a keyword.
    const written = document.getIn(place, true);
    if (isScalar(written) && typeof written.value === 'string')
      replaceAt(open, place, named(document, written, params, true), what);
    else document.setIn(place, params);
    return;
  }
  const written = document.getIn(path, true);
  if (!isScalar(written) || typeof written.value !== 'string')
    throw new EngineError('pipeline.edit', { what, reason: 'the step is not an operator.' });
  replaceAt(open, path, named(document, written, params, false), what);
}

/** `SNV` and its parameters: `SNV: {ddof: 1}`. */
function named(
  document: Document.Parsed,
  written: { value: unknown; comment?: string | null },
  params: Node,
  flow: boolean,
): Node {
  const map = new YAMLMap(document.schema);
  map.flow = flow;
  if (written.comment) params.comment = written.comment;
  map.set(document.createNode(String(written.value)), params);
  return map;
}

/** An operator whose last parameter went is written by its name alone. */
function collapse(open: OpenText, place: DocPath): void {
  const { document } = open;
  const parentPath = place.slice(0, -1);
  const parent = document.getIn(parentPath, true);
  const key = place.at(-1);
  if (!isMap(parent) || key === undefined) return;
  if (parent.has('class')) parent.delete(key);
  else if (parent.items.length === 1 && typeof key === 'string' && !isStepKeyword(key))
    replaceAt(open, parentPath, document.createNode(key), 'Setting a parameter');
}

/** The place of the map that holds an operator's parameters, whether it exists yet or not. */
function paramsPath(document: Document.Parsed, path: DocPath, name: string): DocPath {
  const node = document.getIn(path, true);
  if (isAlias(node))
    throw new EngineError('pipeline.edit', {
      what: 'Setting a parameter',
      reason: 'the step repeats another one (YAML alias). Change the first one, or edit the text.',
    });
  if (!isMap(node)) return path;
  if (node.has('class')) return [...path, 'params'];
  if (node.has(DISABLED)) return paramsPath(document, [...path, DISABLED], name);
  const keys = node.items.map((pair) => String(pair.key)).filter((key) => !isComment(key));
  const keyword = keys.find(isStepKeyword);
  if (keyword === 'model' && node.has(name) && name !== 'model') return path;
  if (keyword) return paramsPath(document, [...path, keyword], name);
  const [only] = keys;
  if (only === undefined || isGeneratorKeyword(only) || keys.length > 1)
    throw new EngineError('pipeline.edit', {
      what: 'Setting a parameter',
      reason: 'the step is not one operator. Open the alternative that is meant, or edit the text.',
    });
  return [...path, only];
}

function replaceAt(open: OpenText, path: DocPath, node: Node, what: string): void {
  const parent = open.document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (isSeq(parent) && typeof key === 'number' && key < parent.items.length) open.replaceItem(parent, key, node);
  else if (isMap(parent) && key !== undefined) parent.set(key, node);
  else throw new EngineError('pipeline.edit', { what, reason: `there is no step at ${path.join('.')}.` });
}

function listAtPath({ document }: OpenText, path: DocPath, what: string): YAMLSeq {
  const found = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isSeq(found)) return found;
  const steps = stepsOf(document.contents);
  // An empty document, or "pipeline:" with nothing under it, gets its list.
  if (path.length <= 1 && steps === null) {
    const list = document.createNode([]) as YAMLSeq; // an empty array makes a list
    list.flow = false;
    const root: unknown = document.contents;
    if (isMap(root)) root.set(path[0] ?? 'pipeline', list);
    else {
      const map = new YAMLMap(document.schema);
      map.set(path[0] ?? 'pipeline', list);
      document.contents = map as unknown as typeof document.contents; // as in setDocumentKey
    }
    return list;
  }
  throw new EngineError('pipeline.edit', {
    what,
    reason: `there is no list of steps at ${path.join('.') || 'the top'}.`,
  });
}

const indexOf = (path: DocPath, length: number): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? Math.max(0, Math.min(last, length)) : length;
};

function existing(list: YAMLSeq, path: DocPath, what: string): number {
  const index = path.at(-1);
  if (typeof index === 'number' && index >= 0 && index < list.items.length) return index;
  throw new EngineError('pipeline.edit', { what, reason: `there is no step at ${path.join('.')}.` });
}
