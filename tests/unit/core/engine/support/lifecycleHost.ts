import { randomBytes } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { EngineError } from '#core/base/errors.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { RefitSummary, RunResult } from '#core/contract/runTypes.ts';
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { createEngine, type Engine } from '#core/engine/index.ts';
import { wallClock } from '#core/engine/wallClock.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import type { FitUnit } from '#core/execution/unit.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { openWorkspace, type Workspace } from '#core/workspace/index.ts';
import { workerPool, type WorkerPool } from '#electron/engine/workerPool.ts';
import { resources, workerFile } from '#tests/support/composeEngine.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Which fits fail, and how many there were. */
export interface Fitting {
  fail: 'nothing' | 'refits' | 'everything' | ((unit: FitUnit) => boolean);
  fits: number;
}

/** An engine in a folder, which can be closed and opened again, or killed. The worker thread is the same all along. */
export interface LifecycleHost {
  readonly workspace: Workspace;
  readonly engine: Engine;
  readonly folder: string;
  readonly fitting: Fitting;
  /** Stores a dataset; the same `content` is the same data under another id. */
  addDataset(id: string, content: number): Promise<void>;
  start(datasetId: string, pipeline: string, cache?: boolean): Promise<string>;
  ended(runId: string): Promise<RunEvent>;
  /** Starts a run and waits for its end; throws the sentence of a run that failed. */
  run(datasetId: string, pipeline: string, cache?: boolean): Promise<RunResult>;
  refit(runId: string, variant: number): Promise<RefitSummary>;
  remove(runId: string): Promise<void>;
  cancel(runId: string): Promise<void>;
  /** Goes on with a run; resolves to how that ended. */
  resume(runId: string): Promise<RunEvent>;
  /** So many events of runs so far. */
  readonly told: number;
  close(): Promise<void>;
  /** Opens the folder again, or another one. */
  open(folder?: string): Promise<void>;
  /**
   * What a kill in this moment leaves: the folder is copied as it is (nothing can write to the database meanwhile), the
   * engine ends, and another one opens the copy.
   */
  kill(): Promise<void>;
}

/** A few samples with a test set, and little enough of everything to be fitted in milliseconds. */
export function smallData(content: number): Dataset {
  const dataset = syntheticSpectra(24, 14, content);
  return { ...dataset, metadata: [], split: dataset.sampleIds.map((_, k) => (k % 4 === 3 ? 'test' : 'train')) };
}

export async function lifecycleHost(start?: string): Promise<LifecycleHost> {
  const fitting: Fitting = { fail: 'nothing', fits: 0 };
  const threads = workerPool(workerFile, 1);
  const view = workerPool(workerFile, 1);
  const pool = failing(threads, fitting);
  let open = await opened(start ?? (await temporaryFolder()));

  async function opened(folder: string) {
    const workspace = await openWorkspace(folder, { now: () => new Date() });
    const events: RunEvent[] = [];
    const listeners = new Set<() => void>();
    const engine = createEngine({
      ...{ workspace, pool, view, clock: wallClock, files: nodeFiles, onnx: onnxRuntimeNode, resources },
      appVersion: '0.0.0-test',
      appRevision: null,
      randomDigits: (count) => Array.from(randomBytes(count), (byte) => (byte % 36).toString(36)).join(''),
      emit: (name, value) => {
        if (name !== 'runs.events') return;
        events.push(value as RunEvent); // the stream of this name carries these
        for (const tell of listeners) tell();
      },
    });
    return { folder, workspace, engine, events, listeners };
  }
  let closed = false;
  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    await open.engine.stopRuns();
    open.workspace.close();
  }
  onTestFinished(async () => {
    await close();
    await Promise.all([threads.close(), view.close()]);
  });
  function endAfter(runId: string, from: number): Promise<RunEvent> {
    const { events, listeners } = open;
    return new Promise((resolve) => {
      const look = (): void => {
        const end = events.find((one, at) => at >= from && one.runId === runId && ENDS.has(one.type));
        if (end === undefined) return;
        listeners.delete(look);
        resolve(end);
      };
      listeners.add(look);
      look();
    });
  }
  const context = { path: (grant: string) => grant };

  const host: LifecycleHost = {
    get workspace() {
      return open.workspace;
    },
    get engine() {
      return open.engine;
    },
    get folder() {
      return open.folder;
    },
    fitting,
    async addDataset(id, content) {
      const dataset = smallData(content);
      await open.workspace.datasets.save({
        ...{ id, dataset, contentHash: (await contentHasher())(dataset) },
        ...{ options: null, report: dataReport(dataset), warnings: 0 },
      });
    },
    async start(datasetId, pipeline, cache = true) {
      const request: Parameters<Engine['handlers']['runs.start']>[0] = {
        ...{ name: 'test', datasetId, pipeline, cache },
        ...{ target: 'concentration', trainSplit: ['train'], testSplit: ['test'], seed: null, foldFiles: {} },
      };
      return (await open.engine.handlers['runs.start'](request, context)).runId;
    },
    ended: (runId) => endAfter(runId, 0),
    async run(datasetId, pipeline, cache) {
      const end = await host.ended(await host.start(datasetId, pipeline, cache));
      if (end.type === 'run.completed') return end.result;
      throw new Error(end.type === 'run.failed' ? `${end.code}: ${end.message}` : end.type);
    },
    refit: async (runId, variant) => open.engine.handlers['runs.refit']({ runId, variant }, context),
    get told() {
      return open.events.length;
    },
    cancel: async (runId) => {
      await open.engine.handlers['runs.cancel']({ runId }, context);
    },
    async resume(runId) {
      const from = open.events.length;
      await open.engine.handlers['runs.resume']({ runId }, context);
      return endAfter(runId, from);
    },
    remove: async (runId) => {
      await open.engine.handlers['runs.remove']({ runId }, context);
    },
    close,
    async open(folder = open.folder) {
      await close();
      open = await opened(folder);
      closed = false;
    },
    async kill() {
      const copy = join(await temporaryFolder(), 'workspace');
      copyAsItIs(open.folder, copy);
      await host.open(copy);
    },
  };
  return host;
}

/** Nobody can write to the database meanwhile; a file may be renamed, and then the moment is a little later. */
function copyAsItIs(from: string, to: string): void {
  for (let attempt = 0; ; attempt++)
    try {
      rmSync(to, { recursive: true, force: true });
      cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('-shm') });
      return;
    } catch (error) {
      if (attempt === 20 || !(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
    }
}

const ENDS: ReadonlySet<RunEvent['type']> = new Set([
  'run.completed',
  'run.failed',
  'run.cancelled',
  'run.interrupted',
]);

/** The threads, of which some fits are refused. */
function failing(threads: WorkerPool, fitting: Fitting): UnitPool {
  const refused = (): Promise<never> =>
    Promise.reject(new EngineError('run.worker-lost', { doing: 'fitting a model' }));
  return {
    ...threads,
    fit(data, unit, trained) {
      const { fail } = fitting;
      const fails =
        typeof fail === 'function'
          ? fail(unit)
          : fail === 'everything' || (fail === 'refits' && unit.fold.validation.length === 0);
      if (fails) return refused();
      fitting.fits++;
      return threads.fit(data, unit, trained);
    },
    solve(data, task) {
      if (fitting.fail === 'everything') return refused();
      fitting.fits++;
      return threads.solve(data, task);
    },
  };
}
