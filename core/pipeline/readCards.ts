import { branchCard, type BranchCard } from '#core/pipeline/branchCard.ts';
import { describeValue } from '#core/pipeline/describeValue.ts';
import { fieldKind, shortName } from '#core/pipeline/fieldNames.ts';
import { callOf } from '#core/pipeline/callOf.ts';
import { generatorSpace } from '#core/pipeline/generatorSpace.ts';
import { DISABLED, generatorOf, isComment, isStepKeyword, type StepKeyword } from '#core/pipeline/keywords.ts';
import { entryOf, toPlain, type DocPath, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import { readHeader } from '#core/pipeline/readHeader.ts';
import { readText } from '#core/pipeline/readText.ts';

export type CardKind =
  | 'transform'
  | 'splitter'
  | 'model'
  | 'target'
  | 'filter'
  | 'augmentation'
  | 'views'
  | 'branch'
  | 'merge'
  | 'alternatives'
  | 'other';

/** A step as the builder draws it. */
export interface StepCard {
  /** Of the step in the list; edits take it. */
  readonly path: DocPath;
  readonly kind: CardKind;
  /** The catalog's id, or null where the step is no operator that this version runs. */
  readonly id: string | null;
  /** As written, without its Python path; the keyword for steps without one operator. */
  readonly name: string;
  /** A name given to the step, for example to a model. */
  readonly title: string | null;
  /** Of the operator, to set parameters: the step itself, or the place under its keyword. */
  readonly callPath: DocPath;
  /** As written; a swept parameter holds its generator. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Values of each swept parameter, first ones only. */
  readonly sweeps: Readonly<Record<string, { readonly count: number; readonly values: readonly unknown[] }>>;
  readonly enabled: boolean;
  /** Variants that this step makes by itself. */
  readonly sweepCount: number;
  /** True for a name that nobody uses: a spelling mistake, or an operator of a plugin. */
  readonly unknown: boolean;
  /** In words. */
  readonly summary: string;
  /** The alternatives of an `_or_`, each a card of its own. */
  readonly alternatives?: readonly StepCard[];
  /** Where the map with the `_or_` stands: the step itself, or the place under its keyword. */
  readonly choicePath?: DocPath;
  /** The operators of a step that takes several (target, filters, augmentation, views), each a card of its own. */
  readonly parts?: readonly StepCard[];
  /** Where they stand: a list, or one operator alone. */
  readonly partsPath?: DocPath;
  /** Names of the parts where the document gives them one (tags). */
  readonly partNames?: readonly string[];
  /** What is written beside the keyword, or in its map beside the operators. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where a setting is written that stands in the map under the keyword. */
  readonly settingsPath?: DocPath;
  /** The lanes of a branch, in words. */
  readonly lanes?: readonly { readonly name: string; readonly steps: readonly string[] }[];
  /** The lanes of a branch with a card for each step; none where a generator makes the lanes. */
  readonly branch?: BranchCard<StepCard>;
  /** What a merge says, as written, and where. */
  readonly merge?: { readonly value: unknown; readonly path: DocPath };
}

/** The cards of a document, in order. Comments and nulls have none; steps of other versions have one. */
export function readCards(text: string, catalog: PipelineCatalog): StepCard[] {
  const { root } = readText(text);
  const { steps } = readHeader(root, () => undefined);
  return steps.kind === 'list' ? steps.items.flatMap((item) => cardOf(item, catalog) ?? []) : [];
}

function cardOf(node: Located, catalog: PipelineCatalog): StepCard | null {
  if (node.kind === 'scalar' && node.value === null) return null;
  if (node.kind === 'map') {
    const off = entryOf(node, DISABLED);
    if (off) {
      const card = cardOf(off, catalog);
      return card && { ...card, path: node.path, enabled: false };
    }
    if (node.entries.every((entry) => isComment(entry.key))) return null;
  }
  const { count } = generatorSpace(node, { seed: 0, problem: () => undefined });
  const base = {
    path: node.path,
    title: null,
    callPath: node.path,
    params: {},
    sweeps: {},
    enabled: true,
    sweepCount: Number(count),
    unknown: false,
    summary: describeValue(node),
  };
  if (node.kind === 'list') return { ...base, kind: 'other', id: null, name: 'sub-pipeline' };
  if (node.kind === 'scalar') return operatorCard(base, node, undefined, catalog);
  const keyword = node.entries.map((entry) => entry.key).find(isStepKeyword);
  const generator = generatorOf(node);
  const choices = generator ? entryOf(node, generator) : undefined;
  if (generator && !keyword && choices?.kind === 'list' && (generator === '_or_' || generator === '_chain_')) {
    const alternatives = choices.items.map((item) => cardOrNone(item, catalog));
    const kinds = new Set(alternatives.filter((card) => card.name !== 'none').map((card) => card.kind));
    return {
      ...base,
      kind: 'alternatives',
      id: null,
      name: kinds.size === 1 ? ([...kinds][0] ?? 'step') : 'step',
      alternatives,
      choicePath: node.path,
      summary: alternatives.map((card) => card.summary).join(' | '),
    };
  }
  if (keyword) return keywordCard(base, keyword, node, catalog);
  if (generator) return { ...base, kind: 'other', id: null, name: generator, summary: stagesInWords(node, generator) };
  return operatorCard(base, node, undefined, catalog);
}

/** "SNV | none × Detrend | none" for stages; other generators by what they hold. */
function stagesInWords(map: LocatedMap, generator: string): string {
  const stages = entryOf(map, generator);
  if (stages?.kind !== 'list') return describeValue(map);
  const wordsOf = (stage: Located): string => {
    const choices = stage.kind === 'map' ? entryOf(stage, '_or_') : undefined;
    if (choices?.kind === 'list') return choices.items.map(wordsOf).join(' | ');
    return stage.kind === 'scalar' && stage.value === null ? 'none' : describeValue(stage);
  };
  return stages.items.map(wordsOf).join(generator === '_cartesian_' ? '  ×  ' : ', ');
}

const noneCard = (node: Located): StepCard => ({
  path: node.path,
  kind: 'other',
  id: null,
  name: 'none',
  title: null,
  callPath: node.path,
  params: {},
  sweeps: {},
  enabled: true,
  sweepCount: 1,
  unknown: false,
  summary: 'none',
});

type Base = Omit<StepCard, 'kind' | 'id' | 'name'>;

const keywordKinds: Readonly<Partial<Record<StepKeyword, CardKind>>> = {
  model: 'model',
  meta_model: 'model',
  preprocessing: 'transform',
  split: 'splitter',
  y_processing: 'target',
  exclude: 'filter',
  sample_filter: 'filter',
  tag: 'filter',
  sample_augmentation: 'augmentation',
  feature_augmentation: 'views',
  concat_transform: 'views',
  branch: 'branch',
  source_branch: 'branch',
  merge: 'merge',
  merge_sources: 'merge',
  merge_predictions: 'merge',
};
/** Keywords that take several operators. */
const chains: ReadonlySet<StepKeyword> = new Set([
  'y_processing',
  'exclude',
  'sample_filter',
  'tag',
  'sample_augmentation',
  'feature_augmentation',
  'concat_transform',
]);
/** Where a keyword's map keeps its operators when it has settings beside them. */
const innerKeys = ['filters', 'transformers', 'operations'];

function keywordCard(base: Base, keyword: StepKeyword, map: LocatedMap, catalog: PipelineCatalog): StepCard {
  const value = entryOf(map, keyword);
  const name = entryOf(map, 'name');
  const kind = keywordKinds[keyword] ?? 'other';
  const titled = {
    ...base,
    title: name?.kind === 'scalar' && name.value !== null ? String(name.value) : null,
    settings: settingsOf(map, keyword),
  };
  const plain = { ...titled, kind, id: null, name: keyword };
  if (value && keyword === 'merge') return { ...plain, merge: { value: toPlain(value), path: value.path } };
  if (!value || kind === 'other' || kind === 'merge') return plain;
  if (kind === 'branch') {
    const branch = branchCard(value, keyword === 'source_branch', catalog, (node) => cardOf(node, catalog));
    return { ...plain, lanes: lanesOf(value), ...(branch ? { branch } : {}) };
  }
  const choices = value.kind === 'map' && !entryOf(map, '_or_') ? entryOf(value, '_or_') : undefined;
  if (choices?.kind === 'list')
    return { ...plain, choicePath: value.path, alternatives: choices.items.map((item) => cardOrNone(item, catalog)) };
  if (value.kind === 'map' && generatorOf(value)) return plain;
  if (chains.has(keyword) && !(keyword === 'y_processing' && value.kind !== 'list'))
    return { ...plain, ...partsOf(keyword, value, plain.settings, catalog) };
  if (value.kind === 'list') return plain;
  const beside = map.entries.filter(
    (entry) => entry.key !== keyword && !besideKeys.has(entry.key) && !isComment(entry.key),
  );
  const card = operatorCard(titled, value, keyword === 'model' ? { ...map, entries: beside } : undefined, catalog);
  return { ...card, kind, path: map.path, ...(keyword === 'y_processing' ? { partsPath: value.path } : {}) };
}

function partsOf(
  keyword: StepKeyword,
  value: Located,
  beside: Readonly<Record<string, unknown>>,
  catalog: PipelineCatalog,
): Pick<StepCard, 'parts' | 'partsPath' | 'partNames' | 'settings' | 'settingsPath'> {
  const inner = value.kind === 'map' ? innerKeys.find((key) => entryOf(value, key) !== undefined) : undefined;
  const list = (value.kind === 'map' && inner !== undefined && entryOf(value, inner)) || value;
  const settings =
    value.kind === 'map' && inner !== undefined
      ? { settings: { ...settingsOf(value, inner), ...beside }, settingsPath: value.path }
      : {};
  if (keyword === 'tag' && list === value && value.kind === 'map' && !catalog.find(callOf(value).name)) {
    const named = value.entries.filter(({ key }) => !isComment(key) && key !== 'class' && key !== 'params');
    if (named.length > 0 && named.every(({ value: filter }) => catalog.find(callOf(filter).name)?.kind === 'filter'))
      return {
        parts: named.map(({ value: filter }) => cardOrNone(filter, catalog)),
        partNames: named.map(({ key }) => key),
        partsPath: value.path,
      };
  }
  const items = list.kind === 'list' ? list.items : [list];
  return { parts: items.map((item) => cardOrNone(item, catalog)), partsPath: list.path, ...settings };
}

const cardOrNone = (node: Located, catalog: PipelineCatalog): StepCard => cardOf(node, catalog) ?? noneCard(node);

const settingsOf = (map: LocatedMap, except: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    map.entries
      .filter(({ key }) => key !== except && !isComment(key))
      .map(({ key, value }): [string, unknown] => [key, toPlain(value)]),
  );

const besideKeys: ReadonlySet<string> = new Set([
  'name',
  'train_params',
  'refit_params',
  'finetune_params',
  'fit_on_all',
  'group',
  'group_by',
  'force_group',
  'param',
]);

function lanesOf(value: Located): { name: string; steps: string[] }[] {
  const wordsOf = (lane: Located): string[] =>
    lane.kind === 'list' ? lane.items.map(describeValue) : [describeValue(lane)];
  if (value.kind === 'list')
    return value.items.map((lane, index) => ({ name: String.fromCharCode(65 + (index % 26)), steps: wordsOf(lane) }));
  if (value.kind === 'scalar') return [];
  const lanes = entryOf(value, 'steps') ?? entryOf(value, 'by_source') ?? value;
  if (lanes.kind !== 'map') return [{ name: 'each group', steps: wordsOf(lanes) }];
  return lanes.entries
    .filter((entry) => !isComment(entry.key) && !entry.key.startsWith('by_'))
    .map((entry) => ({ name: entry.key, steps: wordsOf(entry.value) }));
}

function operatorCard(base: Base, node: Located, beside: LocatedMap | undefined, catalog: PipelineCatalog): StepCard {
  const { name, params } = callOf(node);
  const entries = [...(params?.kind === 'map' ? params.entries : []), ...(beside?.entries ?? [])].filter(
    (entry) => !isComment(entry.key),
  );
  const operator = catalog.find(name);
  const known = fieldKind(name);
  const kind = operator?.kind ?? known;
  const sweeps = entries.flatMap((entry): [string, { count: number; values: unknown[] }][] => {
    if (entry.value.kind !== 'map' || !generatorOf(entry.value)) return [];
    const space = generatorSpace(entry.value, { seed: 0, problem: () => undefined });
    return [[entry.key, { count: Number(space.count), values: space.cover().slice(0, 400).map(toPlain) }]];
  });
  return {
    ...base,
    kind: kind ?? 'other',
    id: operator?.id ?? null,
    name: shortName(name),
    callPath: node.path,
    params: Object.fromEntries(entries.map((entry) => [entry.key, toPlain(entry.value)])),
    sweeps: Object.fromEntries(sweeps),
    unknown: operator === undefined && known === undefined,
  };
}
