import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reply } from '#core/contract/bridge.ts';
import type { CallInput, CallOutput, EngineCallName } from '#core/contract/contract.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { answer } from '#electron/ipc/serve.ts';
import { composeEngine, type ComposedEngine } from '#tests/support/composeEngine.ts';

export interface BenchEngine extends ComposedEngine {
  /** A folder that goes away with the benchmark. */
  readonly scratch: string;
  call<N extends EngineCallName>(name: N, input: CallInput<N>, paths?: Record<string, string>): Promise<CallOutput<N>>;
  run(datasetId: string, pipeline: string, options?: BenchRun): Promise<RunResult>;
}

export interface BenchRun {
  readonly cache?: boolean;
  /** Hears every event of the run, the last one included. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs a benchmark on an engine of its own and prints what it answers as JSON. */
export async function benchmark(
  workers: number,
  work: (engine: BenchEngine) => Promise<Record<string, unknown>>,
  poolOf?: (pool: UnitPool) => UnitPool,
): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'refract-bench-'));
  let ended: (event: RunEvent) => void = () => undefined;
  const composed = await composeEngine({
    folder: join(scratch, 'workspace'),
    workers,
    onnx: onnxRuntimeNode,
    ...(poolOf === undefined ? {} : { poolOf }),
    emit: (name, value) => {
      if (name === 'runs.events') ended(value as RunEvent); // the stream of this name carries these
    },
  });
  const call: BenchEngine['call'] = async (name, input, paths = {}) => {
    const reply: Reply = await answer(composed.engine.handlers, name, input, paths);
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value as CallOutput<typeof name>; // parsed by this call's schema
  };
  async function run(
    datasetId: string,
    pipeline: string,
    { cache = true, onEvent }: BenchRun = {},
  ): Promise<RunResult> {
    const finished = new Promise<RunResult>((resolve, reject) => {
      ended = (event) => {
        onEvent?.(event);
        if (event.type === 'run.completed') resolve(event.result);
        if (event.type === 'run.failed') reject(new Error(event.message));
      };
    });
    await call('runs.start', {
      ...{ datasetId, name: 'bench', pipeline, cache },
      ...{ target: null, trainSplit: null, testSplit: null },
    });
    return finished;
  }
  try {
    const figures = await work({ ...composed, scratch, call, run });
    process.stdout.write(`${JSON.stringify({ node: process.version, workers, ...figures }, null, 2)}\n`);
  } finally {
    await composed.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Milliseconds of a piece of work, and what it answered. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: Math.round(10 * (performance.now() - started)) / 10, value };
}
