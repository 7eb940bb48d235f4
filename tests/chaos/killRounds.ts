import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '#core/base/errors.ts';
import { keyFromSeed, mersenneTwister } from '#core/base/mersenneTwister.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { openWorkspace, type Workspace } from '#core/workspace/index.ts';
import { runContents } from '#tests/support/runContents.ts';

/** 30 competing variants and 10 base models over 4 × 5 folds: a stack of PLS and ridge over five preprocessings. */
const PIPELINE = `name: Chaos
pipeline:
  - _or_: [SNV, MSC, Detrend, [SNV, SavitzkyGolay], Normalize]
  - RepeatedKFold: {n_splits: 5, n_repeats: 4, random_state: 3}
  - branch:
      pls: [{PLS: {n_components: 8}}]
      ridge: [{Ridge: {alpha: 0.01}}]
  - merge: predictions
  - Ridge: {alpha: {_or_: [0.001, 0.01, 0.1, 1, 10, 100]}}
`;

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli.mjs');

/** Who is killed. Workers are threads of the engine and end with it. */
const TARGETS = ['command line', 'engine', 'main'] as const;
type Target = (typeof TARGETS)[number];

export interface KillFigures {
  /** SIGKILLs that met a living process. */
  kills: number;
  /** Of those: by who was killed, and by what the run was doing (its last event). */
  byTarget: Record<string, number>;
  byMoment: Record<string, number>;
  /** Rounds whose process had ended before the moment came. */
  tooLate: number;
  /** Killed before there was a run: it was started again. */
  beforeTheRun: number;
  /** Folds that were stored when a process was killed, and how many of them were computed again. */
  storedFolds: number;
  recomputedFolds: number;
  /** Folds that were told and not stored. */
  toldButLost: number;
  damagedWorkspaces: number;
  /** Runs whose final state differs from that of the undisturbed run. */
  differences: number;
  /** Contents without a row, which `gc` removes. */
  orphanedFiles: number;
  problems: string[];
}

interface Killed {
  readonly events: RunEvent[];
  readonly killed: boolean;
  readonly code: number | null;
  readonly errors: string;
}

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly folder: string;
  readonly say: (line: string) => void;
}

/** Runs, kills at random moments, resumes, and compares with a run that nobody disturbed. */
export async function killRounds({ kills, seed, folder, say }: KillOptions): Promise<KillFigures> {
  const draw = mersenneTwister(keyFromSeed(seed));
  const random = (): number => draw() / 2 ** 32;
  mkdirSync(folder, { recursive: true });
  const pipeline = join(folder, 'chaos.yaml');
  writeFileSync(pipeline, PIPELINE);
  // Through the command line and through an engine with a main process: their data have other names.
  const wanted = new Set<string>();
  const began = Date.now();
  const { count } = await undisturbed('command line');
  const tookMs = Date.now() - began;
  await undisturbed('engine');
  say(`The undisturbed run took ${(tookMs / 1000).toFixed(1)} s and told ${count} events.`);

  const figures: KillFigures = {
    kills: 0,
    byTarget: {},
    byMoment: {},
    tooLate: 0,
    beforeTheRun: 0,
    storedFolds: 0,
    recomputedFolds: 0,
    toldButLost: 0,
    damagedWorkspaces: 0,
    differences: 0,
    orphanedFiles: 0,
    problems: [],
  };
  for (let round = 0; figures.kills < kills && round < 3 * kills; round++) await oneRound(round);
  return figures;

  async function undisturbed(target: 'command line' | 'engine'): Promise<{ count: number }> {
    const workspace = join(folder, 'undisturbed');
    const { code, errors, events } = await attempt(started(target, workspace, pipeline, null), null);
    if (code !== 0) throw new Error(`The undisturbed run failed: ${errors}`);
    const contents = await inside(workspace, (opened) => JSON.stringify(contentsOf(opened)));
    wanted.add(contents);
    rmSync(workspace, { recursive: true });
    return { count: events.length };
  }

  async function oneRound(round: number): Promise<void> {
    const workspace = join(folder, `round-${round}`);
    const problem = (text: string): void => void figures.problems.push(`seed ${seed}, round ${round}: ${text}`);
    let target: Target = TARGETS[Math.floor(random() * TARGETS.length)] ?? 'engine';
    let runId: string | null = null;
    const stored = new Set<string>();
    // Most are killed once; some again while they are being resumed.
    for (let left = random() < 0.25 ? 2 : 1; left >= 0; left--) {
      const last = left === 0;
      const moment = last ? null : momentOf(tookMs, count);
      const result: Killed = await attempt(started(target, workspace, pipeline, runId), moment, target === 'engine');
      for (const name of foldsOf(result.events, false)) if (stored.has(name)) figures.recomputedFolds++;
      if (!last && !result.killed) figures.tooLate++;
      if (result.killed) {
        figures.kills++;
        figures.byTarget[target] = (figures.byTarget[target] ?? 0) + 1;
        const doing = result.events.at(-1)?.phase ?? 'before the run';
        figures.byMoment[doing] = (figures.byMoment[doing] ?? 0) + 1;
      } else if (result.code !== 0 && target === 'command line') problem(result.errors);
      const over = await inside(workspace, async (opened) => {
        const { orphaned, ...bad } = await opened.verify();
        figures.orphanedFiles += orphaned.length;
        const damage = Object.entries(bad).filter(([, value]) => Array.isArray(value) && value.length > 0);
        if (damage.length > 0) {
          figures.damagedWorkspaces++;
          problem(`the workspace is damaged: ${JSON.stringify(damage)}`);
        }
        const [run] = opened.runs.list();
        if (run === undefined) return false;
        runId = run.id;
        for (const name of foldsOf(opened.events.since(run.id, 0), null)) stored.add(name);
        for (const name of foldsOf(result.events, null)) if (!stored.has(name)) figures.toldButLost++;
        if (run.status === 'completed') return true;
        if (run.status !== 'interrupted') problem(`the run is ${run.status}`);
        return false;
      });
      if (over) break;
      if (last) problem('the run did not complete');
      if (runId === null) figures.beforeTheRun++;
      else figures.storedFolds += stored.size;
      target = 'command line'; // it goes on with `refract resume`
    }
    const found = await inside(workspace, (opened) => JSON.stringify(contentsOf(opened)));
    if (!wanted.has(found)) {
      figures.differences++;
      problem('the result differs from the undisturbed run');
    }
    rmSync(workspace, { recursive: true });
    if (round % 10 === 9) say(`${figures.kills} kills, ${figures.problems.length} problems`);
  }

  /** A time, or a number of events and some milliseconds more: some runs should be met in their busiest moments. */
  function momentOf(durationMs: number, eventCount: number) {
    return random() < 0.5
      ? { afterMs: random() * durationMs, afterEvents: 0 }
      : { afterMs: random() * 30, afterEvents: 1 + Math.floor(random() * eventCount) };
  }
}

/** Folds that were completed; `reused` false: only those that were computed. */
const foldsOf = (events: readonly RunEvent[], reused: boolean | null): string[] =>
  events.flatMap((one) =>
    one.type === 'fold.completed' && (reused === null || one.reused === reused) ? [`${one.group}/${one.fold}`] : [],
  );

function contentsOf(workspace: Workspace): unknown {
  const [run] = workspace.runs.list();
  if (run === undefined) throw new Error('There is no run.');
  const { predictions, chains, ...rest } = runContents(workspace, run.id);
  return { ...rest, predictions: Object.entries(predictions).sort(), chains: Object.entries(chains).sort() };
}

/** Starts the run, or has it go on. */
function started(target: Target, workspace: string, pipeline: string, runId: string | null) {
  const options = ['--workspace', workspace, '--workers', '2', '--json'];
  const data = join(root, 'resources', 'samples', 'tecator');
  const args =
    target !== 'command line'
      ? [join(import.meta.dirname, 'engineHost.ts'), workspace, pipeline]
      : runId === null
        ? [cli, 'run', pipeline, '--data', data, ...options]
        : [cli, 'resume', runId, ...options];
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, REFRACT_RESOURCES: join(root, 'resources') },
  });
}

/** Hears a process to its end, or kills it (or the engine that it started) at the moment named. */
async function attempt(
  child: ReturnType<typeof started>,
  moment: { readonly afterMs: number; readonly afterEvents: number } | null,
  killsEngine = false,
): Promise<Killed> {
  const events: RunEvent[] = [];
  let errors = '';
  let engine: number | undefined;
  let killed = false;
  const kill = async (): Promise<void> => {
    await delay(moment?.afterMs ?? 0);
    if (child.exitCode !== null) return;
    killed = killsEngine && engine !== undefined ? process.kill(engine, 'SIGKILL') : child.kill('SIGKILL');
  };
  const line = (text: string): void => {
    if (!text.startsWith('{')) {
      errors += text;
      return;
    }
    const value = JSON.parse(text) as { engine?: number } & Partial<RunEvent>; // lines of our own programs
    if (value.engine !== undefined) engine = value.engine;
    if (value.seq === undefined) return;
    events.push(value as RunEvent);
    if (moment !== null && events.length === moment.afterEvents) void kill();
  };
  const reading = [child.stdout, child.stderr].map((stream) => {
    const lines = createInterface({ input: stream });
    lines.on('line', (text) => {
      // The last line of a killed process may be half a line; the result of `--json` stands on many.
      if (!text.startsWith('{') || text.endsWith('}')) line(text);
    });
    return once(lines, 'close');
  });
  if (moment?.afterEvents === 0) void kill();
  const [code] = (await once(child, 'exit')) as [number | null];
  await Promise.all(reading);
  return { events, killed, code, errors };
}

/** An engine whose main process was killed needs a moment to notice. */
async function inside<T>(folder: string, work: (workspace: Workspace) => T | Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      const workspace = await openWorkspace(folder, { now: () => new Date() });
      try {
        return await work(workspace);
      } finally {
        workspace.close();
      }
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'workspace.in-use' || tries > 60) throw error;
      await delay(250);
    }
  }
}
