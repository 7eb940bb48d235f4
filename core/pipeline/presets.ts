import { PRESET } from '#core/pipeline/keywords.ts';
import {
  entryOf,
  listAt,
  mapAt,
  scalarAt,
  type DocPath,
  type Located,
  type LocatedMap,
} from '#core/pipeline/located.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';

/**
 * Puts named fragments in the place of `{_preset_: name}`, at any depth. Names come from the document's `presets` and
 * from those passed in; the document's win. An unknown name and a circle are problems, and become null;
 * so is everything beyond 100,000 parts, which presets that use presets reach with a handful of letters.
 */
export function resolvePresets(
  root: Located,
  presets: ReadonlyMap<string, Located>,
  problem: (path: DocPath, message: string) => void,
): Located {
  let parts = 0;
  const resolve = (node: Located, open: readonly string[]): Located => {
    if (++parts > MOST_PARTS) {
      if (parts === MOST_PARTS + 1)
        problem(node.path, `Its presets make more than ${MOST_PARTS.toLocaleString('en-GB')} parts of the document.`);
      return scalarAt(node.path, null);
    }
    if (node.kind === 'scalar') return node;
    if (node.kind === 'list')
      return listAt(
        node.path,
        node.items.map((item) => resolve(item, open)),
      );
    const reference = entryOf(node, PRESET);
    if (!reference) return mapEntries(node, (value) => resolve(value, open));
    const name = reference.kind === 'scalar' ? String(reference.value) : '';
    const fragment = presets.get(name);
    if (open.includes(name)) {
      problem(reference.path, `The preset "${name}" uses itself: ${[...open, name].join(' → ')}.`);
      return scalarAt(node.path, null);
    }
    if (!fragment) {
      const nearest = nearestName(name, presets.keys());
      problem(reference.path, `There is no preset called "${name}".${nearest ? ` Did you mean "${nearest}"?` : ''}`);
      return scalarAt(node.path, null);
    }
    return resolve(fragment, [...open, name]);
  };
  return resolve(root, []);
}

const MOST_PARTS = 100_000;

const mapEntries = (map: LocatedMap, change: (value: Located) => Located): Located =>
  mapAt(
    map.path,
    map.entries.map((entry) => ({ key: entry.key, value: change(entry.value) })),
  );
