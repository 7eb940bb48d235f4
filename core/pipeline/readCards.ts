import { describeValue } from '#core/pipeline/describeValue.ts';
import { fieldKind, shortName } from '#core/pipeline/fieldNames.ts';
import { generatorSpace } from '#core/pipeline/generatorSpace.ts';
import { DISABLED, generatorOf, isComment, isStepKeyword, type StepKeyword } from '#core/pipeline/keywords.ts';
import { entryOf, toPlain, type DocPath, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import { readHeader } from '#core/pipeline/readHeader.ts';
import { readText } from '#core/pipeline/readText.ts';

export type CardKind = 'transform' | 'splitter' | 'model' | 'target' | 'branch' | 'merge' | 'alternatives' | 'other';

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
  /** The lanes of a branch, in words. */
  readonly lanes?: readonly { readonly name: string; readonly steps: readonly string[] }[];
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
    const alternatives = choices.items.map((item) => cardOf(item, catalog) ?? noneCard(item));
    const kinds = new Set(alternatives.filter((card) => card.name !== 'none').map((card) => card.kind));
    return {
      ...base,
      kind: 'alternatives',
      id: null,
      name: kinds.size === 1 ? ([...kinds][0] ?? 'step') : 'step',
      alternatives,
      summary: alternatives.map((card) => card.summary).join(' | '),
    };
  }
  if (keyword) return keywordCard(base, keyword, node, catalog);
  if (generator) return { ...base, kind: 'other', id: null, name: generator };
  return operatorCard(base, node, undefined, catalog);
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

function keywordCard(base: Base, keyword: StepKeyword, map: LocatedMap, catalog: PipelineCatalog): StepCard {
  const value = entryOf(map, keyword);
  const name = entryOf(map, 'name');
  const titled = { ...base, title: name?.kind === 'scalar' && name.value !== null ? String(name.value) : null };
  const operatorLike = value && value.kind !== 'list' && !(value.kind === 'map' && generatorOf(value));
  switch (keyword) {
    case 'model':
    case 'meta_model':
    case 'preprocessing':
    case 'split':
    case 'y_processing': {
      const kind: CardKind = (
        {
          model: 'model',
          meta_model: 'model',
          preprocessing: 'transform',
          split: 'splitter',
          y_processing: 'target',
        } as const
      )[keyword];
      if (!operatorLike) return { ...titled, kind, id: null, name: keyword };
      const beside = map.entries.filter(
        (entry) => entry.key !== keyword && !besideKeys.has(entry.key) && !isComment(entry.key),
      );
      return {
        ...operatorCard(titled, value, keyword === 'model' ? { ...map, entries: beside } : undefined, catalog),
        kind,
        path: map.path,
      };
    }
    case 'branch':
    case 'source_branch':
      return { ...titled, kind: 'branch', id: null, name: keyword, lanes: value ? lanesOf(value) : [] };
    case 'merge':
    case 'merge_sources':
    case 'merge_predictions':
      return { ...titled, kind: 'merge', id: null, name: keyword };
    default:
      return { ...titled, kind: 'other', id: null, name: keyword };
  }
}
const besideKeys: ReadonlySet<string> = new Set([
  'name',
  'train_params',
  'refit_params',
  'finetune_params',
  'fit_on_all',
  'group',
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
    kind: kind === 'model' || kind === 'splitter' || kind === 'transform' ? kind : 'other',
    id: operator?.id ?? null,
    name: shortName(name),
    callPath: node.path,
    params: Object.fromEntries(entries.map((entry) => [entry.key, toPlain(entry.value)])),
    sweeps: Object.fromEntries(sweeps),
    unknown: operator === undefined && known === undefined,
  };
}

function callOf(node: Located): { name: string; params: Located | undefined } {
  if (node.kind === 'scalar') return { name: String(node.value), params: undefined };
  if (node.kind === 'list') return { name: 'steps', params: undefined };
  const className = entryOf(node, 'class');
  if (className?.kind === 'scalar') return { name: String(className.value), params: entryOf(node, 'params') };
  const only = node.entries.find((entry) => !isComment(entry.key));
  return { name: only?.key ?? '', params: only?.value };
}
