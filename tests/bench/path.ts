/**
 * What a run costs beside the computing: PLS with 1–30 components, KFold(10), refit, in a workspace. The fits are
 * answered from memory, so that everything that is left is the path: plan, folds, scores, averages, rows, events, model
 * and manifest. `computed`: nothing is known from earlier runs. `known`: everything is, and read from the workspace.
 * `cpuMs` is the time of the engine's own thread, which other work on the machine disturbs less. Optional arguments:
 * threads, runs of each kind.
 */
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { integersKey } from '#core/execution/identity.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import { benchmark, type BenchEngine } from '#tests/support/benchEngine.ts';

const [workers = 2, times = 15] = process.argv.slice(2).map(Number);
const SIZES = [
  [200, 700],
  [1000, 2000],
] as const;
const pipeline = 'pipeline:\n  - KFold: {n_splits: 10}\n  - PLS: {n_components: {_range_: [1, 30]}, scale: false}\n';
/** Runs until the compiler has settled. */
const WARM = 2;
/** The event with which each phase ends; `accept` also holds reading the data, the plan and `run.yaml`. */
const ENDS: Readonly<Partial<Record<RunEvent['type'], string>>> = {
  'run.started': 'accept',
  'check.completed': 'check',
  'variant.completed': 'cv',
  'selection.completed': 'select',
  'refit.completed': 'refit',
  'run.completed': 'report',
};

/** The second answer to the same question comes from memory. */
function remembering(pool: UnitPool): UnitPool {
  const known = new Map<string, Promise<never>>();
  const once = <U, T>(work: (data: Parameters<UnitPool['fit']>[0], unit: U) => Promise<T>): typeof work => {
    return (data, unit) => {
      const key = `${data.key} ${JSON.stringify(unit, rowsInShort)}`;
      const answer = known.get(key) ?? work(data, unit);
      known.set(key, answer as Promise<never>); // one map for the three kinds; the unit's own kind is in the key
      return answer as Promise<T>;
    };
  };
  return {
    size: pool.size,
    fit: once(pool.fit),
    prepare: once(pool.prepare),
    split: once(pool.split),
    // Spectra are placed and multiplied for nobody when what they serve is known.
    room: pool.room,
    place: () => Promise.resolve(true),
    tiles: () => Promise.resolve(),
    sums: () => Promise.resolve(),
    derive: () => Promise.resolve(null),
    solve: once(pool.solve),
    cancelAll: () => pool.cancelAll(),
  };
}

const rowsInShort = (_: string, value: unknown): unknown => (value instanceof Int32Array ? integersKey(value) : value);

async function phasesOf({ run }: BenchEngine, id: string, cache: boolean): Promise<Record<string, number>> {
  const before = process.threadCpuUsage();
  const started = performance.now();
  const phases: Record<string, number> = {};
  let last = started;
  await run(id, pipeline, {
    cache,
    onEvent: ({ type }) => {
      const phase = ENDS[type];
      if (phase === undefined) return;
      const now = performance.now();
      phases[phase] = now - last;
      last = now;
    },
  });
  const { user, system } = process.threadCpuUsage(before);
  return { ...phases, total: last - started, cpu: (user + system) / 1000 };
}

const round = (value: number): number => Math.round(100 * value) / 100;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const at = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? NaN;

await benchmark(
  workers,
  async (bench) => {
    const hash = await contentHasher();
    const { workspace } = bench.engine.parts;
    const figures: Record<string, unknown> = {};
    for (const [n, p] of SIZES) {
      const dataset = syntheticSpectra(n, p, 1);
      const id = `ds_path${n}x${p}`;
      await workspace.datasets.save({
        ...{ id, dataset, contentHash: hash(dataset) },
        ...{ options: null, report: dataReport(dataset), warnings: 0 },
      });
      for (const kind of ['computed', 'known'] as const) {
        const runs: Record<string, number>[] = [];
        for (let k = 0; k < WARM + times; k++) runs.push(await phasesOf(bench, id, kind === 'known'));
        const measured = runs.slice(WARM);
        const totals = measured.map((one) => one['total'] ?? NaN);
        const cpu = measured.map((one) => one['cpu'] ?? NaN);
        const [newest] = workspace.runs.list();
        const rows = newest === undefined ? 0 : workspace.predictions.list({ runId: newest.id }).length;
        figures[`${n} × ${p}, ${kind}`] = {
          medianMs: round(at(totals, 0.5)),
          leastMs: round(Math.min(...totals)),
          cpuMs: round(mean(cpu)), // the clock of threads ticks in 4 ms on some systems: only the mean says something
          phasesMs: Object.fromEntries(
            Object.values(ENDS).map((phase) => [
              phase,
              round(
                at(
                  measured.map((one) => one[phase] ?? NaN),
                  0.5,
                ),
              ),
            ]),
          ),
          rows,
          msPerRow: round((1000 * at(totals, 0.5)) / rows) / 1000,
        };
      }
    }
    return figures;
  },
  remembering,
);
