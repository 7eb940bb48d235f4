import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Emit } from '#core/contract/handlers.ts';
import { createEngine, type Engine } from '#core/engine/index.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import { wallClock } from '#core/engine/wallClock.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { openWorkspace } from '#core/workspace/index.ts';
import { workerPool, type WorkerPool } from '#electron/engine/workerPool.ts';

const root = join(import.meta.dirname, '..', '..');
/** The built worker; `npm test` and `npm run build` make it. */
export const workerFile = join(root, 'dist', 'worker.mjs');
export const resources = join(root, 'resources');

export interface ComposedEngine {
  readonly engine: Engine;
  readonly pool: WorkerPool;
  /** Stops runs, threads and the database; a second call waits for the first. */
  close(): Promise<void>;
}

/** The engine with a real database, real threads and a real clock, for tests and benchmarks. */
export async function composeEngine(options: {
  readonly folder: string;
  readonly workers: number;
  readonly onnx: OnnxRuntime;
  readonly emit: Emit;
  /** What the engine gets instead of the threads themselves, for benchmarks. */
  readonly poolOf?: (pool: UnitPool) => UnitPool;
}): Promise<ComposedEngine> {
  if (!existsSync(workerFile)) throw new Error('dist/worker.mjs is missing. Build first: npm run build');
  const workspace = await openWorkspace(options.folder, { now: () => new Date() });
  const pool = workerPool(workerFile, options.workers);
  const view = workerPool(workerFile, 1);
  const engine = createEngine({
    workspace,
    pool: options.poolOf?.(pool) ?? pool,
    view,
    clock: wallClock,
    files: nodeFiles,
    onnx: options.onnx,
    resources,
    appVersion: '0.0.0-test',
    appRevision: null,
    randomDigits: (count) => Array.from(randomBytes(count), (byte) => (byte % 36).toString(36)).join(''),
    emit: options.emit,
  });
  async function shutDown(): Promise<void> {
    await engine.stopRuns();
    await Promise.all([pool.close(), view.close()]);
    workspace.close();
  }
  let closing: Promise<void> | null = null;
  return { engine, pool, close: () => (closing ??= shutDown()) };
}
