import {
  DISABLED,
  isChart,
  isComment,
  isStepKeyword,
  stepKeywords,
  type StepKeyword,
} from '#core/pipeline/keywords.ts';
import { fieldKind } from '#core/pipeline/fieldNames.ts';
import { entryOf, mapAt, toPlain, type Located, type LocatedEntry, type LocatedMap } from '#core/pipeline/located.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import { readBranch } from '#core/pipeline/readBranch.ts';
import { readMerge, readMergePredictions, readMergeSources } from '#core/pipeline/readMerge.ts';
import { readAugmentation, readFilters, readViews } from '#core/pipeline/readSampleSteps.ts';
import { isMetaModel, modelOf, readModel } from '#core/pipeline/readModel.ts';
import { readOperator } from '#core/pipeline/readOperator.ts';
import { readSourceBranch } from '#core/pipeline/readSeparation.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { OperatorCall, StepNode } from '#core/pipeline/stepNode.ts';

/** One step without generators. Null for a step that is none: null, a comment, or one that was switched off. */
export function readStep(node: Located, context: StepContext): StepNode | null {
  if (node.kind === 'scalar' && (node.value === null || isChart(String(node.value)))) return null;
  if (node.kind === 'list') return { kind: 'sequence', steps: readSteps(node, context), path: node.path };
  if (node.kind === 'map') {
    const entries = node.entries.filter((entry) => !isComment(entry.key) && entry.key !== DISABLED);
    if (entries.length === 0 || (entries.length === 1 && isChart(entries[0]?.key ?? ''))) return null;
    const [only, other] = entries;
    if (only && !other && misspelt(only, context)) return { kind: 'invalid', path: node.path };
    const keywords = entries.map((entry) => entry.key).filter(isStepKeyword);
    const [keyword, second] = keywords;
    if (keyword && second) {
      context.report(
        'error',
        'pipeline.step',
        node.path,
        `One step has two keywords, ${keyword} and ${second}. Write two steps.`,
      );
      return { kind: 'invalid', path: node.path };
    }
    if (keyword) return readKeyword(keyword, node, entries, context);
    if (entries.length > 1 && entryOf(node, 'class') === undefined) {
      reportManyKeys(node, entries, context);
      return { kind: 'invalid', path: node.path };
    }
  }
  if (isMetaModel(node)) return readModel(mapAt(node.path, []), node, mapAt(node.path, []), true, context);
  const call = readOperator(node, context);
  return call ? bareStep(call) : { kind: 'invalid', path: node.path };
}

/** The steps of a lane or sub-pipeline: a list, or one step written without one. */
export const readSteps = (node: Located, context: StepContext): StepNode[] =>
  (node.kind === 'list' ? node.items : [node]).flatMap((item) => readStep(item, context) ?? []);

/** An operator without a keyword is the kind of step that the operator is. */
function bareStep(call: OperatorCall): StepNode {
  const { path } = call;
  switch (call.kind) {
    case 'model':
      return modelOf(call, path);
    case 'splitter':
      return { kind: 'splitter', call, file: null, column: null, group: null, path };
    case 'filter':
      return { kind: 'filter', keyword: 'exclude', calls: [call], mode: 'any', names: [null], path };
    case 'augmentation':
      return { kind: 'augmentation', calls: [call], count: 1, selection: 'random', seed: null, balance: null, path };
    default:
      return { kind: 'transform', call, fitOnAll: false, path };
  }
}

function readKeyword(
  keyword: StepKeyword,
  map: LocatedMap,
  entries: readonly LocatedEntry[],
  context: StepContext,
): StepNode {
  const value = entryOf(map, keyword) ?? map;
  const { path } = map;
  const own = ownKeys[keyword] ?? [];
  const strangers = entries.filter((entry) => entry.key !== keyword && !own.includes(entry.key));
  // A model takes parameters written beside it; every other keyword knows its own keys only.
  if (keyword !== 'model') for (const entry of strangers) reportUnknown(entry, [keyword, ...own], keyword, context);
  const calls = (): OperatorCall[] =>
    (value.kind === 'list' ? value.items : [value])
      .filter((item) => !(item.kind === 'scalar' && item.value === null))
      .flatMap((item) => readOperator(item, context) ?? []);
  const word = (key: string): string | null => {
    const node = entryOf(map, key);
    return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
  };
  switch (keyword) {
    case 'model':
    case 'meta_model':
      return readModel(map, single(value), mapAt(path, strangers), keyword === 'meta_model', context);
    case 'preprocessing': {
      if (value.kind === 'list') return { kind: 'sequence', steps: readSteps(value, context), path };
      const call = readOperator(value, context);
      if (call && (call.kind === 'model' || call.kind === 'splitter')) reportKind(call, 'a transform', context);
      const fitOnAll = toPlain(entryOf(map, 'fit_on_all') ?? mapAt(path, [])) === true;
      return call ? { kind: 'transform', call, fitOnAll, path } : { kind: 'invalid', path };
    }
    case 'y_processing': {
      const chain = calls();
      for (const call of chain) checkTarget(call, context);
      return { kind: 'target', calls: chain, path };
    }
    case 'split':
      return readSplit(map, single(value), word('group') ?? word('group_by') ?? word('force_group'), context);
    case 'tag':
    case 'exclude':
    case 'sample_filter':
      return readFilters(keyword === 'tag' ? 'tag' : 'exclude', map, value, context);
    case 'sample_augmentation':
      return readAugmentation(map, value, context);
    case 'feature_augmentation':
    case 'concat_transform':
      return readViews(keyword, map, value, context, readSteps);
    case 'rep_to_sources':
    case 'rep_to_pp':
      return { kind: 'views', keyword, action: 'extend', steps: [], path };
    case 'branch':
      return { ...readBranch(value, context, readSteps), path };
    case 'source_branch':
      return { ...readSourceBranch(value, context, (lane) => readSteps(lane, context)), path };
    case 'merge':
      return { ...readMerge(value, context), path };
    case 'merge_sources':
      return { ...readMergeSources(value, context), path };
    case 'merge_predictions':
      return { ...readMergePredictions(value, context), path };
  }
}

/** A list of one stands for that one: `model: [PLS]`. */
const single = (node: Located): Located =>
  node.kind === 'list' && node.items.length === 1 ? (node.items[0] ?? node) : node;

/** Keys that a keyword step may have beside its keyword. */
const ownKeys: Partial<Record<StepKeyword, readonly string[]>> = {
  model: ['name', 'train_params', 'refit_params', 'finetune_params'],
  meta_model: ['name', 'train_params', 'refit_params', 'finetune_params'],
  preprocessing: ['fit_on_all'],
  split: ['group', 'group_by', 'force_group'],
  exclude: ['mode', 'cascade_to_augmented'],
  sample_filter: ['mode', 'report'],
  feature_augmentation: ['action'],
  sample_augmentation: ['count', 'selection', 'random_state', 'balance', 'target_size', 'max_factor'],
};

/** A splitter, a file with folds (`folds.csv`, `{file: …}`), or the name of a metadata column. */
function readSplit(map: LocatedMap, value: Located, group: string | null, context: StepContext): StepNode {
  const { path } = map;
  const step = { kind: 'splitter', call: null, file: null, column: null, group, path } as const;
  const file = value.kind === 'map' ? entryOf(value, 'file') : undefined;
  if (file?.kind === 'scalar') return { ...step, file: String(file.value) };
  const column = value.kind === 'map' ? entryOf(value, 'column') : undefined;
  if (column?.kind === 'scalar') return { ...step, column: String(column.value) };
  if (value.kind === 'scalar' && typeof value.value === 'string') {
    const text = value.value;
    if (/\.(csv|json|ya?ml|tsv|txt)$/i.test(text)) return { ...step, file: text };
    const silent: StepContext = { catalog: context.catalog, report: () => undefined };
    const call = readOperator(value, silent);
    if (call && call.kind === null) return { ...step, column: text };
  }
  const call = readOperator(value, context);
  if (!call) return { kind: 'invalid', path };
  if (call.kind !== null && call.kind !== 'splitter') reportKind(call, 'a splitter', context);
  return { ...step, call };
}

function checkTarget(call: OperatorCall, context: StepContext): void {
  const operator = call.id === null ? undefined : context.catalog.find(call.id);
  if (operator && !operator.target)
    context.report(
      'error',
      'pipeline.target',
      call.path,
      `${call.id ?? call.name} cannot be inverted, so it cannot process the target.`,
    );
}

function reportKind(call: OperatorCall, wanted: string, context: StepContext): void {
  context.report(
    'error',
    'pipeline.kind',
    call.path,
    `${wanted} is expected here; ${call.id ?? call.name} is a ${call.kind ?? 'step of another kind'}.`.replace(
      /^a/,
      'A',
    ),
  );
}

function reportUnknown(entry: LocatedEntry, known: readonly string[], where: string, context: StepContext): void {
  const nearest = nearestName(entry.key, known);
  context.report(
    'error',
    'pipeline.unknown-key',
    entry.value.path,
    `"${entry.key}" is not known in a ${where} step.${nearest ? ` Did you mean "${nearest}"?` : ''}`,
  );
}

/** `{modle: PLS}`: no operator of that name, and a value that parameters cannot be. */
function misspelt({ key, value }: LocatedEntry, context: StepContext): boolean {
  if (value.kind === 'map' || isStepKeyword(key) || key === 'class') return false;
  if (value.kind === 'scalar' && value.value === null) return false;
  if (context.catalog.find(key) ?? fieldKind(key)) return false;
  const nearest = nearestName(key, stepKeywords);
  if (nearest === undefined) return false;
  const message = `There is no step "${key}". Did you mean "${nearest}"?`;
  context.report('error', 'pipeline.unknown-key', value.path, message);
  return true;
}

/** Several keys and no keyword: most likely a keyword was misspelt. */
function reportManyKeys(map: LocatedMap, entries: readonly LocatedEntry[], context: StepContext): void {
  const keys = entries.map((entry) => `"${entry.key}"`).join(', ');
  const guesses = entries.flatMap((entry) =>
    context.catalog.find(entry.key) ? [] : (nearestName(entry.key, stepKeywords) ?? []),
  );
  const hint = guesses[0] ? ` Did you mean "${guesses[0]}"?` : ' Write one step for each.';
  context.report('error', 'pipeline.step', map.path, `A step is one operator or one keyword; found ${keys}.${hint}`);
}
