/**
 * 100,000 × 500 spectra from a CSV file, through the built product as its users go: the command line (import and one PLS
 * run, export, prediction of all 100,000) and the engine process as the window talks to it (inspect, import, run,
 * prediction). Prints the time and the peak memory of each phase, of the process with its threads. Linux only.
 *
 *   npm run bench -- load100k [100000 500]
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { serialize } from 'node:v8';
import type { Reply } from '#core/contract/bridge.ts';
import type { CallInput, CallOutput, EngineCallName } from '#core/contract/contract.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { EngineArguments, FromEngine, ToEngine } from '#electron/ipc/messages.ts';
import { childMemory, type ChildMemory } from '#tests/support/childMemory.ts';
import { rounded } from '#tests/support/figures.ts';

const [rows = 100_000, cols = 500] = process.argv.slice(2).map(Number);
const root = join(import.meta.dirname, '..', '..');
const PIPELINE =
  'pipeline:\n  - SavitzkyGolay: {window_length: 11, polyorder: 2, deriv: 1}\n  - KFold: {n_splits: 5, shuffle: true, random_state: 1}\n  - PLS: {n_components: 12, scale: false}\n';

const ENDS: ReadonlySet<RunEvent['type']> = new Set(['run.completed', 'run.failed', 'run.cancelled']);

const scratch = await mkdtemp(join(tmpdir(), 'refract-load-'));
const file = (name: string): string => join(scratch, name);
const megabytesOf = async (name: string): Promise<number> => rounded((await stat(file(name))).size / 1e6);
try {
  await writeTable(file('spectra.csv'));
  await writeFile(file('pipeline.yaml'), PIPELINE);
  const figures = {
    ...{ node: process.version, rows, cols, csvMegabytes: await megabytesOf('spectra.csv') },
    commandLine: await commandLine(),
    window: await asTheWindow(),
  };
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** Bands, an offset and a slope, written line by line. */
async function writeTable(path: string): Promise<void> {
  const out = createWriteStream(path);
  const band = Array.from({ length: cols }, (_, j) => Math.exp(-(((j - cols / 3) / (cols / 12)) ** 2)));
  const slow = Array.from({ length: cols }, (_, j) => Math.sin((3 * j) / cols));
  out.write(`sample_id,content,${Array.from({ length: cols }, (_, j) => 1100 + 2 * j).join(',')}\n`);
  for (let i = 0; i < rows; i++) {
    const a = ((i * 7919) % 100_003) / 100_003;
    const b = ((i * 104_729) % 99_991) / 99_991;
    const noise = ((i * 31) % 17) / 1700;
    const cells = band.map((value, j) =>
      (0.4 + 0.3 * b + (0.1 + a) * value + (0.2 * b + noise) * (slow[j] ?? 0)).toFixed(6),
    );
    if (!out.write(`s${i},${(10 + 30 * a + noise).toFixed(4)},${cells.join(',')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

interface Phase {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

async function measured(memory: ChildMemory, work: () => Promise<unknown>): Promise<Phase> {
  memory.restart();
  const began = performance.now();
  await work();
  return { seconds: rounded((performance.now() - began) / 1000), peakMegabytes: memory.peak() };
}

async function commandLine(): Promise<Record<string, unknown>> {
  const workspace = ['--workspace', file('by-command')];
  const run = await command('run', file('pipeline.yaml'), '--data', file('spectra.csv'), ...workspace, '--json');
  const { runId, rmsecv, rmsec } = JSON.parse(run.out) as { runId: string; rmsecv: number; rmsec: number };
  const exported = await command('export', runId, '--out', file('model.refract'), ...workspace);
  const predicted = await command(
    ...['predict', file('model.refract'), '--data', file('spectra.csv'), '--out', file('predicted.csv'), '--json'],
  );
  const { samples, rmsep } = JSON.parse(predicted.out) as { samples: number; rmsep: number };
  return {
    importAndRun: run.phase,
    export: exported.phase,
    predict: { ...predicted.phase, samples, csvMegabytes: await megabytesOf('predicted.csv') },
    figures: { rmsecv, rmsec, rmsep },
  };
}

async function command(...args: readonly string[]): Promise<{ phase: Phase; out: string }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, REFRACT_RESOURCES: join(root, 'resources') },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err = (err + text).slice(-2000)));
  const memory = childMemory(child.pid ?? 0);
  const phase = await measured(memory, async () => {
    const [code] = (await once(child, 'close')) as [number];
    memory.end();
    if (code !== 0) throw new Error(`refract ${args.join(' ')} ended with ${code}: ${err}`);
  });
  return { phase, out };
}

/** The engine process in the host of development and tests, with the same messages as the window's. */
async function asTheWindow(): Promise<Record<string, unknown>> {
  const options: EngineArguments = {
    workspace: file('by-window'),
    resources: join(root, 'resources'),
    appVersion: '0.0.0-bench',
    workers: null,
  };
  const engine = fork(join(root, 'dist', 'engine.mjs'), [JSON.stringify(options)], { serialization: 'advanced' });
  const { call, runEnds, largestKilobytes } = await connected(engine);
  const memory = childMemory(engine.pid ?? 0);
  const phases: Record<string, Phase & { readonly longestWaitMs: number }> = {};
  const phase = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    let value: T | undefined;
    let longest = 0;
    const pings = { going: true };
    const pinging = (async () => {
      while (pings.going) {
        await setTimeout(50);
        const asked = performance.now();
        await call('app.about', {});
        longest = Math.max(longest, performance.now() - asked);
      }
    })();
    const found = await measured(memory, async () => (value = await work()));
    pings.going = false;
    await pinging;
    phases[name] = { ...found, longestWaitMs: Math.round(longest) };
    return value as T; // the work has ended
  };
  const grant = 'grant_0000000000000000' as CallInput<'datasets.import'>['files'][number]; // the only file there is
  const paths = { [grant]: file('spectra.csv') };
  const { options: format } = await phase('inspect', () => call('datasets.inspect', { files: [grant] }, paths));
  const jobId = 'job_000000000000';
  const imported = await phase('import', () =>
    call('datasets.import', { files: [grant], options: format, jobId }, paths),
  );
  const { id } = imported;
  const density = { width: 1200, height: 700, target: null, view: { left: 1100, right: 2100, bottom: 0, top: 3 } };
  await phase('picture', () => call('datasets.density', { id, ...density, limit: null }));
  await phase('sortedSamples', () =>
    call('datasets.samples', { id, offset: 50_000, limit: 200, sortBy: 'target:content', descending: true }),
  );
  const { runId } = await phase('run', async () => {
    const started = await call('runs.start', {
      ...{ datasetId: id, name: 'load', pipeline: PIPELINE },
      ...{ target: null, trainSplit: null, testSplit: null },
    });
    const end = await runEnds;
    if (end.type !== 'run.completed') throw new Error(`The run ended with ${end.type}.`);
    return started;
  });
  await phase('heldOutPredictions', () => call('results.predictions', { runId, variant: 0, of: 'cv' }));
  await phase('predictFile', () =>
    call('models.predict', { model: { from: 'run', runId }, spectra: { from: 'files', files: [grant] }, jobId }, paths),
  );
  const idle = memory.now();
  memory.end();
  engine.send({ kind: 'close' } satisfies ToEngine);
  await once(engine, 'exit');
  return { phases, largestReplyKilobytes: largestKilobytes(), afterwardsMegabytes: idle };
}

async function connected(engine: ChildProcess) {
  const pending = new Map<number, (reply: Reply) => void>();
  let largest = 0;
  let next = 1;
  let ended: (event: RunEvent) => void = () => undefined;
  const runEnds = new Promise<RunEvent>((resolve) => (ended = resolve));
  const onEvent = (name: string, value: unknown): void => {
    if (name !== 'runs.events') return;
    const event = value as RunEvent; // the stream of this name carries these
    if (ENDS.has(event.type)) ended(event);
  };
  let started: (message: FromEngine) => void = () => undefined;
  const starts = new Promise<FromEngine>((resolve) => (started = resolve));
  engine.on('message', (sent) => {
    const message = sent as FromEngine; // the engine file sends nothing else
    if (message.kind === 'ready' || message.kind === 'fatal') started(message);
    if (message.kind === 'event') onEvent(message.name, message.value);
    if (message.kind === 'reply') {
      largest = Math.max(largest, serialize(message.reply).byteLength);
      pending.get(message.id)?.(message.reply);
    }
  });
  const first = await starts;
  if (first.kind === 'fatal') throw new Error(first.error.message);
  async function call<N extends EngineCallName>(
    name: N,
    input: CallInput<N>,
    paths: Readonly<Record<string, string>> = {},
  ): Promise<CallOutput<N>> {
    const id = next++;
    const answered = new Promise<Reply>((resolve) => pending.set(id, resolve));
    engine.send({ kind: 'call', id, name, input, paths } satisfies ToEngine);
    const reply = await answered;
    pending.delete(id);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.value as CallOutput<N>; // the engine parsed it by this call's schema
  }
  return { call, runEnds, largestKilobytes: () => Math.round(largest / 1000) };
}
