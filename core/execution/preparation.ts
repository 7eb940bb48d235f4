import type { Fold } from '#core/data/operator.ts';
import type { CacheMeter } from '#core/execution/cacheMeter.ts';
import { chainKey, dataKey, integersKey, stepIdentity } from '#core/execution/identity.ts';
import { changesSpectra, datasetLevelEnd, looksOnlyAtRows } from '#core/execution/levels.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { FitGroup } from '#core/execution/plan.ts';
import type { RunCaches, StageEntry, UnitPool } from '#core/execution/ports.ts';
import { rawStage } from '#core/execution/runSteps.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type {
  DatasetStage,
  KnownStates,
  PrepareResult,
  StageInput,
  StepRecord,
  UnitData,
} from '#core/execution/unit.ts';

/** So many fits that nothing planned needs are known all the same: the refit begins as the folds did. */
const REMEMBERED = 256;

/** A chain whose beginning others may share. */
export interface Chain {
  readonly steps: readonly PlannedStep[];
  readonly splitterIndex: number;
}

export interface Prepared {
  /** Null: begin with the raw spectra. */
  readonly input: StageInput | null;
  readonly known: KnownStates;
  readonly notices: readonly string[];
}

/**
 * Decides which preprocessing is computed by itself, once, so that others start from its result: what every fold
 * shares (it ends where the folds begin), every place where chains part, and the place of the splitter. What only one
 * unit needs is done inside that unit. Without caches every unit begins with the raw spectra.
 */
export function preparation(
  parts: {
    readonly data: UnitData;
    readonly seed: number;
    readonly lookup: OperatorLookup;
    readonly pool: UnitPool;
    readonly caches: RunCaches | null;
    readonly meter: CacheMeter;
  },
  groups: readonly FitGroup[],
) {
  const { data, seed, lookup, pool, caches, meter } = parts;
  const { shared, users } = placesOf(groups, lookup);
  /** Keys of the stages and fits of each place. */
  const keysAt = new Map<string, Set<string>>();
  const underWay = new Map<string, Promise<StageEntry>>();
  /** Registry keys of the steps behind a stage, kept when the stage itself had to go. */
  const fitsBehind = new Map<string, readonly string[]>();
  /** Keys that nothing planned needs, the oldest first. */
  const done: string[] = [];

  function keyOf({ steps, splitterIndex }: Chain, end: number, fold: Fold | null): string {
    const rows = `${dataKey(data, data.train)} ${integersKey(data.test)} ${seed}`;
    if (fold === null) return `${rows} ${chainKey(steps, end, null, lookup)}`;
    return `${rows} ${integersKey(fold.train)} ${integersKey(fold.validation)} ${chainKey(steps, end, splitterIndex, lookup)}`;
  }

  function remembered(key: string, section: readonly PlannedStep[]): KnownStates {
    const registry = caches?.registry;
    if (registry === undefined) return {};
    const found: StepRecord[] = (fitsBehind.get(key) ?? []).flatMap((one) => registry.get(one) ?? []);
    const prefixes = section
      .filter((step) => step.role === 'transform')
      .map((step) => `["stateless",${JSON.stringify(stepIdentity(step, lookup))},`);
    for (const record of prefixes.length === 0 ? [] : registry.ofLayer('stateless'))
      if (prefixes.some((prefix) => record.key.startsWith(prefix))) found.push(record);
    return Object.fromEntries(found.map(({ key: one, states }) => [one, states]));
  }

  /** The stage after the first `end` steps, from the cache or computed now. */
  async function stageAt(chain: Chain, end: number, fold: Fold | null): Promise<StageEntry> {
    const key = keyOf(chain, end, fold);
    // Without a pause between looking and beginning, so that nobody else begins the same.
    const begun = underWay.get(key);
    const cached = caches?.stages.get(key) ?? (begun === undefined ? undefined : await begun);
    if (cached !== undefined) {
      meter.stageFound(cached);
      return cached;
    }
    const computing = compute(chain, end, fold, key);
    underWay.set(key, computing);
    const entry = await computing; // a failure stays: whoever asks again gets the same answer
    underWay.delete(key);
    return entry;
  }

  async function compute(chain: Chain, end: number, fold: Fold | null, key: string): Promise<StageEntry> {
    const before = await nearest(chain, end - 1, fold);
    const from = before?.end ?? 0;
    const known = remembered(key, chain.steps.slice(from, end));
    meter.miss('stepCache');
    const result = await pool.prepare(data, {
      kind: 'prepare',
      ...chain,
      end,
      fold,
      input: before === null ? null : { steps: from, stage: before.entry.stage },
      known,
      seed,
    });
    locate(key, chain, end, fold);
    noted(key, result.records);
    const entry: StageEntry = {
      stage: result.stage,
      records: [...(before?.entry.records ?? []), ...result.records],
      notices: [...(before?.entry.notices ?? []), ...result.notices],
      bytes: result.bytes,
    };
    caches?.stages.put(key, entry);
    return entry;
  }

  /** Remembers where a key belongs, so that it goes when nothing planned passes there any more. */
  function locate(key: string, chain: Chain, end: number, fold: Fold | null): void {
    const place = fold === null ? datasetPlace(chain, end, lookup) : foldPlace(chain, end, lookup);
    const keys = keysAt.get(place) ?? new Set();
    keys.add(key);
    keysAt.set(place, keys);
  }

  /** Without caches: for whoever asks. */
  async function alone(chain: Chain, end: number): Promise<PrepareResult> {
    const result = await pool.prepare(data, {
      kind: 'prepare',
      ...chain,
      ...{ end, fold: null, input: null, known: {}, seed },
    });
    meter.carriedOut(result.records);
    return result;
  }

  function noted(key: string, records: readonly StepRecord[]): void {
    meter.carriedOut(records);
    if (caches === null) return;
    for (const record of records) caches.registry.put(record);
    fitsBehind.set(
      key,
      records.map((record) => record.key),
    );
  }

  /** The last place at or before `end` that is computed by itself. */
  async function nearest(
    chain: Chain,
    end: number,
    fold: Fold | null,
  ): Promise<{ entry: StageEntry; end: number } | null> {
    const datasetEnd = datasetLevelEnd(chain.steps, chain.splitterIndex, lookup);
    for (let at = end; at > 0; at--) {
      if (!changesSpectra(chain.steps[at - 1])) continue;
      const inFold = at > datasetEnd;
      if (inFold && fold === null) continue;
      if (
        inFold ? shared.has(foldPlace(chain, at, lookup)) : at === lastChange(chain, datasetEnd) || isShared(chain, at)
      )
        return { entry: await stageAt(chain, at, inFold ? fold : null), end: at };
    }
    return null;
  }

  const isShared = (chain: Chain, at: number): boolean =>
    shared.has(datasetPlace(chain, at, lookup)) ||
    (at === lastChange(chain, chain.splitterIndex) && !looksOnlyAtRows(chain.steps, chain.splitterIndex, lookup));

  async function prepared(chain: Chain, end: number, fold: Fold | null): Promise<Prepared> {
    if (caches === null) return { input: null, known: {}, notices: [] };
    const place = await nearest(chain, end, fold);
    const key = keyOf(chain, end, fold);
    return {
      input: place === null ? null : { steps: place.end, stage: place.entry.stage },
      known: remembered(key, chain.steps.slice(place?.end ?? 0, end)),
      notices: place === null ? [] : [...place.entry.notices, ...place.entry.records.flatMap(({ notices }) => notices)],
    };
  }

  return {
    /** Where the splitter of a chain starts. */
    forSplit: async (chain: Chain): Promise<Prepared> =>
      looksOnlyAtRows(chain.steps, chain.splitterIndex, lookup)
        ? { input: null, known: {}, notices: [] }
        : prepared(chain, chain.splitterIndex, null),
    /** Where the fit of a chain on a fold starts. */
    forFit: (chain: Chain, fold: Fold): Promise<Prepared> => prepared(chain, chain.steps.length - 1, fold),
    /** The spectra after the first `end` steps, which see all rows alike. */
    async stage(chain: Chain, end: number): Promise<DatasetStage> {
      const last = lastChange(chain, end);
      const stage =
        last === 0
          ? rawStage(data)
          : caches !== null
            ? (await stageAt(chain, last, null)).stage
            : (await alone(chain, last)).stage;
      if (stage.level !== 'dataset') throw new Error('These steps see all rows alike.');
      return stage;
    },
    /** What a unit fitted by itself. */
    fitted(chain: Chain, fold: Fold, records: readonly StepRecord[]): void {
      const end = chain.steps.length - 1;
      const key = keyOf(chain, end, fold);
      if (caches !== null) locate(key, chain, end, fold);
      noted(key, records);
    },
    /** A group has all its folds: what only it needed may go, so that memory does not grow with the number of groups. */
    groupDone(group: Chain): void {
      if (caches === null) return;
      for (const place of passed(group, lookup)) {
        const left = (users.get(place) ?? 1) - 1;
        users.set(place, left);
        if (left > 0) continue;
        for (const key of keysAt.get(place) ?? []) {
          caches.stages.retire(key);
          for (const one of fitsBehind.get(key) ?? []) if (!isStateless(one)) caches.registry.retire(one);
          done.push(key);
        }
        keysAt.delete(place);
      }
      for (const key of done.splice(0, Math.max(0, done.length - REMEMBERED))) fitsBehind.delete(key);
    },
  };
}
export type Preparation = ReturnType<typeof preparation>;

const datasetPlace = ({ steps }: Chain, end: number, lookup: OperatorLookup): string =>
  `all ${chainKey(steps, end, null, lookup)}`;

/** Folds are the same when everything up to the splitter is. */
const foldPlace = ({ steps, splitterIndex }: Chain, end: number, lookup: OperatorLookup): string =>
  JSON.stringify([
    'fold',
    steps.slice(0, splitterIndex + 1).map((step) => stepIdentity(step, lookup)),
    chainKey(steps, end, splitterIndex, lookup),
  ]);

/** The end of the last step before `end` that changes the spectra; 0 without one. */
function lastChange({ steps }: Chain, end: number): number {
  for (let at = Math.min(end, steps.length); at > 0; at--) if (changesSpectra(steps[at - 1])) return at;
  return 0;
}

/** Other chains meet the same operator with the same parameters again. */
const isStateless = (key: string): boolean => key.startsWith('["stateless",');

/** The places that a chain passes: where a step has changed the spectra. */
function placesAlong(chain: Chain, lookup: OperatorLookup): string[] {
  const datasetEnd = datasetLevelEnd(chain.steps, chain.splitterIndex, lookup);
  return chain.steps.flatMap((step, index) => {
    if (!changesSpectra(step)) return [];
    return index < datasetEnd ? [datasetPlace(chain, index + 1, lookup)] : [foldPlace(chain, index + 1, lookup)];
  });
}

/** The same, and where its model is fitted, each once. */
const passed = (chain: Chain, lookup: OperatorLookup): ReadonlySet<string> =>
  new Set([...placesAlong(chain, lookup), foldPlace(chain, chain.steps.length - 1, lookup)]);

/** Places from which more than one thing goes on, and how many groups pass each place. */
function placesOf(
  groups: readonly FitGroup[],
  lookup: OperatorLookup,
): { readonly shared: ReadonlySet<string>; readonly users: Map<string, number> } {
  const followers = new Map<string, Set<string>>();
  const users = new Map<string, number>();
  for (const group of groups) {
    const places = placesAlong(group, lookup);
    for (const place of passed(group, lookup)) users.set(place, (users.get(place) ?? 0) + 1);
    places.forEach((place, k) => {
      const next = places[k + 1];
      const after = next === undefined ? [`fit ${group.index}`] : [next];
      // A search fits many models behind the same preprocessing.
      if (next === undefined && group.finetune !== null) after.push(`search ${group.index}`);
      const known = followers.get(place) ?? new Set<string>();
      for (const one of after) known.add(one);
      followers.set(place, known);
    });
  }
  return { shared: new Set([...followers].filter(([, after]) => after.size > 1).map(([place]) => place)), users };
}
