import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Reply } from '#core/contract/bridge.ts';
import type { CallInput, CallOutput, EngineCallName } from '#core/contract/contract.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import type { Engine } from '#core/engine/index.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import type { WorkerPool } from '#electron/engine/workerPool.ts';
import { answer } from '#electron/ipc/serve.ts';
import { composeEngine } from '#tests/support/composeEngine.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

export { resources, workerFile } from '#tests/support/composeEngine.ts';

/** The engine as a host puts it together: real database, real threads, real runtime, in a folder of its own. */
export interface TestEngine {
  readonly engine: Engine;
  readonly folder: string;
  readonly pool: WorkerPool;
  readonly events: readonly RunEvent[];
  /** Through the wire's own parser, as main sends it; throws a failed reply as an error. */
  call<N extends EngineCallName>(name: N, input: CallInput<N>, paths?: Record<string, string>): Promise<CallOutput<N>>;
  /** The same with anything as its request; answers the reply. */
  send(name: string, input: unknown, paths?: Record<string, string>): Promise<Reply>;
  /** Starts a run and waits for its end; throws the sentence of a run that failed. */
  run(request: Partial<CallInput<'runs.start'>> & { datasetId: string; pipeline: string }): Promise<RunResult>;
  /** The last event of a run. */
  ended(runId: string): Promise<RunEvent>;
  close(): Promise<void>;
}

export async function openTestEngine(
  options: { folder?: string; workers?: number; onnx?: OnnxRuntime; poolOf?: (pool: UnitPool) => UnitPool } = {},
): Promise<TestEngine> {
  const folder = options.folder ?? (await temporaryFolder());
  const events: RunEvent[] = [];
  const listeners = new Set<() => void>();
  const { engine, pool, close } = await composeEngine({
    folder,
    workers: options.workers ?? 1,
    onnx: options.onnx ?? onnxRuntimeNode,
    ...(options.poolOf === undefined ? {} : { poolOf: options.poolOf }),
    emit: (name, value) => {
      if (name !== 'runs.events') return;
      events.push(value as RunEvent); // the stream of this name carries these
      for (const tell of listeners) tell();
    },
  });
  onTestFinished(close);

  const send = (name: string, input: unknown, paths: Record<string, string> = {}) =>
    answer(engine.handlers, name, input, paths);
  async function call<N extends EngineCallName>(name: N, input: CallInput<N>, paths: Record<string, string> = {}) {
    const reply = await send(name, input, paths);
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return reply.value as CallOutput<N>; // `answer` parsed it by this call's schema
  }
  const endOf = (runId: string): RunEvent | undefined =>
    events.find((one) => one.runId === runId && ENDS.has(one.type));
  const ended = (runId: string): Promise<RunEvent> =>
    new Promise((resolve) => {
      const look = (): void => {
        const end = endOf(runId);
        if (end === undefined) return;
        listeners.delete(look);
        resolve(end);
      };
      listeners.add(look);
      look();
    });
  return {
    engine,
    folder,
    pool,
    events,
    call,
    send,
    ended,
    close,
    async run(request) {
      const { runId } = await call('runs.start', {
        name: 'test',
        target: null,
        trainSplit: null,
        testSplit: null,
        ...request,
      });
      const end = await ended(runId);
      if (end.type === 'run.completed') return end.result;
      throw new Error(end.type === 'run.failed' ? `${end.code}: ${end.message}` : end.type);
    },
  };
}

const ENDS: ReadonlySet<RunEvent['type']> = new Set([
  'run.completed',
  'run.failed',
  'run.interrupted',
  'run.cancelled',
]);

/** The example's dataset in this workspace. */
export const withTecator = (engine: TestEngine): Promise<{ id: string }> =>
  engine.call('datasets.importSample', { sample: 'tecator' });

/** A grant, as main makes them: opaque to the window, a path to the engine. */
export function grantOf(path: string): { grant: string; paths: Record<string, string> } {
  const grant = `grant_${randomBytes(8).toString('hex')}`;
  return { grant, paths: { [grant]: path } };
}
