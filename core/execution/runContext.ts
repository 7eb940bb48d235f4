import type { CancelToken } from '#core/base/cancellation.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { Phase, Scores } from '#core/contract/runTypes.ts';
import type { PartPredictions, UnitData } from '#core/execution/unit.ts';
import { cacheMeter } from '#core/execution/cacheMeter.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { FitGroup, RunPlan } from '#core/execution/plan.ts';
import type { Clock, RunCaches, RunStore, UnitPool } from '#core/execution/ports.ts';
import { preparation } from '#core/execution/preparation.ts';
import { progressMeter } from '#core/execution/progress.ts';
import type { Fold } from '#core/data/operator.ts';

/** Predictions beside the measured values. */
export interface Judged extends PartPredictions {
  readonly measured: Float64Array;
}

/** The figures of merit, passed in so that one module computes every number (core/metrics). */
export interface Metrics {
  /** All figures of a set of predictions. */
  summary(judged: Judged): Scores;
  /** The run's metric, for selection, or another one that a refit criterion names. */
  score(judged: Judged, metric?: string): number;
  direction(metric?: string): 'lower' | 'higher';
  /** In words, for a sentence. */
  title(metric?: string): string;
}

export interface RunInput {
  readonly runId: string;
  readonly name: string;
  readonly datasetName: string;
  readonly data: UnitData;
  /** SHA-256 of everything in the data that a fit can see: what identifies them across runs. */
  readonly dataHash: string;
  readonly plan: RunPlan;
  /** The run goes on after it stopped. */
  readonly resumed?: Resumed;
}

export interface Resumed {
  /** Number of the last event so far. */
  readonly lastSeq: number;
  /** How many folds had been stored. */
  readonly finishedFolds: number;
}

export interface RunPorts {
  readonly pool: UnitPool;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly lookup: OperatorLookup;
  /** Null: compute everything afresh. */
  readonly caches: RunCaches | null;
  readonly cancel: CancelToken;
  /** SHA-256 of a text and lists of rows, hexadecimal. */
  digest(text: string, rows: readonly Int32Array[]): string;
  /** Words for a splitter, for example `KFold(5)`. */
  describeSplitter(id: string, params: Readonly<Record<string, unknown>>): string;
  emit(event: RunEvent): void;
}

type Stamp = 'runId' | 'seq' | 'phase' | 'fraction' | 'elapsedMs' | 'eta';
// Distributes over the union, so that each event keeps its own fields.
type Unstamped<E> = E extends RunEvent ? Omit<E, Stamp> : never;

/** A group with its folds, known after the check phase. */
export interface GroupFolds {
  readonly group: FitGroup;
  readonly folds: readonly Fold[];
  readonly strategy: string | null;
}

/** Results of earlier runs come without any waiting: this often, calls of the window are answered all the same. */
const BREATH_MS = 20;

/** The cache counters are told at most this often. */
const CACHE_NEWS_MS = 1000;

/** What the phases of one run share: ports, counters, the progress meter, the warnings and the timings. */
export function runContext(input: RunInput, ports: RunPorts) {
  const meter = progressMeter(ports.clock, ports.pool.size);
  const caches = cacheMeter(ports.caches);
  const warnings: string[] = [...input.plan.warnings];
  const timings: Record<string, number> = {};
  const shared = preparation(
    {
      data: input.data,
      seed: input.plan.seed,
      lookup: ports.lookup,
      pool: ports.pool,
      caches: ports.caches,
      meter: caches,
    },
    input.plan.groups,
  );
  /** The last in the queue for a resource; never rejects. */
  const queues = new Map<string, Promise<unknown>>();
  let seq = input.resumed?.lastSeq ?? 0;
  let phase: Phase = 'check';
  let phaseStarted = ports.clock.now();
  let newsAt = -Infinity;
  let breathedAt = -Infinity;

  function emit(event: Unstamped<RunEvent>): void {
    seq++;
    const { fraction, elapsedMs, eta } = meter.now();
    // The stamp completes whichever event this is.
    ports.emit({ runId: input.runId, seq, phase, fraction, elapsedMs, eta, ...event } as RunEvent);
  }

  function tellCaches(): void {
    const cache = caches.report();
    if (cache !== null) emit({ type: 'cache.updated', cache });
    newsAt = ports.clock.now();
  }

  return {
    input,
    ports,
    meter,
    caches,
    warnings,
    timings,
    preparation: () => shared,
    /** Begins work that needs a resource for itself when those that asked for it before have ended, however they did. */
    inTurn<T>(resource: string, work: () => Promise<T>): Promise<T> {
      const turn = (queues.get(resource) ?? Promise.resolve()).then(work);
      queues.set(
        resource,
        turn.then(
          () => undefined,
          () => undefined, // whoever asked for it is told
        ),
      );
      return turn;
    },
    warn(sentence: string): void {
      if (!warnings.includes(sentence)) warnings.push(sentence);
    },
    enter(next: Phase): void {
      timings[phase] = (timings[phase] ?? 0) + ports.clock.now() - phaseStarted;
      phaseStarted = ports.clock.now();
      if (phase !== 'check') tellCaches();
      phase = next;
    },
    emit,
    /** Lets calls and timers have their turn, unless they had it a moment ago. Throws CancelledError. */
    async breathe(): Promise<void> {
      if (ports.clock.now() - breathedAt < BREATH_MS) return;
      await ports.clock.turn();
      breathedAt = ports.clock.now();
      ports.cancel.check();
    },
    /** Tells the counters if nobody heard of them lately. */
    cachesMoved(): void {
      if (ports.clock.now() - newsAt >= CACHE_NEWS_MS) tellCaches();
    },
  };
}
export type RunContext = ReturnType<typeof runContext>;
