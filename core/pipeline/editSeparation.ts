import { isMap, isSeq, YAMLMap, YAMLSeq, type Node } from 'yaml';
import { addNamed, copyComments, lanesAt, putAt } from '#core/pipeline/editLanes.ts';
import { editText } from '#core/pipeline/editText.ts';
import { isComment } from '#core/pipeline/keywords.ts';
import { isLaneKey, separators } from '#core/pipeline/laneKeys.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { flowNode, mergedNode } from '#core/pipeline/mergedNode.ts';
import type { BranchKind } from '#core/pipeline/stepNode.ts';

/** Which samples the lanes of a branch get. */
export interface Separation {
  /** `duplication`: every lane sees all samples. */
  readonly by: BranchKind;
  /** The column, the tag, the filter; `true` for sources. Not used for duplication. */
  readonly separator: unknown;
  /** One lane for all groups, or one for each. Not used for duplication. */
  readonly shared: boolean;
}

/** Where a branch stands and what its lanes are called. */
export interface BranchPlace {
  readonly valuePath: DocPath;
  readonly lanesPath: DocPath;
  readonly shared: boolean;
  /** Names for lanes that the document gives none. */
  readonly names: readonly string[];
}

/**
 * Changes which samples the lanes of a branch get. The lanes stay as they are written, comments included; only a
 * change to one shared lane keeps the first alone, since there is no place for the others.
 */
export const setSeparation = (text: string, place: BranchPlace, next: Separation): string =>
  editText(text, 'Changing a branch', (open) => {
    const { document } = open;
    const { valuePath, lanesPath, shared, names } = place;
    const value = document.getIn(valuePath, true);
    const rest = isMap(value) ? value.items.filter(({ key }) => isKept(String(key), next.by)) : [];
    const lanes: readonly LaneNode[] = shared
      ? [{ name: null, node: (document.getIn(lanesPath, true) ?? null) as Node | null, above: null }] // the tree holds nodes
      : namedNodes(lanesAt(open, lanesPath, 'Changing a branch'));
    const made = new YAMLMap(document.schema);
    made.flow = false;
    if (next.by === 'duplication') {
      if (lanes.every(({ name }) => name === null) && rest.length === 0) {
        const list = new YAMLSeq(document.schema);
        list.items = lanes.map(({ node }) => asList(node));
        keepComments(list);
        putAt(open, valuePath, list, 'Changing a branch');
        renameKeyword(valuePath);
        return;
      }
      made.items.push(...rest);
      lanes.forEach((lane, k) => add(made, lane, k));
    } else {
      const key = separators.find(([, by]) => by === next.by)?.[0] ?? 'by_metadata';
      // The same separator with another value keeps its comments.
      const written: unknown = isMap(value) ? value.get(key, true) : undefined;
      made.set(
        document.createNode(key),
        mergedNode(document, isLanesMap(written) ? undefined : written, next.separator),
      );
      made.items.push(...rest);
      if (next.shared) made.set(document.createNode('steps'), lanes[0]?.node ?? flowNode(document, []));
      else {
        const map = new YAMLMap(document.schema);
        map.flow = false;
        lanes.forEach((lane, k) => add(map, lane, k));
        made.set(document.createNode('steps'), map);
      }
    }
    keepComments(made);
    putAt(open, valuePath, made, 'Changing a branch');
    renameKeyword(valuePath);

    /** `by_source: {NIR: […]}` holds the lanes themselves. */
    function isLanesMap(node: unknown): boolean {
      return isMap(node) && next.by === 'source';
    }
    function add(map: YAMLMap, { name, node, above }: LaneNode, k: number): void {
      addNamed(document, map, name ?? names[k] ?? `lane ${k + 1}`, node, above);
    }
    function keepComments(node: Node): void {
      if (!isMap(value) && !isSeq(value)) return;
      // The comment above the first key of a map of lanes has gone with that lane.
      const taken = isMap(value) && lanesPath.length === valuePath.length;
      if (!taken) copyComments(value, node);
      else if (value.comment) node.comment = value.comment;
    }
    /** The older spelling `source_branch` knows no other separation. */
    function renameKeyword(path: DocPath): void {
      const parent = document.getIn(path.slice(0, -1), true);
      const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === 'source_branch') : undefined;
      if (pair && path.at(-1) === 'source_branch') pair.key = document.createNode('branch');
    }
    function asList(node: Node | null): Node {
      if (node !== null && isSeq(node)) return node;
      const list = new YAMLSeq(document.schema);
      list.flow = true;
      if (node !== null) list.items.push(node);
      return list;
    }
  });

/** Comments stay with every kind of branch; limits and groups of values only with one that has groups. */
const isKept = (key: string, by: BranchKind): boolean =>
  isComment(key) || (by !== 'duplication' && (key === 'min_samples' || (key === 'values' && by !== 'source')));

interface LaneNode {
  readonly name: string | null;
  readonly node: Node | null;
  /** The comment above its name; null for a lane without one. */
  readonly above: string | null;
}

const namedNodes = (lanes: YAMLMap | YAMLSeq): LaneNode[] =>
  isSeq(lanes)
    ? lanes.items.map((item) => ({ name: null, node: item as Node | null, above: null })) // a list holds nodes
    : lanes.items
        .filter(({ key }) => isLaneKey(String(key)))
        .map(({ key, value }, k) => ({
          name: String(key),
          node: value as Node | null, // as above
          // What stands above the first key belongs to the whole map.
          above: (key as Node | null)?.commentBefore ?? (k === 0 ? lanes.commentBefore : null) ?? '',
        }));
