import { entryOf, mapAt, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { withoutLeaks } from '#core/pipeline/withoutLeaks.ts';
import { readLaneRefs } from '#core/pipeline/readLaneRefs.ts';
import { everyPrediction, predictionKeys, readPredictions, settingKeys } from '#core/pipeline/readPredictions.ts';
import { checkKeys, didYouMean, isNothing, readFlag, readWord } from '#core/pipeline/readWord.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { LaneRef, MergeKind, MergeStep, StepNode } from '#core/pipeline/stepNode.ts';

const words = ['features', 'predictions', 'all', 'concat'] as const;
/** What a merge may join; the rest of its keys are options. */
const parts = [...words, 'sources'] as const;
type Part = (typeof parts)[number];
const options = ['include_original', 'output_as', 'on_missing', 'on_shape_mismatch', 'source_names'];
/** Every key that a merge knows. */
export const mergeKeys: readonly string[] = [...parts, ...predictionKeys, ...options];

/**
 * `merge` in all its forms: a word, or a map of what is joined with options. `select`, `metric` and `aggregate` beside
 * `predictions` hold for every lane that does not say otherwise. Joined sources and separated groups (`sources`,
 * `concat`) give what they have, predictions or spectra: `features` is then null and `predictions` empty, unless the
 * document names some.
 */
export function readMerge(written: Located, context: StepContext): StepNode {
  const node = written.kind === 'map' ? withoutLeaks(written, context) : written;
  const invalid = (message: string): StepNode => {
    context.report('error', 'pipeline.merge', node.path, message);
    return { kind: 'invalid', path: node.path };
  };
  if (node.kind === 'list') return invalid('merge is a word or a map, not a list.');
  if (node.kind === 'scalar') {
    const word = words.find((each) => each === node.value);
    if (word === undefined)
      return invalid(
        `merge is features, predictions, all, concat, or a map such as {sources: concat}.${didYouMean(String(node.value), words)}`,
      );
    return mergeOf(mapAt(node.path, [{ key: word, value: { kind: 'scalar', path: node.path, value: true } }]), context);
  }
  checkKeys(node, [...mergeKeys, ...settingKeys], 'in merge', context);
  const wanted = parts.filter((part) => isWanted(node, part));
  if (wanted.length === 0) return invalid('This merge joins nothing: add features, predictions, concat or sources.');
  const alone = wanted.find((part) => part === 'all' || part === 'concat' || part === 'sources');
  if (alone !== undefined && wanted.length > 1)
    return invalid(
      `${alone} stands alone in a merge; ${wanted.filter((part) => part !== alone).join(' and ')} cannot stand beside it.`,
    );
  return mergeOf(node, context);
}

/** The older spelling `merge_sources: concat` is `merge: {sources: concat}`; `true` is concat. */
export const readMergeSources = (value: Located, context: StepContext): StepNode =>
  mergeOf(mapAt(value.path, [{ key: 'sources', value }]), context);

/** The older spelling `merge_predictions: all` is `merge: {predictions: all}`; a map may hold the options of both. */
export function readMergePredictions(value: Located, context: StepContext): StepNode {
  const written = value.kind === 'map' ? entryOf(value, 'predictions') : undefined;
  if (value.kind !== 'map' || written !== undefined)
    return readMerge(value.kind === 'map' ? value : mapAt(value.path, [{ key: 'predictions', value }]), context);
  const all = { key: 'predictions', value: { kind: 'scalar', path: value.path, value: true } } as const;
  return readMerge(mapAt(value.path, [all, ...value.entries]), context);
}

const isWanted = (map: LocatedMap, part: Part): boolean => {
  const value = entryOf(map, part);
  return !isNothing(value) && !(value.kind === 'scalar' && value.value === false);
};

function mergeOf(map: LocatedMap, context: StepContext): MergeStep {
  const has = (part: Part): boolean => isWanted(map, part);
  const common: Common = {
    kind: 'merge',
    includeOriginal: readFlag(map, 'include_original', context),
    outputAs: readWord(map, 'output_as', ['features', 'sources', 'dict'], context),
    onMissing: readWord(map, 'on_missing', ['error', 'warn', 'skip'], context),
    onShapeMismatch: readWord(map, 'on_shape_mismatch', ['error', 'allow', 'pad', 'truncate'], context),
    path: map.path,
  };
  const names = entryOf(map, 'source_names');
  if (!isNothing(names))
    context.report(
      'warning',
      'pipeline.setting',
      names.path,
      'source_names has no effect: what is merged keeps the names of its lanes.',
    );
  const settings = map.entries.filter(({ key }) => settingKeys.includes(key));
  if (has('sources')) return { ...common, ...readSources(entryOf(map, 'sources'), common, settings, context) };
  const what = kindOf(has);
  const features = what === 'all' ? 'all' : has('features') ? readFeatures(entryOf(map, 'features'), context) : null;
  const beside = mapAt(map.path, settings);
  const [first] = settings;
  if (first && (what === 'features' || what === 'concat'))
    context.report(
      'error',
      'pipeline.setting',
      first.value.path,
      `${first.key} chooses predictions, and this merge joins ${what === 'features' ? 'features only' : 'groups of samples'}.`,
    );
  const predictions = has('predictions')
    ? readPredictions(entryOf(map, 'predictions'), beside, context)
    : what === 'all'
      ? [everyPrediction(beside, context)]
      : [];
  return { ...common, what, features, predictions, sources: null };
}

type Common = Omit<MergeStep, 'what' | 'features' | 'predictions' | 'sources'>;

const kindOf = (has: (part: Part) => boolean): MergeKind => {
  if (has('all')) return 'all';
  if (has('concat')) return 'concat';
  if (has('features') && has('predictions')) return 'mixed';
  return has('features') ? 'features' : 'predictions';
};

/** `all`, `true`, lanes, or `{branches: lanes}`. */
function readFeatures(node: Located | undefined, context: StepContext): 'all' | readonly LaneRef[] {
  if (node?.kind !== 'map') return readLaneRefs(node, context);
  checkKeys(node, ['branches'], 'in features of a merge', context);
  return readLaneRefs(entryOf(node, 'branches'), context);
}

/** Every key of `sources` in its longer spelling. */
export const sourceKeys: readonly string[] = [
  'strategy',
  'sources',
  'on_incompatible',
  'output_name',
  'preserve_source_info',
];

/** `concat`, `stack`, `dict`, `true`, or `{strategy, sources, on_incompatible}`; names of the result change nothing. */
function readSources(
  node: Located | undefined,
  common: Common,
  settings: LocatedMap['entries'],
  context: StepContext,
): Omit<MergeStep, keyof Common> & Pick<MergeStep, 'onShapeMismatch'> {
  const [first] = settings;
  if (first)
    context.report(
      'error',
      'pipeline.setting',
      first.value.path,
      `${first.key} chooses predictions, and this merge joins sources.`,
    );
  const sources = { what: 'sources', predictions: [] } as const;
  const isMap = node?.kind === 'map';
  if (isMap) checkKeys(node, sourceKeys, 'in a merge of sources', context);
  const strategy = isMap ? entryOf(node, 'strategy') : node;
  const simple = isNothing(strategy) || (strategy.kind === 'scalar' && strategy.value === true);
  const how = mapAt(node?.path ?? common.path, simple ? [] : [{ key: 'sources', value: strategy }]);
  const word = readWord(how, 'sources', ['concat', 'stack', 'dict'], context);
  if (!isMap) return { ...sources, features: null, sources: word, onShapeMismatch: common.onShapeMismatch };
  const chosen = entryOf(node, 'sources');
  const mismatch = readWord(node, 'on_incompatible', ['error', 'flatten', 'pad', 'truncate'], context);
  const refs = isNothing(chosen) ? 'all' : readLaneRefs(chosen, context);
  return {
    ...sources,
    features: refs === 'all' ? null : refs,
    sources: word,
    onShapeMismatch: mismatch === 'flatten' ? 'allow' : mismatch,
  };
}
