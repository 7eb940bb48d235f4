import { entryOf, mapAt, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { metricNamed, metricNames } from '#core/pipeline/metricNames.ts';
import { readLaneRef, readLaneRefs } from '#core/pipeline/readLaneRefs.ts';
import { withoutLeaks } from '#core/pipeline/withoutLeaks.ts';
import { checkKeys, didYouMean, isNothing, readWord } from '#core/pipeline/readWord.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { LaneRef, ModelChoice, PredictionSource } from '#core/pipeline/stepNode.ts';

/** How the predictions of a lane are chosen and put together; written for one lane, or once for all. */
export const predictionKeys: readonly string[] = [
  'select',
  'metric',
  'aggregate',
  'weight_metric',
  'select_by',
  'proba',
];
/** Those, and other words that documents have for them. */
export const settingKeys: readonly string[] = [...predictionKeys, 'models', 'weights'];

/**
 * `predictions` of a merge: `all` (or true), lanes, settings of all lanes (`{select: best}`), or a list in which each
 * item is a lane or `{branch, select, metric, aggregate}`. `beside` are the settings that hold for all.
 */
export function readPredictions(
  node: Located | undefined,
  beside: LocatedMap,
  context: StepContext,
): readonly PredictionSource[] {
  if (node?.kind === 'map') return withoutRepeats(sourcesOf(node, beside, context), node, context);
  if (node?.kind === 'list') {
    if (node.items.length === 0) readLaneRefs(node, context);
    const found = node.items.flatMap((item): PredictionSource[] => {
      if (item.kind === 'map') return sourcesOf(item, beside, context);
      const lane = readLaneRef(item, context);
      return lane === null ? [] : [{ ...everyPrediction(beside, context), lane }];
    });
    return withoutRepeats(found, node, context);
  }
  const lanes = readLaneRefs(node, context);
  const settings = everyPrediction(beside, context);
  return lanes === 'all' ? [settings] : lanes.map((lane) => ({ ...settings, lane }));
}

/** Every lane, with these settings. */
export function everyPrediction(map: LocatedMap, context: StepContext): PredictionSource {
  const proba = entryOf(map, 'proba');
  if (proba?.kind === 'scalar' && proba.value === false)
    context.report(
      'warning',
      'pipeline.setting',
      proba.path,
      'proba: false has no effect: of a classifier the probabilities of the classes go on, always.',
    );
  const aggregate = readWord(map, 'aggregate', ['separate', 'mean', 'weighted_mean', 'proba_mean'], context);
  return { lane: null, select: readChoice(map, context), metric: readMetric(map, context), aggregate };
}

/** One item: a lane (or several, or all) and its settings, those for all lanes below them. */
function sourcesOf(written: LocatedMap, beside: LocatedMap, context: StepContext): PredictionSource[] {
  const map = withoutLeaks(written, context);
  checkKeys(map, ['branch', 'branches', 'sources', ...settingKeys], 'for the predictions of a lane', context);
  const only = entryOf(map, 'sources');
  if (!isNothing(only) && !(only.kind === 'scalar' && only.value === 'all'))
    context.report(
      'error',
      'pipeline.setting',
      only.path,
      'A model sees all sources of its lane. Use branch: {by_source: …} to give sources models of their own.',
    );
  const own = map.entries.filter(({ key }) => settingKeys.includes(key));
  const meanings = new Set(own.map(({ key }) => meaningOf(key)));
  const inherited = beside.entries.filter(({ key }) => !meanings.has(meaningOf(key)));
  const settings = everyPrediction(mapAt(map.path, [...own, ...inherited]), context);
  const lanes = lanesOf(map, context);
  return lanes === 'all' ? [settings] : lanes.map((lane) => ({ ...settings, lane }));
}

/** Several words for one setting. */
const meaningOf = (key: string): string => {
  if (key === 'models') return 'select';
  return key === 'select_by' || key === 'weight_metric' ? 'metric' : key;
};

function lanesOf(map: LocatedMap, context: StepContext): 'all' | readonly LaneRef[] {
  const [one, several] = [entryOf(map, 'branch'), entryOf(map, 'branches')];
  if (one && several)
    context.report(
      'error',
      'pipeline.merge',
      several.path,
      'Write branch or branches, not both: they are one setting.',
    );
  return readLaneRefs(one ?? several, context);
}

/** Two settings for one lane contradict each other; one for all beside one for a lane does too. */
function withoutRepeats(
  found: readonly PredictionSource[],
  node: Located,
  context: StepContext,
): readonly PredictionSource[] {
  const seen = new Set<LaneRef | null>();
  for (const { lane } of found) {
    if (seen.has(lane) || (found.length > 1 && lane === null)) {
      const which = lane === null ? 'all lanes' : `lane ${JSON.stringify(lane)}`;
      const message = `The predictions of ${which} are asked for more than once. Name each lane once.`;
      context.report('error', 'pipeline.merge', node.path, message);
      return found;
    }
    seen.add(lane);
  }
  return found;
}

/** `all`, `best`, `{top_k: n}`, `{explicit: names}`, or the names as a list; `models` is an older word for those. */
function readChoice(map: LocatedMap, context: StepContext): ModelChoice {
  const node = entryOf(map, 'select') ?? entryOf(map, 'models');
  if (isNothing(node)) return 'all';
  const fail = (at: Located, message: string): ModelChoice => {
    context.report('error', 'pipeline.setting', at.path, message);
    return 'all';
  };
  if (node.kind === 'scalar') {
    if (node.value === 'all' || node.value === true) return 'all';
    if (node.value === 'best') return 'best';
    const known = ['all', 'best', 'top_k', 'explicit'];
    return fail(
      node,
      `select is all, best, {top_k: n} or {explicit: [names of models]}.${didYouMean(String(node.value), known)}`,
    );
  }
  if (node.kind === 'list') return readNames(node, fail);
  checkKeys(node, ['top_k', 'explicit'], 'in select', context);
  const [topK, explicit] = [entryOf(node, 'top_k'), entryOf(node, 'explicit')];
  if (topK && explicit) return fail(node, 'select is either top_k or explicit, not both.');
  if (explicit) return readNames(explicit, fail);
  const count = topK?.kind === 'scalar' ? topK.value : undefined;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1) return { topK: count };
  return fail(topK ?? node, 'top_k is a whole number of at least 1.');
}

function readNames(node: Located, fail: (at: Located, message: string) => ModelChoice): ModelChoice {
  const items = node.kind === 'list' ? node.items : [node];
  const names = items.flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? item.value : []));
  if (names.length < items.length || names.length === 0)
    return fail(node, 'explicit needs the names of models, for example {explicit: [PLS-5, PLS-10]}.');
  return { explicit: names };
}

/** The metric by which models are compared and weighted; `select_by` and `weight_metric` are other words for it. */
function readMetric(map: LocatedMap, context: StepContext): string | null {
  const weights = entryOf(map, 'weights');
  if (weights)
    context.report(
      'error',
      'pipeline.setting',
      weights.path,
      'Weights are not written down: aggregate: weighted_mean weighs each model by its validation score. Remove "weights".',
    );
  const written = ['metric', 'select_by', 'weight_metric'].flatMap((key): [string, Located][] => {
    const node = entryOf(map, key);
    return isNothing(node) ? [] : [[key, node]];
  });
  let metric: string | null = null;
  for (const [key, node] of written) {
    const name = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
    const known = metricNamed(name);
    const spellings = metricNames.flatMap(({ id, aliases }) => [id, ...aliases]);
    if (known === undefined)
      context.report(
        'error',
        'pipeline.setting',
        node.path,
        `${key} is the name of a metric, for example rmse; there is none called "${name}".${didYouMean(name, spellings)}`,
      );
    else if (metric !== null && metric !== known.id)
      context.report(
        'error',
        'pipeline.setting',
        node.path,
        `Models are chosen and weighted by one metric; this lane names ${metric} and ${known.id}.`,
      );
    else metric = known.id;
  }
  return metric;
}
