import { isMap, isScalar, isSeq, YAMLMap, YAMLSeq, type Document, type Node, type Pair } from 'yaml';
import { EngineError } from '#core/base/errors.ts';
import { editText, type OpenText } from '#core/pipeline/editText.ts';
import { isReservedLaneName, isLaneKey } from '#core/pipeline/laneKeys.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { flowNode } from '#core/pipeline/mergedNode.ts';

/** Puts a lane at a place among the lanes at `lanesPath`; `name` counts only where lanes have names. */
export const insertLane = (
  text: string,
  lanesPath: DocPath,
  index: number,
  name: string,
  steps: readonly unknown[],
): string =>
  editText(text, 'Adding a lane', (open) => {
    const { document } = open;
    const lanes = lanesAt(open, lanesPath, 'Adding a lane');
    if (isSeq(lanes)) lanes.items.splice(index, 0, flowNode(document, [...steps]));
    else {
      checkName(lanes, name, null);
      const pair = document.createPair(name, null) as Pair;
      pair.value = flowNode(document, [...steps]);
      lanes.items.splice(placeOf(lanes, index), 0, pair as (typeof lanes.items)[number]);
    }
  });

export const removeLane = (text: string, lanesPath: DocPath, index: number): string =>
  editText(text, 'Removing a lane', (open) => {
    const lanes = lanesAt(open, lanesPath, 'Removing a lane');
    lanes.items.splice(existing(lanes, index, 'Removing a lane'), 1);
  });

/** Takes a lane out and makes it the one at `to`, counted without it. */
export const moveLane = (text: string, lanesPath: DocPath, from: number, to: number): string =>
  editText(text, 'Moving a lane', (open) => {
    const lanes = lanesAt(open, lanesPath, 'Moving a lane');
    if (isSeq(lanes)) lanes.items.splice(to, 0, ...lanes.items.splice(existing(lanes, from, 'Moving a lane'), 1));
    else {
      const [pair] = lanes.items.splice(existing(lanes, from, 'Moving a lane'), 1);
      if (pair) lanes.items.splice(placeOf(lanes, to), 0, pair);
    }
  });

/**
 * Names a lane. Lanes of a list all get names then: the ones in `others`, which are what they are called without names.
 */
export const renameLane = (
  text: string,
  lanesPath: DocPath,
  index: number,
  name: string,
  others: readonly string[],
): string =>
  editText(text, 'Naming a lane', (open) => {
    const { document } = open;
    const lanes = lanesAt(open, lanesPath, 'Naming a lane');
    if (isMap(lanes)) {
      const pair = lanes.items[existing(lanes, index, 'Naming a lane')];
      checkName(lanes, name, String(pair?.key));
      if (pair && isScalar(pair.key)) pair.key.value = name;
      return;
    }
    const named = new YAMLMap(document.schema);
    named.flow = lanes.flow ?? false;
    lanes.items.forEach((item, k) => addNamed(document, named, k === index ? name : (others[k] ?? ''), item as Node)); // a list holds nodes
    copyComments(lanes, named);
    putAt(open, lanesPath, named, 'Naming a lane');
  });

/** Makes a lane that is one step, or nothing, a list of steps, so that more can be put into it. */
export const openLane = (text: string, path: DocPath): string =>
  editText(text, 'Changing a lane', (open) => {
    const { document } = open;
    const node: unknown = document.getIn(path, true);
    if (isSeq(node)) return;
    const list = new YAMLSeq(document.schema);
    list.flow = true;
    const isEmpty = node === undefined || node === null || (isScalar(node) && node.value === null);
    if (!isEmpty) list.items.push(node);
    putAt(open, path, list, 'Changing a lane');
  });

const checkName = (lanes: YAMLMap, name: string, own: string | null): void => {
  const refuse = (reason: string): never => {
    throw new EngineError('pipeline.edit', { what: 'Naming a lane', reason });
  };
  if (name.trim() === '') refuse('it needs a name.');
  if (isReservedLaneName(name)) refuse(`“${name}” means something else in a branch. Choose another name.`);
  if (name !== own && lanes.items.some((pair) => String(pair.key) === name))
    refuse(`another lane is called “${name}” already.`);
};

/**
 * Adds a lane to a map. `above` is the comment that stood above its name; of a lane that had none, the comment above
 * the lane itself becomes that.
 */
export function addNamed(
  document: Document.Parsed,
  map: YAMLMap,
  name: string,
  node: Node | null,
  above: string | null = null,
): void {
  const isFirst = map.items.length === 0;
  checkName(map, name, null);
  const key = document.createNode(name);
  const lane = node ?? flowNode(document, []);
  let comment = above;
  if (comment === null && lane.commentBefore) {
    comment = lane.commentBefore;
    lane.commentBefore = null;
  }
  // Above the first key a comment would belong to the whole map.
  if (isFirst && comment) map.commentBefore = comment;
  else if (comment) key.commentBefore = comment;
  map.set(key, lane);
}

/** The list or map of lanes at a place. */
export function lanesAt({ document }: OpenText, path: DocPath, what: string): YAMLMap | YAMLSeq {
  const found = document.getIn(path, true);
  if (isMap(found) || isSeq(found)) return found;
  throw new EngineError('pipeline.edit', { what, reason: `there are no lanes at ${path.join('.')}.` });
}

const laneItems = (lanes: YAMLMap | YAMLSeq): number[] =>
  isSeq(lanes)
    ? lanes.items.map((_, at) => at)
    : lanes.items.flatMap((pair, at) => (isLaneKey(String(pair.key)) ? [at] : []));

/** Where lane `index` stands, or the end. */
const placeOf = (lanes: YAMLMap, index: number): number => laneItems(lanes)[index] ?? lanes.items.length;

function existing(lanes: YAMLMap | YAMLSeq, index: number, what: string): number {
  const at = laneItems(lanes)[index];
  if (at !== undefined) return at;
  throw new EngineError('pipeline.edit', { what, reason: `there is no lane ${index + 1}.` });
}

/** Puts a node in the place of whatever stands at a path. */
export function putAt(open: OpenText, path: DocPath, node: Node, what: string): void {
  const parent = open.document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (isSeq(parent) && typeof key === 'number' && key < parent.items.length) open.replaceItem(parent, key, node);
  else if (isMap(parent) && key !== undefined) {
    const pair = parent.items.find((one) => String(one.key) === String(key));
    if (pair) pair.value = node;
    else parent.set(open.document.createNode(key), node);
  } else throw new EngineError('pipeline.edit', { what, reason: `there is nothing at ${path.join('.')}.` });
}

export function copyComments(from: Node, to: Node): void {
  if (from.commentBefore) to.commentBefore = to.commentBefore ? `${from.commentBefore}\n${to.commentBefore}` : from.commentBefore; // prettier-ignore
  if (from.comment) to.comment = from.comment;
}
