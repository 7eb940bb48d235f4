import { callOf } from '#core/pipeline/callOf.ts';
import { generatorOf, isComment } from '#core/pipeline/keywords.ts';
import { isLaneKey, separators } from '#core/pipeline/laneKeys.ts';
import { entryOf, toPlain, type DocPath, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import type { BranchKind } from '#core/pipeline/stepNode.ts';

/** A lane with the cards of its steps. */
export interface LaneCard<Card> {
  /** Null for a lane of a list. */
  readonly name: string | null;
  readonly path: DocPath;
  /** False where the lane is one step, written without a list around it, or nothing at all. */
  readonly isList: boolean;
  readonly steps: readonly Card[];
}

/** A branch as the builder edits it. */
export interface BranchCard<Card> {
  readonly by: BranchKind;
  /** What separates: a column or tag, the filter; null for duplication. */
  readonly separator: unknown;
  readonly separatorPath: DocPath | null;
  readonly minSamples: number | null;
  /** Where the branch says all this: the place under its keyword. */
  readonly valuePath: DocPath;
  /** The list or map of lanes; of a shared lane the place of that lane. */
  readonly lanesPath: DocPath;
  /** One lane that every group goes through by itself. */
  readonly shared: boolean;
  readonly lanes: readonly LaneCard<Card>[];
}

/** Reads what stands under `branch` or `source_branch`; null where lanes cannot be told (a generator, a single word). */
export function branchCard<Card>(
  value: Located,
  older: boolean,
  catalog: PipelineCatalog,
  cardOf: (node: Located) => Card | null,
): BranchCard<Card> | null {
  if (value.kind === 'scalar' || (value.kind === 'map' && generatorOf(value))) return null;
  const laneOf = (node: Located, name: string | null): LaneCard<Card> => ({
    name,
    path: node.path,
    isList: node.kind === 'list',
    steps: (node.kind === 'list' ? node.items : [node]).flatMap((item): Card[] => {
      const card = cardOf(item);
      return card === null ? [] : [card];
    }),
  });
  const namedLanes = (map: LocatedMap): LaneCard<Card>[] =>
    map.entries.filter(({ key }) => isLaneKey(key)).map((entry) => laneOf(entry.value, entry.key));
  const base = { separator: null, separatorPath: null, minSamples: null, valuePath: value.path, shared: false };
  if (value.kind === 'list') {
    const lanes = value.items.map((item) => laneOf(item, null));
    return { ...base, by: older ? 'source' : 'duplication', lanesPath: value.path, lanes };
  }
  const found = separators.find(([key]) => entryOf(value, key) !== undefined);
  if (!found) return { ...base, by: older ? 'source' : 'duplication', lanesPath: value.path, lanes: namedLanes(value) };
  const [key, by] = found;
  const what = entryOf(value, key);
  const limit = entryOf(value, 'min_samples');
  const separated = {
    ...base,
    by,
    separator: what ? toPlain(what) : null,
    separatorPath: [...value.path, key],
    minSamples: limit?.kind === 'scalar' && typeof limit.value === 'number' ? limit.value : null,
  };
  const inside = by === 'source' && what?.kind === 'map' ? what : undefined;
  const steps = entryOf(value, 'steps') ?? inside;
  if (!steps) return { ...separated, shared: true, lanesPath: [...value.path, 'steps'], lanes: [] };
  if (steps.kind === 'map' && (steps === inside || !isStep(steps, catalog)))
    return { ...separated, lanesPath: steps.path, lanes: namedLanes(steps) };
  return { ...separated, shared: true, lanesPath: steps.path, lanes: [laneOf(steps, null)] };
}

/** `steps: {PLS: {…}}` is one step; `steps: {north: […]}` are lanes. */
function isStep(map: LocatedMap, catalog: PipelineCatalog): boolean {
  const [only, another] = map.entries.filter(({ key }) => !isComment(key));
  return (
    only !== undefined &&
    another === undefined &&
    only.value.kind !== 'list' &&
    catalog.find(callOf(map).name) !== undefined
  );
}
