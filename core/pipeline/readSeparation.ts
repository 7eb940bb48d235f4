import { isComment } from '#core/pipeline/keywords.ts';
import { entryOf, type Located, type LocatedEntry, type LocatedMap } from '#core/pipeline/located.ts';
import { readGroups } from '#core/pipeline/readGroups.ts';
import { readOperator } from '#core/pipeline/readOperator.ts';
import { checkKeys, isNothing } from '#core/pipeline/readWord.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { BranchKind, BranchStep, Lane, OperatorCall, StepNode } from '#core/pipeline/stepNode.ts';

type Read = (lane: Located) => StepNode[];
type Separation = Exclude<BranchKind, 'duplication'>;

/** The keys that a branch knows, by what it separates. */
export const separationKeys: Readonly<Record<Separation, readonly string[]>> = {
  metadata: ['by_metadata', 'steps', 'values', 'min_samples'],
  tag: ['by_tag', 'steps', 'values', 'min_samples'],
  filter: ['by_filter', 'steps', 'names', 'min_samples'],
  source: ['by_source', 'steps'],
};
const separations: readonly Separation[] = ['metadata', 'tag', 'filter', 'source'];

/** By what a branch separates; null for one that gives all samples to every lane. */
export function separationOf(map: LocatedMap, context: StepContext): Separation | null {
  const [by, second] = separations.filter((each) => entryOf(map, `by_${each}`) !== undefined);
  if (by !== undefined && second !== undefined)
    context.report(
      'error',
      'pipeline.branch',
      map.path,
      `A branch separates by one thing; this one has by_${by} and by_${second}. Nest one branch in the other.`,
    );
  return by ?? null;
}

/** Lanes of which each sample (or source) goes through one. */
export function readSeparation(map: LocatedMap, by: Separation, context: StepContext, read: Read): BranchStep {
  checkKeys(map, separationKeys[by], `in a branch by_${by}`, context);
  const what = entryOf(map, `by_${by}`) ?? map;
  const steps = entryOf(map, 'steps');
  // by_source may hold the lanes itself.
  const source = steps ?? (by === 'source' && what.kind === 'map' ? what : undefined);
  if (by === 'source') checkSource(what, context);
  const lanes = (isNothing(source) ? [] : lanesOf(source, context, read)).map((lane) =>
    by === 'filter' ? { ...lane, name: verdict(lane.name) } : lane,
  );
  return {
    kind: 'branch',
    by,
    column: by === 'metadata' || by === 'tag' ? columnOf(what, by, context) : null,
    filter: by === 'filter' ? filterOf(what, context) : null,
    groups: by === 'filter' ? filterGroups(map, context) : readGroups(entryOf(map, 'values'), by, context),
    minSamples: minSamplesOf(map, context),
    lanes,
    path: map.path,
  };
}

/** The older spelling `source_branch: {NIR: […], …}` is `branch: {by_source: {…}}`; `auto` leaves sources as they are. */
export function readSourceBranch(node: Located, context: StepContext, read: Read): BranchStep {
  const auto = node.kind === 'scalar' && (node.value === 'auto' || node.value === true || node.value === null);
  if (node.kind === 'map') refuseHidden(node, context);
  return {
    kind: 'branch',
    by: 'source',
    column: null,
    filter: null,
    groups: null,
    minSamples: 1,
    lanes: auto ? [] : node.kind === 'map' ? namedLanes(node.entries, read) : [{ name: null, steps: read(node) }],
    path: node.path,
  };
}

function lanesOf(source: Located, context: StepContext, read: Read): Lane[] {
  if (source.kind !== 'map' || looksLikeStep(source, context)) return [{ name: null, steps: read(source) }];
  refuseHidden(source, context);
  return namedLanes(source.entries, read);
}

/** `steps: {PLS: {…}}` is one step; `steps: {NIR: […]}` are lanes. */
const looksLikeStep = (map: LocatedMap, context: StepContext): boolean => {
  const [only, another] = map.entries.filter((entry) => !isComment(entry.key));
  return (
    only !== undefined &&
    another === undefined &&
    only.value.kind !== 'list' &&
    context.catalog.find(only.key) !== undefined
  );
};

const namedLanes = (entries: readonly LocatedEntry[], read: Read): Lane[] =>
  entries.filter((entry) => !isComment(entry.key)).map((entry) => ({ name: entry.key, steps: read(entry.value) }));

/** Settings of other tools that begin like comments would be passed over in silence. */
function refuseHidden(map: LocatedMap, context: StepContext): void {
  for (const { key, value } of map.entries) {
    if (key !== '_default_' && key !== '_merge_after_' && key !== '_merge_strategy_') continue;
    const instead =
      key === '_default_'
        ? 'Name each source with its steps'
        : 'Write a merge step behind the branch, for example merge: {sources: concat}';
    context.report('error', 'pipeline.branch', value.path, `${key} is not known to this version. ${instead}.`);
  }
}

function columnOf(node: Located, by: 'metadata' | 'tag', context: StepContext): string | null {
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '') return node.value;
  const message =
    by === 'metadata'
      ? 'by_metadata needs the name of a metadata column.'
      : 'by_tag needs the name of a tag that an earlier tag step gives.';
  context.report('error', 'pipeline.branch', node.path, message);
  return null;
}

function filterOf(node: Located, context: StepContext): OperatorCall | null {
  if (node.kind === 'list' || (node.kind === 'scalar' && typeof node.value !== 'string')) {
    const message = 'by_filter needs one filter, for example YOutlierFilter. CompositeFilter makes one of several.';
    context.report('error', 'pipeline.branch', node.path, message);
    return null;
  }
  const call = readOperator(node, context);
  if (call && call.kind !== null && call.kind !== 'filter')
    context.report(
      'error',
      'pipeline.kind',
      call.path,
      `A filter is expected here; ${call.id ?? call.name} is a ${call.kind}.`,
    );
  return call;
}

/** Documents of others call the two groups of a filter passing and failing. */
const verdict = (name: string | null): string | null => {
  if (name === 'passing') return 'pass';
  return name === 'failing' ? 'fail' : name;
};

/** `names: [good, bad]`: what passes and what fails under names of its own. */
function filterGroups(map: LocatedMap, context: StepContext): BranchStep['groups'] {
  const node = entryOf(map, 'names');
  if (isNothing(node)) return null;
  const names = (node.kind === 'list' ? node.items : []).flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? item.value : [],
  );
  const [pass, fail, more] = names.map((name) => verdict(name) ?? name);
  if (pass === undefined || fail === undefined || more !== undefined || pass === fail) {
    const message = 'names are two: of the samples that pass, then of those that fail.';
    context.report('error', 'pipeline.branch', node.path, message);
    return null;
  }
  if (pass === 'pass' && fail === 'fail') return null;
  return [
    { name: pass, values: ['pass'] },
    { name: fail, values: ['fail'] },
  ];
}

function checkSource(node: Located, context: StepContext): void {
  if (node.kind === 'map' || (node.kind === 'scalar' && (node.value === true || node.value === 'auto'))) return;
  const message = 'by_source is true (with steps beside it), or a map of sources with their steps.';
  context.report('error', 'pipeline.branch', node.path, message);
}

function minSamplesOf(map: LocatedMap, context: StepContext): number {
  const node = entryOf(map, 'min_samples');
  if (isNothing(node)) return 1;
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
  context.report('error', 'pipeline.setting', node.path, 'min_samples is a whole number of at least 1.');
  return 1;
}
