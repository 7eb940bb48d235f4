import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError, errorReport } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { HandlersOf } from '#core/contract/handlers.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { HISTORY_PAGE } from '#core/contract/historyPage.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { parseDocument } from '#core/engine/parseDocument.ts';
import { laneFacts } from '#core/engine/laneFacts.ts';
import { planDocument, targetUse } from '#core/engine/planDocument.ts';
import { metricsFor } from '#core/engine/runMetrics.ts';
import { eventLog, type EventLog } from '#core/engine/runEventLog.ts';
import { writeRunInput, writeRunManifest } from '#core/engine/runFiles.ts';
import { digest, identityOf, sha256 } from '#core/engine/runIdentity.ts';
import { workspaceRunStore } from '#core/engine/runStore.ts';
import { refitLater } from '#core/engine/refitLater.ts';
import { writeBundle } from '#core/engine/writeBundle.ts';
import { withFoldFiles } from '#core/engine/foldFiles.ts';
import { holdOutTestSet } from '#core/engine/holdOutTestSet.ts';
import { chooseData, type ChosenData } from '#core/engine/unitData.ts';
import { fitRegistry } from '#core/cache/fitRegistry.ts';
import { stageCache } from '#core/cache/stageCache.ts';
import type { RunPlan } from '#core/execution/plan.ts';
import { runPipeline } from '#core/execution/runPipeline.ts';
import type { RunRecord } from '#core/workspace/index.ts';

type Calls = 'runs.start' | 'runs.refit' | 'runs.cancel' | 'runs.list' | 'runs.get' | 'runs.history' | 'runs.remove';

interface Active {
  readonly id: string;
  cancelled: boolean;
  /** Waits in the queue for the runs before it. */
  waiting: boolean;
  /** Its end is stored, and about to be told. */
  over: boolean;
  ended: Promise<void>;
}

export interface RunHandlers {
  readonly handlers: HandlersOf<Calls>;
  /** Cancels everything and waits until it is stored. */
  stopAll(): Promise<void>;
}

/** Runs: one after another, each stored as it goes, so that whatever happens to the window or the engine is told. */
export function runHandlers(parts: EngineParts): RunHandlers {
  const { workspace } = parts;
  const queue: Active[] = [];
  const logs = new Map<string, EventLog>();
  let last: Promise<void> = Promise.resolve();

  async function start(request: Parameters<HandlersOf<Calls>['runs.start']>[0]): Promise<{ runId: string }> {
    // Everything that can be wrong with the request is found before there is a run.
    const { dataset } = await parts.datasets.load(request.datasetId);
    const summary = workspace.datasets.get(request.datasetId);
    const parsed = parseDocument(request.pipeline);
    const chosen = chooseData(dataset, summary.contentHash, request, targetUse(parsed));
    const planned = planDocument(parsed, request.seed, laneFacts(chosen.data));
    const ids = Array.from(chosen.data.train, (row) => dataset.sampleIds[row] ?? '');
    const plan = withFoldFiles(planned, request.foldFiles, ids);
    const now = new Date(parts.clock.epoch());
    const runId = `${now.toISOString().replace(/[-:]/g, '')}-${sha256(`${parts.randomDigits(8)}${now.toISOString()}`).slice(0, 4)}`;
    const pipelineHash = sha256(request.pipeline);
    workspace.runs.add({
      id: runId,
      name: request.name,
      datasetId: request.datasetId,
      datasetHash: summary.contentHash,
      pipeline: request.pipeline,
      pipelineHash,
      target: chosen.data.targetName,
      metric: plan.metric,
      seed: plan.seed,
      trainSplit: request.trainSplit,
      testSplit: request.testSplit,
      cached: request.cache,
      appVersion: parts.appVersion,
      startedAt: now.toISOString(),
    });
    const active: Active = { id: runId, cancelled: false, waiting: true, over: false, ended: Promise.resolve() };
    queue.push(active);
    last = last.then(() => carryOut(active, plan, chosen)).finally(() => queue.splice(queue.indexOf(active), 1));
    active.ended = last;
    return { runId };
  }

  /** Never rejects: however a run ends, the end is stored and told. */
  async function carryOut(active: Active, plan: RunPlan, { data, warnings }: ChosenData): Promise<void> {
    if (active.cancelled) return; // while it waited; that is stored and told already
    active.waiting = false;
    const runId = active.id;
    const writes = writeBundle(workspace);
    const log = eventsOf(runId, writes);
    logs.set(runId, log);
    let input: Promise<PromiseSettledResult<void>[]> = Promise.resolve([]);
    try {
      const record = workspace.runs.get(runId);
      workspace.transaction(() => {
        workspace.runs.setStatus(runId, 'running');
      }, 'soon');
      input = Promise.allSettled([writeRunInput(workspace, record)]); // the run need not wait for the disk here
      const aside = await holdOutTestSet(parts.pool, data, { ...plan, warnings: [...plan.warnings, ...warnings] });
      const inputDataHash = identityOf(workspace.datasets.spectraSha256(record.datasetId), aside.data);
      const earlier: string[] = [];
      const told = (result: RunResult): RunResult => ({ ...result, warnings: [...result.warnings, ...earlier] });
      const store = workspaceRunStore(
        workspace,
        writes,
        {
          runId,
          chainPathHash: sha256(JSON.stringify(aside.plan.groups.map((group) => group.steps))),
          inputDataHash,
          cached: record.cached,
        },
        () => new Date(parts.clock.epoch()),
        (sentence) => {
          if (!earlier.includes(sentence)) earlier.push(sentence);
        },
      );
      const result = await runPipeline(
        {
          runId,
          name: record.name,
          datasetName: record.datasetName,
          data: aside.data,
          dataHash: inputDataHash,
          plan: aside.plan,
        },
        {
          pool: parts.pool,
          store,
          clock: parts.clock,
          metrics: metricsFor(plan.metric, aside.data.classes?.length ?? 0),
          lookup: operatorsByKind,
          caches: record.cached ? { stages: stageCache(parts.stageBytes), registry: fitRegistry() } : null,
          digest,
          cancel: {
            get cancelled() {
              return active.cancelled;
            },
            check() {
              if (active.cancelled) throw new CancelledError();
            },
          },
          describeSplitter: (id, params) => operatorsByKind.splitter(id).describe({ ...params }),
          // The end is told only when it is on disk.
          emit: (event) => {
            if (event.type === 'run.completed') log.hold({ ...event, result: told(event.result) });
            else log.add(event);
          },
        },
      );
      for (const written of await input) if (written.status === 'rejected') throw written.reason;
      writes.flush(); // the manifest promises what is written before it
      const ended = told(result);
      const endedAt = new Date(parts.clock.epoch()).toISOString();
      await writeRunManifest(parts, record, ended, store.contents, endedAt);
      active.over = true;
      log.release(() => {
        workspace.runs.finish(runId, { status: 'completed', endedAt, result: ended, error: null });
      });
    } catch (error) {
      await end(active, log, error);
    } finally {
      await input;
      logs.delete(runId);
    }
  }

  const eventsOf = (runId: string, writes = writeBundle(workspace)): EventLog =>
    eventLog(workspace, writes, runId, (event) => {
      parts.emit('runs.events', event);
    });

  /** The early end of a run. What cannot be stored (the disk is full) is still told; the next start marks the run. */
  async function end(active: Active, log: EventLog, error: unknown): Promise<void> {
    try {
      // Units still under way belong to this run: they end before the next run starts.
      await parts.pool.cancelAll();
      fail(active, log, error);
    } catch (storing) {
      const { code, message } = errorReport(storing);
      parts.emit('runs.events', log.stamped({ type: 'run.failed', code, message }));
    }
  }

  function fail(active: Active, log: EventLog, error: unknown): void {
    active.over = true;
    const endedAt = new Date(parts.clock.epoch()).toISOString();
    if (error instanceof CancelledError) {
      const done = log.count('fold.completed');
      log.end({ type: 'run.cancelled', finishedFolds: done, ofFolds: Math.max(done, log.plannedFolds()) }, () => {
        workspace.runs.finish(active.id, { status: 'cancelled', endedAt, result: null, error: null });
      });
      return;
    }
    const { code, message } = errorReport(error);
    log.end({ type: 'run.failed', code, message }, () => {
      workspace.runs.finish(active.id, { status: 'failed', endedAt, result: null, error: { code, message } });
    });
  }

  function cancel(active: Active): void {
    if (active.cancelled) return;
    active.cancelled = true;
    if (active.waiting) fail(active, eventsOf(active.id), new CancelledError());
    else void parts.pool.cancelAll();
  }

  return {
    handlers: {
      'runs.start': start,
      'runs.cancel'({ runId }) {
        const active = queue.find((one) => one.id === runId);
        if (active !== undefined) cancel(active);
        return {};
      },
      'runs.refit': ({ runId, variant }) => {
        const refit = last.then(() => refitLater(parts, runId, variant));
        last = refit.then(
          () => undefined,
          () => undefined, // whoever asked for it is told
        );
        return refit;
      },
      'runs.list': () => workspace.runs.list().map((run) => summaryOf(run, logs.get(run.id)?.fraction())),
      'runs.get': ({ runId }) => summaryOf(workspace.runs.get(runId), logs.get(runId)?.fraction()),
      'runs.history'({ runId, after }): RunEvent[] {
        workspace.runs.get(runId);
        logs.get(runId)?.flush();
        return workspace.events.since(runId, after, HISTORY_PAGE);
      },
      async 'runs.remove'({ runId }) {
        const active = queue.find((one) => one.id === runId);
        if (active !== undefined && !active.over) throw new EngineError('run.busy', { run: runId });
        // Whoever heard of the end may remove the run at once; one that was cancelled in the queue never began.
        if (active?.waiting === false) await active.ended;
        await workspace.removeRun(runId);
        return {};
      },
    },
    async stopAll() {
      const open = [...queue];
      for (const active of open.toReversed()) cancel(active);
      await Promise.all(open.map((active) => active.ended));
    },
  };
}

/** What the window sees of a run. */
function summaryOf(run: RunRecord, fraction: number | undefined) {
  const { id, name, datasetId, datasetName, target, status, startedAt, endedAt, result, error, pipeline, seed } = run;
  const { trainSplit, testSplit, datasetHash, appVersion, cached } = run;
  return {
    id,
    name,
    datasetId,
    datasetName,
    target,
    status,
    startedAt,
    endedAt,
    result,
    error,
    pipeline,
    seed,
    trainSplit: trainSplit && [...trainSplit],
    testSplit: testSplit && [...testSplit],
    datasetHash,
    appVersion,
    cached,
    fraction: fraction ?? run.fraction,
  };
}
