import type { CancelToken } from '#core/base/cancellation.ts';
import type { Phase, RunEvent, Scores } from '#core/contract/runs.ts';
import type { FitGroup, RunPlan } from '#core/execution/plan.ts';
import type { Clock, RunStore, UnitPool } from '#core/execution/ports.ts';
import { progressMeter } from '#core/execution/progress.ts';
import type { UnitData } from '#core/execution/unit.ts';
import type { Fold } from '#core/data/operator.ts';

/** The figures of merit, passed in so that one module computes every number (core/metrics). */
export interface Metrics {
  /** All figures of a set of predictions. */
  summary(measured: Float64Array, predicted: Float64Array): Scores;
  /** The run's metric, for selection. */
  score(measured: Float64Array, predicted: Float64Array): number;
  readonly direction: 'lower' | 'higher';
}

export interface RunInput {
  readonly runId: string;
  readonly name: string;
  readonly datasetName: string;
  readonly data: UnitData;
  readonly plan: RunPlan;
}

export interface RunPorts {
  readonly pool: UnitPool;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly cancel: CancelToken;
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

/** What the phases of one run share: ports, the event counter, the progress meter, the warnings and the timings. */
export function runContext(input: RunInput, ports: RunPorts) {
  const meter = progressMeter(ports.clock, ports.pool.size);
  const warnings: string[] = [...input.plan.warnings];
  const timings: Record<string, number> = {};
  let seq = 0;
  let phase: Phase = 'check';
  let phaseStarted = ports.clock.now();

  return {
    input,
    ports,
    meter,
    warnings,
    timings,
    warn(sentence: string): void {
      if (!warnings.includes(sentence)) warnings.push(sentence);
    },
    enter(next: Phase): void {
      timings[phase] = (timings[phase] ?? 0) + ports.clock.now() - phaseStarted;
      phaseStarted = ports.clock.now();
      phase = next;
    },
    emit(event: Unstamped<RunEvent>): void {
      seq++;
      const { fraction, elapsedMs, eta } = meter.now();
      // The stamp completes whichever event this is.
      ports.emit({ runId: input.runId, seq, phase, fraction, elapsedMs, eta, ...event } as RunEvent);
    },
  };
}
export type RunContext = ReturnType<typeof runContext>;
