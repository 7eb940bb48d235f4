import type { Aggregation, LaneRef, ModelChoice } from '#core/pipeline/stepNode.ts';
import { isRecord } from '#renderer/builder/finetune.ts';

/** What happens to the lanes of a branch; `compare` is no merge at all: each lane goes on by itself. */
export type JoinKind = 'compare' | MergeKind;
export type MergeKind = 'features' | 'predictions' | 'both' | 'concat' | 'sources';

/** Which predictions of a lane go on. */
export interface LaneChoice {
  readonly select: ModelChoice;
  /** Null: the metric of the run. */
  readonly metric: string | null;
  readonly aggregate: Aggregation;
}

/** A merge, as its form edits it. */
export interface MergeForm {
  readonly kind: MergeKind;
  /** Lanes whose spectra go on. */
  readonly features: 'all' | readonly LaneRef[];
  /** Lanes whose predictions go on, with what is meant of each. */
  readonly predictions: 'all' | readonly (LaneChoice & { readonly lane: LaneRef })[];
  /** For lanes that say nothing themselves. */
  readonly common: LaneChoice;
  readonly sources: 'concat' | 'stack' | 'dict';
  readonly includeOriginal: boolean;
  readonly onMissing: string;
  readonly onShapeMismatch: string;
  readonly outputAs: string;
}

export const PLAIN_CHOICE: LaneChoice = { select: 'all', metric: null, aggregate: 'separate' };

/** Reads what stands under `merge`; null for what the form cannot show. */
export function readMergeForm(value: unknown): MergeForm | null {
  const map = typeof value === 'string' ? wordAsMap(value) : value;
  if (!isRecord(map)) return null;
  const features = lanesIn(map['all'] === true ? 'all' : map['features']);
  const predictions = predictionsIn(map['all'] === true ? 'all' : map['predictions']);
  const sources = map['sources'];
  const kind = kindOf(map, features !== null, predictions !== null);
  if (kind === null || features === 'unreadable' || predictions === 'unreadable') return null;
  return {
    kind,
    features: features ?? 'all',
    predictions: predictions ?? 'all',
    common: choiceOf(map),
    sources: sources === 'stack' || sources === 'dict' ? sources : 'concat',
    includeOriginal: map['include_original'] === true,
    onMissing: wordIn(map['on_missing'], 'error'),
    onShapeMismatch: wordIn(map['on_shape_mismatch'], 'error'),
    outputAs: wordIn(map['output_as'], 'features'),
  };
}

/** What stands under `merge` with one thing changed: defaults are left out, what the form does not know is kept. */
export function changeMerge(value: unknown, change: Partial<MergeForm>): unknown {
  const before = readMergeForm(value);
  if (before === null) return value;
  const form = { ...before, ...change };
  const map = new Map(isRecord(value) ? Object.entries(value) : []);
  const put = (key: string, wanted: unknown, isDefault: boolean): void => {
    if (isDefault) map.delete(key);
    else map.set(key, wanted);
  };
  const isOther = form.kind !== before.kind;
  if (isOther) for (const key of ['features', 'predictions', 'all', 'concat', 'sources']) map.delete(key);
  // What was said for all lanes is said by each of them now.
  if ('predictions' in change || isOther) for (const key of ['select', 'metric', 'aggregate']) map.delete(key);
  if (form.features !== 'all' || form.predictions !== 'all') map.delete('all');
  if (map.get('all') !== true) {
    if (isFeatureMerge(form.kind) && ('features' in change || !map.has('features'))) map.set('features', form.features);
    if (isPredictionMerge(form.kind) && ('predictions' in change || !map.has('predictions')))
      map.set('predictions', writePredictions(form.predictions, isRecord(value) ? value['predictions'] : undefined));
  }
  if (form.kind === 'concat') map.set('concat', true);
  if (form.kind === 'sources') map.set('sources', form.sources);
  put('include_original', true, !form.includeOriginal);
  put('on_missing', form.onMissing, form.onMissing === 'error');
  put('on_shape_mismatch', form.onShapeMismatch, form.onShapeMismatch === 'error');
  put('output_as', form.outputAs, form.outputAs === 'features');
  const written = Object.fromEntries(map);
  return isRecord(value) ? written : asWord(written);
}

/** A new merge of a kind, as short as the language allows. */
export const newMerge = (kind: MergeKind): unknown =>
  kind === 'both' ? 'all' : kind === 'sources' ? { sources: 'concat' } : kind;

export const isPredictionMerge = (kind: MergeKind): boolean => kind === 'predictions' || kind === 'both';
export const isFeatureMerge = (kind: MergeKind): boolean => kind === 'features' || kind === 'both';

/** What a merge means for one lane, named or at a place; null where it leaves the lane out. */
export function choiceForLane(form: MergeForm, name: string | null, index: number): LaneChoice | null {
  if (form.predictions === 'all') return form.common;
  return form.predictions.find(({ lane }) => lane === index || lane === name) ?? null;
}

export const takesFeatures = (form: MergeForm, name: string | null, index: number): boolean =>
  form.features === 'all' || form.features.some((lane) => lane === index || lane === name);

function wordAsMap(word: string): Record<string, unknown> | null {
  if (word === 'all') return { features: 'all', predictions: 'all' };
  if (word === 'concat') return { concat: true };
  return word === 'features' || word === 'predictions' ? { [word]: 'all' } : null;
}

function asWord(map: Readonly<Record<string, unknown>>): unknown {
  const keys = Object.keys(map).sort().join();
  if (keys === 'features,predictions' && map['features'] === 'all' && map['predictions'] === 'all') return 'all';
  if (keys === 'concat') return 'concat';
  return (keys === 'features' || keys === 'predictions') && map[keys] === 'all' ? keys : map;
}

function kindOf(map: Readonly<Record<string, unknown>>, features: boolean, predictions: boolean): MergeKind | null {
  if (map['sources'] !== undefined && map['sources'] !== false) return 'sources';
  if (features && predictions) return 'both';
  if (predictions) return 'predictions';
  if (features) return 'features';
  return map['concat'] === undefined || map['concat'] === false ? null : 'concat';
}

const isRef = (value: unknown): value is LaneRef => typeof value === 'string' || typeof value === 'number';
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === false;

function lanesIn(value: unknown): 'all' | readonly LaneRef[] | 'unreadable' | null {
  if (isNothing(value)) return null;
  if (value === 'all' || value === true) return 'all';
  if (isRecord(value)) return lanesIn(value['branches'] ?? 'all');
  return Array.isArray(value) && value.every(isRef) ? value : 'unreadable';
}

function predictionsIn(value: unknown): MergeForm['predictions'] | 'unreadable' | null {
  if (isNothing(value)) return null;
  if (value === 'all' || value === true) return 'all';
  if (!Array.isArray(value)) return 'unreadable';
  const read = (value as unknown[]).map((entry) => {
    if (isRef(entry)) return { ...PLAIN_CHOICE, lane: entry };
    const lane = isRecord(entry) ? entry['branch'] : undefined;
    return isRecord(entry) && isRef(lane) ? { ...choiceOf(entry), lane } : null;
  });
  return read.every((each) => each !== null) ? read : 'unreadable';
}

function choiceOf(map: Readonly<Record<string, unknown>>): LaneChoice {
  const { select, metric, aggregate } = map;
  const known = (['separate', 'mean', 'weighted_mean', 'proba_mean'] as const).find((each) => each === aggregate);
  return {
    select: selectIn(select),
    metric: typeof metric === 'string' ? metric : null,
    aggregate: known ?? 'separate',
  };
}

function selectIn(select: unknown): ModelChoice {
  if (select === 'best') return 'best';
  if (!isRecord(select)) return 'all';
  const { top_k: topK, explicit } = select;
  if (typeof topK === 'number') return { topK };
  return Array.isArray(explicit) ? { explicit: explicit.map(String) } : 'all';
}

const wordIn = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);

/** A lane with nothing but defaults is named alone. */
function writePredictions(predictions: MergeForm['predictions'], before: unknown): unknown {
  if (predictions === 'all') return 'all';
  const written = Array.isArray(before) ? (before as unknown[]) : [];
  return predictions.map(({ lane, select, metric, aggregate }) => {
    const old = written.find((entry) => isRecord(entry) && entry['branch'] === lane);
    const kept = isRecord(old) ? Object.entries(old).filter(([key]) => !CHOSEN.has(key)) : [];
    const chosen = {
      ...(select === 'all' ? {} : { select: writeSelect(select) }),
      ...(metric === null ? {} : { metric }),
      ...(aggregate === 'separate' ? {} : { aggregate }),
    };
    if (kept.length === 0 && Object.keys(chosen).length === 0) return lane;
    return { branch: lane, ...chosen, ...Object.fromEntries(kept) };
  });
}

const CHOSEN: ReadonlySet<string> = new Set(['branch', 'select', 'metric', 'aggregate']);
const writeSelect = (select: ModelChoice): unknown => {
  if (typeof select === 'string') return select;
  return 'topK' in select ? { top_k: select.topK } : { explicit: [...select.explicit] };
};
