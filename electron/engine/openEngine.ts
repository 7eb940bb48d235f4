import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Emit } from '#core/contract/handlers.ts';
import { createEngine, type Engine } from '#core/engine/index.ts';
import { wallClock } from '#core/engine/wallClock.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { openWorkspace } from '#core/workspace/index.ts';
import { workerPool } from '#electron/engine/workerPool.ts';

declare const __APP_REVISION__: string | null; // put in by the build

export interface EngineOptions {
  readonly workspace: string;
  readonly resources: string;
  readonly appVersion: string;
  readonly workers: number | null;
  readonly emit: Emit;
}

export interface OpenEngine {
  readonly engine: Engine;
  /** For an engine that waits for its user: makes the first run as fast as the others. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

/** Puts the engine together for a host: workspace, threads, files, clock. The caller closes it. */
export async function openEngine(options: EngineOptions): Promise<OpenEngine> {
  const workspace = await openWorkspace(options.workspace, { now: () => new Date() });
  const workerFile = join(import.meta.dirname, 'worker.mjs');
  const pool = workerPool(workerFile, options.workers ?? Math.max(1, availableParallelism() - 1));
  const view = workerPool(workerFile, 1);
  const engine = createEngine({
    workspace,
    pool,
    view,
    clock: wallClock,
    files: nodeFiles,
    onnx: onnxRuntimeNode,
    resources: options.resources,
    appVersion: options.appVersion,
    appRevision: __APP_REVISION__,
    randomDigits: (count) => Array.from(randomBytes(count), (byte) => (byte % 36).toString(36)).join(''),
    emit: options.emit,
  });
  return {
    engine,
    warmUp: () => pool.warmUp(),
    async close() {
      await engine.stopRuns();
      await Promise.all([pool.close(), view.close()]);
      workspace.close();
    },
  };
}
