/**
 * 5,000 variants × 10 folds on the Tecator example, twice: with a preprocessing of its own for each variant, and with 20
 * component counts a preprocessing. Prints the memory of the engine as the run goes on, how long the window waits for
 * what it asks, what the window is told, and what lies on the disk.
 *
 *   npm run bench -- load [2] [--only preprocessing|components] [--windows 25]
 *
 * `--windows`: so many of the 25 filter widths, for a shorter run (200 variants each).
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { serialize } from 'node:v8';
import type { CallInput, CallOutput, EngineCallName } from '#core/contract/contract.ts';
import { HISTORY_PAGE } from '#core/contract/historyPage.ts';
import { benchmark, timed, type BenchEngine } from '#tests/support/benchEngine.ts';
import { median, rounded } from '#tests/support/figures.ts';
import { memoryWatch } from '#tests/support/memoryWatch.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, windows: { type: 'string', default: '25' } },
});
const [workers = 2] = positionals.map(Number);
const widest = 3 + 2 * Number(options.windows);

const REPETITIONS = 5;
const PAGE = { sortBy: 'rank', filter: '', offset: 0, limit: 200 } as const;

const SCATTER =
  '[SNV, MSC, RobustSNV, LocalSNV, VectorNormalization, MinMaxNormalization, AreaNormalization, Detrend, EMSC, null]';
const PIPELINES: Readonly<Record<string, string>> = {
  preprocessing: [
    'pipeline:',
    `  - _or_: ${SCATTER}`,
    `  - SavitzkyGolay: {window_length: {_range_: [5, ${widest}, 2]}, polyorder: {_or_: [2, 3]}, deriv: {_or_: [1, 2]}}`,
    '  - _or_: [{Gaussian: {sigma: 1}}, {Gaussian: {sigma: 2}}, {Gaussian: {sigma: 3}}, Detrend, null]',
    '  - KFold: {n_splits: 10, shuffle: true, random_state: 42}',
    '  - PLS: {n_components: 8, scale: false}',
  ].join('\n'),
  components: [
    'pipeline:',
    `  - _or_: ${SCATTER}`,
    `  - SavitzkyGolay: {window_length: {_range_: [5, ${widest}, 2]}, polyorder: 2, deriv: 1}`,
    '  - KFold: {n_splits: 10, shuffle: true, random_state: 42}',
    '  - PLS: {n_components: {_range_: [1, 20]}, scale: false}',
  ].join('\n'),
};

await benchmark(workers, async (bench) => {
  const { id } = await bench.call('datasets.importSample', { sample: 'tecator' });
  const figures: Record<string, unknown> = {};
  for (const [name, pipeline] of Object.entries(PIPELINES))
    if (options.only === undefined || options.only === name) figures[name] = await load(bench, id, pipeline);
  return figures;
});

async function load(bench: BenchEngine, datasetId: string, pipeline: string): Promise<Record<string, unknown>> {
  const memory = memoryWatch();
  const told = { events: 0, bytes: 0, seconds: new Map<number, number>() };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const run = await timed(() =>
    bench.run(datasetId, pipeline, {
      onEvent: (event) => {
        memory.at(event.fraction);
        told.events++;
        if (told.events % 50 === 0) told.bytes += 50 * serialize(event).byteLength;
        const second = Math.floor(event.elapsedMs / 1000);
        told.seconds.set(second, (told.seconds.get(second) ?? 0) + 1);
      },
    }),
  );
  delay.disable();
  const { runId, variants, folds, realFits, warnings } = run.value;
  const deaf = deafness(delay);
  const disk = await diskOf(bench);
  const queries = await queriesOf(bench, runId);
  delay.reset();
  delay.enable();
  const again = await timed(() => bench.run(datasetId, pipeline));
  delay.disable();
  const deafAgain = deafness(delay);
  const diskAgain = await diskOf(bench);
  return {
    ...{ variants, folds, realFits, warnings: warnings.length },
    seconds: { run: rounded(run.ms / 1000), sameRunAgain: rounded(again.ms / 1000), phases: run.value.timings },
    memory: memory.samples,
    window: {
      events: told.events,
      megabytes: rounded(told.bytes / 1e6),
      meanPerSecond: rounded(told.events / (run.ms / 1000)),
      mostInASecond: Math.max(...told.seconds.values()),
    },
    deafMs: { run: deaf, sameRunAgain: deafAgain },
    megabytesOnDisk: { run: disk, both: diskAgain },
    queriesMs: queries,
    removeRunMs: (await timed(() => bench.call('runs.remove', { runId }))).ms,
    removeSecondRunMs: (await timed(() => bench.call('runs.remove', { runId: again.value.runId }))).ms,
  };
}

/** How long a call of the window has to wait for the engine to listen. */
function deafness(delay: ReturnType<typeof monitorEventLoopDelay>) {
  const milliseconds = (nanoseconds: number): number => rounded(nanoseconds / 1e6);
  return {
    median: milliseconds(delay.percentile(50)),
    p99: milliseconds(delay.percentile(99)),
    most: milliseconds(delay.max),
  };
}

/** What the results screen asks, and what other screens ask of such a run: each several times. */
async function queriesOf(bench: BenchEngine, runId: string): Promise<Record<string, Timing>> {
  const figures: Record<string, Timing> = {};
  async function ask<N extends EngineCallName>(what: string, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const times: number[] = [];
    for (let k = 0; k < REPETITIONS; k++) times.push((await timed(() => bench.call(name, input))).ms);
    const value = await bench.call(name, input);
    const bytes = serialize(value).byteLength;
    figures[what] = { median: median(times), most: Math.max(...times), kilobytes: rounded(bytes / 1e3, 3) };
    return value;
  }
  await ask('runs.list', 'runs.list', {});
  const { result } = await ask('runs.get', 'runs.get', { runId });
  await ask('models.list', 'models.list', {});
  for (const sortBy of ['rank', 'index', 'rmsecv', 'label'] as const)
    for (const offset of [0, 4800])
      await ask(`variants by ${sortBy} from ${offset}`, 'results.variants', { ...PAGE, runId, sortBy, offset });
  await ask('variants with "msc"', 'results.variants', { ...PAGE, runId, filter: 'msc' });
  await ask('variants with nothing', 'results.variants', { ...PAGE, runId, filter: 'no such thing' });
  const best = result?.cvBest?.variant ?? 0;
  for (const [which, variant] of [
    ['the best', best],
    ['another', Math.max(0, best - 1)],
  ] as const) {
    const of = { runId, variant };
    await ask(`variant, ${which}`, 'results.variant', of);
    await ask(`folds of ${which}`, 'results.folds', of);
    await ask(`held-out predictions of ${which}`, 'results.predictions', { ...of, of: 'cv' });
    await ask(`training predictions of ${which}`, 'results.predictions', { ...of, of: 'train' });
    await ask(`test predictions of ${which}`, 'results.predictions', { ...of, of: 'test' });
    await ask(`component curve of ${which}`, 'results.components', of);
    await ask(`confusion of ${which}`, 'results.confusion', of);
    await ask(`trials of ${which}`, 'results.trials', of);
    await ask(`coefficients of ${which}`, 'results.coefficients', of);
  }
  await ask('base models', 'results.bases', { runId });
  const page = await ask('history, first page', 'runs.history', { runId, after: 0 });
  const whole = await timed(async () => {
    let last: CallOutput<'runs.history'> = page;
    let events = page.length;
    for (; last.length === HISTORY_PAGE; events += last.length)
      last = await bench.call('runs.history', { runId, after: last.at(-1)?.seq ?? 0 });
    return events;
  });
  figures['history, all pages'] = { median: whole.ms, most: whole.ms, rows: whole.value };
  const { workspace } = bench.engine.parts;
  for (const [level, top] of [['variant'], ['variant', 20], ['fold'], ['fold', 200]] as const) {
    const found = await timed(() => Promise.resolve(workspace.results(runId, level, top).length));
    figures[`command line: ${level}${top === undefined ? '' : `, top ${top}`}`] = {
      ...{ median: found.ms, most: found.ms, rows: found.value },
    };
  }
  return figures;
}

interface Timing {
  readonly median: number;
  readonly most: number;
  /** Size of the answer. */
  readonly kilobytes?: number;
  readonly rows?: number;
}

async function diskOf({ scratch }: BenchEngine): Promise<{ database: number; log: number }> {
  const size = async (name: string): Promise<number> =>
    rounded((await stat(join(scratch, 'workspace', name))).size / 1e6);
  return { database: await size('workspace.db'), log: await size('workspace.db-wal') };
}
