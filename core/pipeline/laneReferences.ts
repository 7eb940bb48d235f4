import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { editText } from '#core/pipeline/editText.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { LaneRef } from '#core/pipeline/stepNode.ts';

/**
 * Makes a merge (the place under its keyword) follow its lanes: every reference becomes what `change` says, and goes
 * where that is null. A list that named nothing else any more means all lanes that are left.
 */
export const changeLaneReferences = (
  text: string,
  mergePath: DocPath,
  change: (reference: LaneRef) => LaneRef | null,
): string =>
  editText(text, 'Following the lanes', ({ document }) => {
    const merge = document.getIn(mergePath, true);
    if (!isMap(merge)) return;
    for (const key of ['features', 'predictions', 'branches']) {
      const value: unknown = merge.get(key, true);
      const list = isMap(value) ? value.get('branches', true) : value;
      if (!isSeq(list) || !changeList(list, change)) continue;
      const other = key === 'features' ? 'predictions' : 'features';
      if (key === 'branches' || merge.has(other)) merge.delete(key);
      else if (isMap(value)) value.set('branches', 'all');
      else merge.set(key, 'all');
    }
  });

/** True when nothing is left of the list. */
function changeList(list: YAMLSeq, change: (reference: LaneRef) => LaneRef | null): boolean {
  list.items = list.items.filter((item) => {
    const node: unknown = isMap(item) ? (item as YAMLMap).get('branch', true) : item;
    if (!isScalar(node) || (typeof node.value !== 'string' && typeof node.value !== 'number')) return true;
    const next = change(node.value);
    if (next !== null && next !== node.value) {
      node.value = next;
      delete node.source;
    }
    return next !== null;
  });
  return list.items.length === 0;
}
