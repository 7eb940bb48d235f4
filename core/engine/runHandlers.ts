import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError, errorReport } from '#core/base/errors.ts';
import type { HandlersOf } from '#core/contract/handlers.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { HISTORY_PAGE } from '#core/contract/historyPage.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { executeRun } from '#core/engine/executeRun.ts';
import { planRun, type PlannedRun } from '#core/engine/planRun.ts';
import { refitLater } from '#core/engine/refitLater.ts';
import { eventLog, type EventLog } from '#core/engine/runEventLog.ts';
import { sha256 } from '#core/engine/runIdentity.ts';
import { writeBundle } from '#core/engine/writeBundle.ts';
import type { Resumed } from '#core/execution/runContext.ts';
import type { RunRecord } from '#core/workspace/index.ts';

type Calls =
  | 'runs.start'
  | 'runs.resume'
  | 'runs.refit'
  | 'runs.cancel'
  | 'runs.list'
  | 'runs.get'
  | 'runs.history'
  | 'runs.remove';

interface Active {
  readonly id: string;
  cancelled: boolean;
  /** Nobody wanted it cancelled: the application ends. */
  closing: boolean;
  /** Waits in the queue for the runs before it. */
  waiting: boolean;
  /** Its end is stored, and about to be told. */
  over: boolean;
  ended: Promise<void>;
}

export interface RunHandlers {
  readonly handlers: HandlersOf<Calls>;
  /** Interrupts everything, so that it can go on at the next start, and waits until that is stored. */
  stopAll(): Promise<void>;
}

/** Runs: one after another, each stored as it goes, so that whatever happens to the window or the engine is told. */
export function runHandlers(parts: EngineParts): RunHandlers {
  const { workspace } = parts;
  const queue: Active[] = [];
  const logs = new Map<string, EventLog>();
  /** Numbers of the last events of runs that stopped, which may be more than could be stored. */
  const lastTold = new Map<string, number>();
  let last: Promise<void> = Promise.resolve();

  async function start(request: Parameters<HandlersOf<Calls>['runs.start']>[0]): Promise<{ runId: string }> {
    // Everything that can be wrong with the request is found before there is a run.
    const planned = await planRun(parts, request);
    const now = new Date(parts.clock.epoch());
    const runId = `${now.toISOString().replace(/[-:]/g, '')}-${sha256(`${parts.randomDigits(8)}${now.toISOString()}`).slice(0, 4)}`;
    workspace.runs.add({
      id: runId,
      name: request.name,
      datasetId: request.datasetId,
      datasetHash: planned.contentHash,
      pipeline: request.pipeline,
      pipelineHash: sha256(request.pipeline),
      target: planned.chosen.data.targetName,
      metric: planned.plan.metric,
      seed: planned.plan.seed,
      trainSplit: request.trainSplit,
      testSplit: request.testSplit,
      cached: request.cache,
      appVersion: parts.appVersion,
      startedAt: now.toISOString(),
      foldFiles: request.foldFiles,
    });
    enqueue(runId, planned, null);
    return { runId };
  }

  async function resume(runId: string): Promise<{ runId: string }> {
    const record = workspace.runs.get(runId);
    requireIdle(runId);
    if (record.status === 'completed') throw new EngineError('run.nothing-to-resume', { run: record.name });
    const planned = await planRun(parts, { ...record, foldFiles: workspace.runs.foldFiles(runId) });
    if (planned.contentHash !== record.datasetHash) throw new EngineError('run.data-changed', { run: record.name });
    requireIdle(runId); // asked twice, the second loses
    workspace.runs.setStatus(runId, 'queued');
    enqueue(runId, planned, {
      lastSeq: Math.max(workspace.events.lastSeq(runId), lastTold.get(runId) ?? 0),
      finishedFolds: workspace.events.finishedFolds(runId),
    });
    return { runId };
  }

  function requireIdle(runId: string): void {
    if (queue.some((one) => one.id === runId && !one.over)) throw new EngineError('run.busy', { run: runId });
  }

  function enqueue(runId: string, planned: PlannedRun, resumed: Resumed | null): void {
    const active: Active = {
      id: runId,
      cancelled: false,
      closing: false,
      waiting: true,
      over: false,
      ended: Promise.resolve(),
    };
    queue.push(active);
    last = last.then(() => carryOut(active, planned, resumed)).finally(() => queue.splice(queue.indexOf(active), 1));
    active.ended = last;
  }

  /** Never rejects: however a run ends, the end is stored and told. */
  async function carryOut(active: Active, planned: PlannedRun, resumed: Resumed | null): Promise<void> {
    if (active.cancelled) return; // while it waited; that is stored and told already
    active.waiting = false;
    const runId = active.id;
    const writes = writeBundle(workspace);
    const log = eventsOf(runId, writes, resumed?.lastSeq);
    logs.set(runId, log);
    try {
      const record = workspace.runs.get(runId);
      workspace.transaction(() => {
        workspace.runs.setStatus(runId, 'running');
      }, 'soon');
      await executeRun(parts, record, planned, {
        writes,
        log,
        resumed,
        cancel: {
          get cancelled() {
            return active.cancelled;
          },
          check() {
            if (active.cancelled) throw new CancelledError();
          },
        },
        ending: () => {
          active.over = true;
        },
      });
    } catch (error) {
      await end(active, log, error);
    } finally {
      lastTold.set(runId, log.lastSeq());
      logs.delete(runId);
    }
  }

  const eventsOf = (runId: string, writes = writeBundle(workspace), lastSeq = 0): EventLog =>
    eventLog(
      workspace,
      writes,
      runId,
      (event) => {
        parts.emit('runs.events', event);
      },
      lastSeq,
    );

  /** The early end of a run. What cannot be stored (the disk is full) is still told; the next start marks the run. */
  async function end(active: Active, log: EventLog, error: unknown): Promise<void> {
    try {
      // Units still under way belong to this run: they end before the next run starts.
      await parts.pool.cancelAll();
      fail(active, log, error);
    } catch (storing) {
      const { code, message } = errorReport(storing);
      parts.emit('runs.events', log.stamped({ type: 'run.interrupted', code, message }));
    }
  }

  function fail(active: Active, log: EventLog, error: unknown): void {
    active.over = true;
    const endedAt = new Date(parts.clock.epoch()).toISOString();
    if (error instanceof CancelledError && !active.closing) {
      const done = log.count('fold.completed');
      log.end({ type: 'run.cancelled', finishedFolds: done, ofFolds: Math.max(done, log.plannedFolds()) }, () => {
        workspace.runs.finish(active.id, { status: 'cancelled', endedAt, result: null, error: null });
      });
      return;
    }
    const { code, message } = errorReport(active.closing ? new EngineError('run.closed', {}) : error);
    // What the disk or a quitting application does to a run says nothing about the run: it can go on where it stopped.
    const status = code === 'run.closed' || code.startsWith('workspace.') ? 'interrupted' : 'failed';
    log.end({ type: `run.${status}`, code, message }, () => {
      workspace.runs.finish(active.id, { status, endedAt, result: null, error: { code, message } });
    });
  }

  /** A run whose end could not be stored is not running any more. */
  function asItIs(run: RunRecord) {
    const isOpen = run.status === 'running' || run.status === 'queued';
    const status = isOpen && !queue.some(({ id }) => id === run.id) ? 'interrupted' : run.status;
    return summaryOf({ ...run, status }, logs.get(run.id)?.fraction());
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
      'runs.resume': ({ runId }) => resume(runId),
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
      'runs.list': () => workspace.runs.list().map(asItIs),
      'runs.get': ({ runId }) => asItIs(workspace.runs.get(runId)),
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
      for (const active of open.toReversed()) {
        active.closing = !active.cancelled;
        cancel(active);
      }
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
