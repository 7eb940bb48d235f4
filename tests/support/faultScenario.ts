import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { CallInput, CallOutput, EngineCallName } from '#core/contract/contract.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { contentHashes, createEngine, type Engine } from '#core/engine/index.ts';
import { wallClock } from '#core/engine/wallClock.ts';
import type { Clock } from '#core/execution/ports.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { openWorkspace, type WorkspaceCheck } from '#core/workspace/index.ts';
import type { WorkerPool } from '#electron/engine/workerPool.ts';
import { answer } from '#electron/ipc/serve.ts';
import { resources } from '#tests/support/composeEngine.ts';
import { runContents } from '#tests/support/runContents.ts';

/** A failure as the person sees it. */
export class Told extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** An engine on a folder, with threads that outlive it. */
export interface FaultEngine {
  readonly engine: Engine;
  readonly events: readonly RunEvent[];
  call<N extends EngineCallName>(name: N, input: CallInput<N>, paths?: Record<string, string>): Promise<CallOutput<N>>;
  /** Waits for the end of a run among the events from `since` on; throws what a run says that did not complete. */
  ended(runId: string, since: number): Promise<void>;
  verify(): Promise<WorkspaceCheck>;
  close(): Promise<void>;
}

export async function openFaultEngine(
  folder: string,
  pool: WorkerPool,
  { clock = wallClock, onEvent }: { readonly clock?: Clock; readonly onEvent?: (event: RunEvent) => void } = {},
): Promise<FaultEngine> {
  const workspace = await openWorkspace(folder, { now: () => new Date(clock.epoch()) });
  const events: RunEvent[] = [];
  const listeners = new Set<() => void>();
  const engine = createEngine({
    workspace,
    pool,
    view: pool,
    clock,
    files: nodeFiles,
    onnx: onnxRuntimeNode,
    resources,
    appVersion: '0.0.0-test',
    appRevision: null,
    randomDigits: (count) => Array.from(randomBytes(count), (byte) => (byte % 36).toString(36)).join(''),
    emit: (name, value) => {
      if (name !== 'runs.events') return;
      events.push(value as RunEvent); // the stream of this name carries these
      onEvent?.(value as RunEvent);
      for (const tell of listeners) tell();
    },
  });
  return {
    engine,
    events,
    async call(name, input, paths = {}) {
      const reply = await answer(engine.handlers, name, input, paths);
      if (!reply.ok) throw new Told(reply.error.code, reply.error.message);
      return reply.value as CallOutput<typeof name>; // `answer` parsed it by this call's schema
    },
    ended: (runId, since) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const end = events.slice(since).find((one) => one.runId === runId && ENDS.has(one.type));
          if (end === undefined) return;
          listeners.delete(look);
          if (end.type === 'run.failed' || end.type === 'run.interrupted') reject(new Told(end.code, end.message));
          else resolve();
        };
        listeners.add(look);
        look();
      }),
    verify: () => workspace.verify(contentHashes),
    async close() {
      await engine.stopRuns();
      workspace.close();
    },
  };
}

const ENDS: ReadonlySet<RunEvent['type']> = new Set([
  'run.completed',
  'run.failed',
  'run.cancelled',
  'run.interrupted',
]);

/** A stack, whose every model is refitted. */
export const faultPipeline = `pipeline:
  - SNV
  - KFold: {n_splits: 2, shuffle: true, random_state: 1}
  - branch:
      a: [{PLS: {n_components: 3}}]
      b: [{Ridge: {alpha: 0.1}}]
  - merge: predictions
  - Ridge: {alpha: {_or_: [0.1, 1]}}
`;

/** What the steps have made so far, and what can be compared between two ways to the same end. */
export interface ScenarioState {
  datasetId: string;
  runId: string;
  readonly found: Record<string, unknown>;
}

export interface ScenarioStep {
  readonly name: string;
  /** Can be done again after it failed. */
  work(engine: FaultEngine, state: ScenarioState): Promise<void>;
}

export const newState = (): ScenarioState => ({ datasetId: '', runId: '', found: {} });

/** Everything that writes: an import, a run with a stack and a refit, exports, a refit on demand, deletions. */
export const scenario: readonly ScenarioStep[] = [
  {
    name: 'import',
    async work(engine, state) {
      state.datasetId = (await engine.call('datasets.importSample', { sample: 'tecator' })).id;
      state.found['dataset'] = (await engine.call('datasets.get', { id: state.datasetId })).contentHash;
    },
  },
  {
    name: 'pipeline',
    async work(engine) {
      await engine.call('pipelines.save', { id: null, name: 'Kept', text: faultPipeline });
    },
  },
  {
    name: 'run',
    async work(engine, state) {
      const since = engine.events.length;
      const known = (await engine.call('runs.list', {})).find(({ id }) => id === state.runId);
      if (known === undefined)
        state.runId = (
          await engine.call('runs.start', {
            name: 'stack',
            datasetId: state.datasetId,
            pipeline: faultPipeline,
            target: 'fat',
            seed: 7,
            trainSplit: null,
            testSplit: null,
          })
        ).runId;
      else if (known.status !== 'completed') await engine.call('runs.resume', { runId: state.runId });
      if (known?.status !== 'completed') await engine.ended(state.runId, since);
      state.found['run'] = runContents(engine.engine.parts.workspace, state.runId);
    },
  },
  {
    name: 'refit later',
    async work(engine, state) {
      const variants = engine.engine.parts.workspace.variants.all(state.runId);
      const variant = variants.find((one) => !one.selected && !one.base)?.variant ?? 0;
      await engine.call('runs.refit', { runId: state.runId, variant });
      state.found['refit later'] = runContents(engine.engine.parts.workspace, state.runId);
    },
  },
  ...(['refract', 'onnx'] as const).map((format): ScenarioStep => ({
    name: `export ${format}`,
    async work(engine, state) {
      const path = join(engine.engine.parts.workspace.folder, 'exports', `model.${format}`);
      const file = 'grant_0123456789abcdef' as CallInput<'models.export'>['file'];
      await engine.call('models.export', { runId: state.runId, format, file }, { [file]: path });
    },
  })),
  {
    name: 'remove run',
    async work(engine, state) {
      const runs = await engine.call('runs.list', {});
      if (runs.some(({ id }) => id === state.runId)) await engine.call('runs.remove', { runId: state.runId });
    },
  },
  {
    name: 'gc',
    async work(engine) {
      const { workspace } = engine.engine.parts;
      await workspace.artifacts.store.put(new TextEncoder().encode('a content without a row'));
      await workspace.collectGarbage(false);
    },
  },
  {
    name: 'remove dataset',
    async work(engine, state) {
      const datasets = await engine.call('datasets.list', {});
      if (datasets.some(({ id }) => id === state.datasetId))
        await engine.call('datasets.remove', { id: state.datasetId });
    },
  },
];
