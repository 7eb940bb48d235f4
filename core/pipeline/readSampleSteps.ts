import { isComment } from '#core/pipeline/keywords.ts';
import { entryOf, toPlain, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import { readOperator } from '#core/pipeline/readOperator.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { AugmentationStep, FilterStep, OperatorCall, StepNode, ViewsStep } from '#core/pipeline/stepNode.ts';

type ReadSteps = (node: Located, context: StepContext) => StepNode[];

const itemsOf = (node: Located): readonly Located[] =>
  (node.kind === 'list' ? node.items : [node]).filter((item) => !(item.kind === 'scalar' && item.value === null));

const callsOf = (node: Located, context: StepContext): OperatorCall[] =>
  itemsOf(node).flatMap((item) => readOperator(item, context) ?? []);

/** The value of a key that stands beside the keyword, or inside its map. */
const setting = (map: LocatedMap, inside: LocatedMap | null, key: string): Located | undefined =>
  entryOf(map, key) ?? (inside === null ? undefined : entryOf(inside, key));

/**
 * `exclude` and `tag`: one filter, a list of them, `{filters: […], mode}`, or (tags) a map of column names to filters.
 */
export function readFilters(
  keyword: 'tag' | 'exclude',
  map: LocatedMap,
  value: Located,
  context: StepContext,
): FilterStep {
  const inside = value.kind === 'map' && entryOf(value, 'filters') !== undefined ? value : null;
  const mode = setting(map, inside, 'mode');
  const word = mode === undefined ? 'any' : toPlain(mode);
  if (word !== 'any' && word !== 'all')
    context.report('error', 'pipeline.setting', mode?.path ?? map.path, 'mode is any or all.');
  const named = keyword === 'tag' && inside === null && value.kind === 'map' ? namedFilters(value, context) : null;
  const calls = named?.map(([, call]) => call) ?? callsOf((inside && entryOf(inside, 'filters')) ?? value, context);
  if (calls.length === 0)
    context.report('error', 'pipeline.step', map.path, `${keyword} needs a filter, for example YOutlierFilter.`);
  for (const call of calls)
    if (call.kind !== null && call.kind !== 'filter')
      context.report(
        'error',
        'pipeline.kind',
        call.path,
        `A filter is expected here; ${call.id ?? call.name} is a ${call.kind}.`,
      );
  return {
    kind: 'filter',
    keyword,
    calls,
    mode: word === 'all' ? 'all' : 'any',
    names: named?.map(([name]) => name) ?? calls.map((call) => tagName(call)),
    path: map.path,
  };
}

/** `{outlier: YOutlierFilter}`; null when the map is one operator with its parameters. */
function namedFilters(map: LocatedMap, context: StepContext): [string, OperatorCall][] | null {
  const entries = map.entries.filter((entry) => !isComment(entry.key));
  const silent: StepContext = { catalog: context.catalog, report: () => undefined };
  if (entryOf(map, 'class') !== undefined || readOperator(map, silent)?.kind === 'filter') return null;
  return entries.flatMap((entry): [string, OperatorCall][] => {
    const call = readOperator(entry.value, context);
    return call === null ? [] : [[entry.key, call]];
  });
}

function tagName(call: OperatorCall): string | null {
  const name = call.written['tag_name'];
  return typeof name === 'string' && name !== '' ? name : null;
}

const augmentationKeys = [
  'transformers',
  'count',
  'selection',
  'random_state',
  'seed',
  'balance',
  'target_size',
  'max_factor',
  'context',
];

/** `sample_augmentation`: an operator, a list, or `{transformers: […], count, selection, random_state, balance …}`. */
export function readAugmentation(map: LocatedMap, value: Located, context: StepContext): AugmentationStep {
  const inside = value.kind === 'map' && entryOf(value, 'transformers') !== undefined ? value : null;
  for (const entry of inside?.entries ?? []) {
    if (augmentationKeys.includes(entry.key) || isComment(entry.key)) continue;
    const nearest = nearestName(entry.key, augmentationKeys);
    context.report(
      'error',
      'pipeline.unknown-key',
      entry.value.path,
      `"${entry.key}" is not known in a sample_augmentation step.${nearest ? ` Did you mean "${nearest}"?` : ''}`,
    );
  }
  const number = (key: string, low: number, whole: boolean): number | null => {
    const node = setting(map, inside, key);
    if (node === undefined || (node.kind === 'scalar' && node.value === null)) return null;
    const found = toPlain(node);
    if (typeof found === 'number' && found >= low && (!whole || Number.isInteger(found))) return found;
    context.report('error', 'pipeline.setting', node.path, `${key} is a ${whole ? 'whole ' : ''}number from ${low}.`);
    return null;
  };
  const selection = setting(map, inside, 'selection');
  const word = selection === undefined ? 'random' : toPlain(selection);
  if (word !== 'random' && word !== 'all' && word !== 'sequential')
    context.report('error', 'pipeline.setting', selection?.path ?? map.path, 'selection is random, all or sequential.');
  const by = setting(map, inside, 'balance');
  const column = by === undefined ? null : toPlain(by);
  if (column !== null && typeof column !== 'string')
    context.report('error', 'pipeline.setting', by?.path ?? map.path, 'balance is y or the name of a metadata column.');
  const calls = callsOf((inside && entryOf(inside, 'transformers')) ?? value, context);
  if (calls.length === 0)
    context.report(
      'error',
      'pipeline.step',
      map.path,
      'sample_augmentation needs an operator, for example GaussianAdditiveNoise.',
    );
  for (const call of calls)
    if (call.kind !== null && call.kind !== 'augmentation' && call.kind !== 'transform')
      context.report(
        'error',
        'pipeline.kind',
        call.path,
        `An augmentation is expected here; ${call.id ?? call.name} is a ${call.kind}.`,
      );
  return {
    kind: 'augmentation',
    calls,
    count: number('count', 1, true) ?? 1,
    // One after another, whichever of the two words is used.
    selection: word === 'random' ? 'random' : 'all',
    seed: number('random_state', 0, true) ?? number('seed', 0, true),
    balance:
      typeof column === 'string'
        ? { by: column, targetSize: number('target_size', 1, true), maxFactor: number('max_factor', 1, false) }
        : null,
    path: map.path,
  };
}

/** `feature_augmentation` and `concat_transform`: a list of transforms, each item (or nested list) one view. */
export function readViews(
  keyword: 'feature_augmentation' | 'concat_transform',
  map: LocatedMap,
  value: Located,
  context: StepContext,
  readSteps: ReadSteps,
): ViewsStep {
  const action = entryOf(map, 'action');
  const word = action === undefined ? 'extend' : toPlain(action);
  if (word !== 'extend' && word !== 'add' && word !== 'replace')
    context.report('error', 'pipeline.setting', action?.path ?? map.path, 'action is extend, add or replace.');
  const operations = value.kind === 'map' ? entryOf(value, 'operations') : undefined;
  const steps = readLanes(operations ?? value, context, readSteps);
  for (const step of steps) checkLane(step, keyword, context);
  if (!steps.some((step) => step.kind !== 'sequence' || step.steps.length > 0))
    context.report('error', 'pipeline.step', map.path, `${keyword} needs a transform, for example SNV.`);
  const own = word === 'add' || word === 'replace' ? word : 'extend';
  return { kind: 'views', keyword, action: keyword === 'concat_transform' ? 'concat' : own, steps, path: map.path };
}

/** Each item of the list is a lane; `null` is the view as it is. */
function readLanes(node: Located, context: StepContext, readSteps: ReadSteps): StepNode[] {
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item): StepNode[] => {
    if (item.kind === 'scalar' && item.value === null) return [{ kind: 'sequence', steps: [], path: item.path }];
    return item.kind === 'list'
      ? [{ kind: 'sequence', steps: readSteps(item, context), path: item.path }]
      : readSteps(item, context);
  });
}

function checkLane(step: StepNode, keyword: string, context: StepContext): void {
  if (step.kind === 'sequence') for (const inner of step.steps) checkLane(inner, keyword, context);
  else if (!['transform', 'views', 'generator', 'invalid'].includes(step.kind))
    context.report('error', 'pipeline.kind', step.path, `${keyword} takes transforms; this is a ${step.kind}.`);
  else if (step.kind === 'transform' && step.call.kind !== null && step.call.kind !== 'transform')
    context.report(
      'error',
      'pipeline.kind',
      step.path,
      `${keyword} takes transforms; ${step.call.id ?? step.call.name} is a ${step.call.kind}.`,
    );
}
