import { isComment } from '#core/pipeline/keywords.ts';
import { entryOf, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { BranchKind, Lane, MergeKind, StepNode } from '#core/pipeline/stepNode.ts';

type ReadSteps = (node: Located, context: StepContext) => StepNode[];

/** `branch`: a list or named map of lanes (each sees all samples), or a separation (`by_metadata` …) with `steps`. */
export function readBranch(node: Located, context: StepContext, readSteps: ReadSteps): StepNode {
  if (node.kind === 'list')
    return {
      kind: 'branch',
      by: 'duplication',
      column: null,
      lanes: node.items.map((item) => ({ name: null, steps: readSteps(item, context) })),
      path: node.path,
    };
  if (node.kind === 'scalar') {
    context.report(
      'error',
      'pipeline.branch',
      node.path,
      'branch needs a list of lanes, named lanes, or by_metadata, by_tag, by_filter or by_source.',
    );
    return { kind: 'invalid', path: node.path };
  }
  const separator = separators.find(([key]) => entryOf(node, key) !== undefined);
  if (separator) return readSeparation(node, separator, context, readSteps);
  return {
    kind: 'branch',
    by: 'duplication',
    column: null,
    lanes: namedLanes(node, context, readSteps),
    path: node.path,
  };
}

/** The older spelling `source_branch: {NIR: […], …}` is `branch: {by_source: {…}}`. */
export function readSourceBranch(node: Located, context: StepContext, readSteps: ReadSteps): StepNode {
  const lanes = node.kind === 'map' ? namedLanes(node, context, readSteps) : sharedLane(node, context, readSteps);
  return { kind: 'branch', by: 'source', column: null, lanes, path: node.path };
}

const separators: readonly (readonly [string, BranchKind])[] = [
  ['by_metadata', 'metadata'],
  ['by_tag', 'tag'],
  ['by_filter', 'filter'],
  ['by_source', 'source'],
];
const separationKeys = ['by_metadata', 'by_tag', 'by_filter', 'by_source', 'steps', 'values', 'min_samples'];

function readSeparation(
  map: LocatedMap,
  [key, by]: readonly [string, BranchKind],
  context: StepContext,
  readSteps: ReadSteps,
): StepNode {
  for (const entry of map.entries)
    if (!isComment(entry.key) && !separationKeys.includes(entry.key))
      unknownKey(entry.key, entry.value, separationKeys, 'a branch', context);
  const what = entryOf(map, key);
  const steps = entryOf(map, 'steps');
  const column = what?.kind === 'scalar' && typeof what.value === 'string' ? what.value : null;
  if (by === 'metadata' && column === null && what)
    context.report('error', 'pipeline.branch', what.path, 'by_metadata needs the name of a metadata column.');
  // by_source may hold the lanes itself; by_tag and by_filter may hold a map of conditions, which are no steps.
  const source = steps ?? (by === 'source' && what?.kind === 'map' ? what : undefined);
  const lanes =
    source === undefined
      ? []
      : source.kind === 'map' && !looksLikeStep(source, context)
        ? namedLanes(source, context, readSteps)
        : sharedLane(source, context, readSteps);
  return { kind: 'branch', by, column, lanes, path: map.path };
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

const sharedLane = (node: Located, context: StepContext, readSteps: ReadSteps): Lane[] => [
  { name: null, steps: readSteps(node, context) },
];

const namedLanes = (map: LocatedMap, context: StepContext, readSteps: ReadSteps): Lane[] =>
  map.entries
    .filter((entry) => !isComment(entry.key))
    .map((entry) => ({ name: entry.key, steps: readSteps(entry.value, context) }));

const mergeWords: Readonly<Record<string, MergeKind>> = {
  features: 'features',
  predictions: 'predictions',
  all: 'all',
  concat: 'concat',
};
const mergeKeys = [
  'features',
  'predictions',
  'all',
  'concat',
  'sources',
  'select',
  'metric',
  'aggregate',
  'include_original',
  'output_as',
  'on_missing',
  'on_shape_mismatch',
  'weights',
  'branches',
];

/** `merge` in all its forms. */
export function readMerge(node: Located, context: StepContext): StepNode {
  const invalid = (message: string): StepNode => {
    context.report('error', 'pipeline.merge', node.path, message);
    return { kind: 'invalid', path: node.path };
  };
  if (node.kind === 'scalar') {
    const what = typeof node.value === 'string' ? mergeWords[node.value] : undefined;
    return what
      ? { kind: 'merge', what, path: node.path }
      : invalid('merge is features, predictions, all, concat, or a map such as {sources: concat}.');
  }
  if (node.kind === 'list') return invalid('merge is a word or a map, not a list.');
  for (const entry of node.entries)
    if (!isComment(entry.key) && !mergeKeys.includes(entry.key))
      unknownKey(entry.key, entry.value, mergeKeys, 'merge', context);
  const has = (key: string): boolean => {
    const value = entryOf(node, key);
    return value !== undefined && !(value.kind === 'scalar' && (value.value === false || value.value === null));
  };
  const what = mergeOf(has);
  return what
    ? { kind: 'merge', what, path: node.path }
    : invalid('This merge joins nothing: add features, predictions, concat or sources.');
}

const mergeOf = (has: (key: string) => boolean): MergeKind | null => {
  if (has('sources')) return 'sources';
  if (has('all')) return 'all';
  if (has('features') && has('predictions')) return 'mixed';
  if (has('predictions')) return 'predictions';
  if (has('features')) return 'features';
  return has('concat') ? 'concat' : null;
};

function unknownKey(key: string, value: Located, known: readonly string[], where: string, context: StepContext): void {
  const nearest = nearestName(key, known);
  context.report(
    'error',
    'pipeline.unknown-key',
    value.path,
    `"${key}" is not known in ${where}.${nearest ? ` Did you mean "${nearest}"?` : ''}`,
  );
}
