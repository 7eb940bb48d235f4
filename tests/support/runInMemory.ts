import type { RunEvent } from '#core/contract/runEvents.ts';
import type { RunResult, VariantSummary } from '#core/contract/runTypes.ts';
import type { UnitData } from '#core/execution/unit.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { parseDocument } from '#core/engine/parseDocument.ts';
import { laneFacts } from '#core/engine/laneFacts.ts';
import { planDocument } from '#core/engine/planDocument.ts';
import { metricsFor } from '#core/engine/runMetrics.ts';
import { holdOutTestSet } from '#core/engine/holdOutTestSet.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { RunPlan } from '#core/execution/plan.ts';
import { fitRegistry } from '#core/cache/fitRegistry.ts';
import { stageCache } from '#core/cache/stageCache.ts';
import type { FinalModel, RunCaches, RunStore, StoredPredictions, TrialRecord } from '#core/execution/ports.ts';
import { runPipeline } from '#core/execution/runPipeline.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { inProcessPool, type InProcessPool } from '#tests/support/inProcessPool.ts';

/** Everything that a run left behind. */
export interface MemoryRun {
  readonly result: RunResult | null;
  readonly error: unknown;
  readonly events: readonly RunEvent[];
  readonly variants: ReadonlyMap<number, VariantSummary>;
  readonly predictions: readonly StoredPredictions[];
  readonly final: FinalModel | null;
  readonly finals: readonly FinalModel[];
  readonly ensemble: readonly FinalModel[];
  readonly trials: readonly TrialRecord[];
  readonly pool: InProcessPool;
}

/** Data of a run as the engine hands them to workers; without `test` every row is for training. */
export function unitDataOf(
  { x, y, axis }: { x: Matrix; y: Float64Array; axis?: Float64Array },
  rows: {
    train?: Int32Array;
    test?: Int32Array;
    metadata?: Record<string, string[]>;
    classes?: readonly string[];
  } = {},
): UnitData {
  const whole = {
    values: axis ?? Float64Array.from({ length: x.cols }, (_, j) => 1000 + 2 * j),
    unit: 'nm' as const,
  };
  return {
    key: `test data ${nextKey()}`,
    rows: x.rows,
    cols: x.cols,
    x: x.data,
    y,
    classes: rows.classes ?? null,
    axis: whole,
    sources: [{ name: 'spectra', from: 0, to: x.cols, axis: whole }],
    signal: 'absorbance',
    targetName: 'y',
    targetUnit: '%',
    metadata: rows.metadata ?? {},
    train: rows.train ?? Int32Array.from({ length: x.rows }, (_, k) => k),
    test: rows.test ?? new Int32Array(0),
  };
}

const nextKey = ((): (() => number) => {
  let key = 0;
  return () => ++key;
})();

export const planOf = (text: string, seed: number | null = null, data: UnitData | null = null): RunPlan =>
  planDocument(parseDocument(text), seed, data === null ? null : laneFacts(data));

/** Runs a document on data, all of it in memory and on this thread. Never rejects: the error is part of the answer. */
export async function runInMemory(
  data: UnitData,
  text: string,
  options: {
    readonly pool?: InProcessPool;
    readonly plan?: Partial<RunPlan>;
    readonly cancel?: { cancelled: boolean; check(): void };
    readonly onEvent?: (event: RunEvent) => void;
    readonly store?: Partial<RunStore>;
    readonly caches?: RunCaches | null;
    /** The catalog's operators without it. */
    readonly lookup?: OperatorLookup;
  } = {},
): Promise<MemoryRun> {
  const pool = options.pool ?? inProcessPool();
  const events: RunEvent[] = [];
  const variants = new Map<number, VariantSummary>();
  const predictions: StoredPredictions[] = [];
  const finals: FinalModel[] = [];
  const ensemble: FinalModel[] = [];
  const trials: TrialRecord[] = [];
  let time = 0;
  let result: RunResult | null = null;
  let error: unknown = null;
  try {
    const aside = await holdOutTestSet(pool, data, { ...planOf(text, null, data), ...options.plan });
    result = await runPipeline(
      { runId: '20260101T000000.000Z-0000', name: 'test', datasetName: 'test', dataHash: data.key, ...aside },
      {
        pool,
        clock: { epoch: () => 0, now: () => (time += 5), every: () => () => undefined, turn: () => Promise.resolve() },
        metrics: metricsFor(aside.plan.metric, data.classes?.length ?? 0),
        lookup: options.lookup ?? operatorsByKind,
        caches: options.caches === undefined ? { stages: stageCache(), registry: fitRegistry() } : options.caches,
        digest: (text, rows) => JSON.stringify([text, rows.map((list) => [...list])]),
        cancel: options.cancel ?? { cancelled: false, check: () => undefined },
        describeSplitter: (id, params) => operatorsByKind.splitter(id).describe({ ...params }),
        store: {
          variants: (list) => {
            for (const one of list) variants.set(one.variant, one);
          },
          predictions: (entries) => void predictions.push(...entries()),
          selected: () => undefined,
          final(model) {
            finals.push(model);
            return Promise.resolve();
          },
          ensemble(models) {
            ensemble.push(...models);
            return Promise.resolve();
          },
          trial: (_, record) => void trials.push(record),
          library: null,
          ...options.store,
        },
        emit(event) {
          events.push(event);
          options.onEvent?.(event);
        },
      },
    );
  } catch (thrown) {
    error = thrown;
  }
  return { result, error, events, variants, predictions, final: finals[0] ?? null, finals, ensemble, trials, pool };
}
