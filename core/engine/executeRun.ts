import type { CancelToken } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { fitRegistry } from '#core/cache/fitRegistry.ts';
import { stageCache } from '#core/cache/stageCache.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { holdOutTestSet } from '#core/engine/holdOutTestSet.ts';
import type { PlannedRun } from '#core/engine/planRun.ts';
import type { EventLog } from '#core/engine/runEventLog.ts';
import { writeRunInput, writeRunManifest } from '#core/engine/runFiles.ts';
import { allSucceeded } from '#core/engine/noteRefit.ts';
import { digest, identityOf, sha256 } from '#core/engine/runIdentity.ts';
import { metricsFor } from '#core/engine/runMetrics.ts';
import { workspaceRunStore } from '#core/engine/runStore.ts';
import type { WriteBundle } from '#core/engine/writeBundle.ts';
import type { Resumed } from '#core/execution/runContext.ts';
import { runPipeline } from '#core/execution/runPipeline.ts';
import type { RunRecord } from '#core/workspace/index.ts';

export interface Attempt {
  readonly writes: WriteBundle;
  readonly log: EventLog;
  readonly cancel: CancelToken;
  /** Null: the run begins. */
  readonly resumed: Resumed | null;
  /** The end is stored next: from now on nobody can cancel it. */
  readonly ending: () => void;
}

/** One attempt at a run, from its input on disk to its manifest. Rejects with what stopped it; what is stored stays. */
export async function executeRun(
  parts: EngineParts,
  record: RunRecord,
  { plan, chosen }: PlannedRun,
  { writes, log, cancel, resumed, ending }: Attempt,
): Promise<void> {
  const { workspace } = parts;
  const runId = record.id;
  const input = Promise.allSettled([writeRunInput(workspace, record)]); // the run need not wait for the disk here
  try {
    const aside = await holdOutTestSet(parts.pool, chosen.data, {
      ...plan,
      warnings: [...plan.warnings, ...chosen.warnings],
    });
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
        resumed: resumed !== null,
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
        ...(resumed === null ? {} : { resumed }),
      },
      {
        pool: parts.pool,
        store,
        clock: parts.clock,
        metrics: metricsFor(plan.metric, aside.data.classes?.length ?? 0),
        lookup: operatorsByKind,
        caches: record.cached ? { stages: stageCache(parts.stageBytes), registry: fitRegistry() } : null,
        digest,
        cancel,
        describeSplitter: (id, params) => operatorsByKind.splitter(id).describe({ ...params }),
        // The end is told only when it is on disk.
        emit: (event) => {
          if (event.type === 'run.completed') log.hold({ ...event, result: told(event.result) });
          else log.add(event);
        },
      },
    );
    // Of an earlier attempt at this run, whose refit had failed.
    if (allSucceeded(result)) await workspace.artifacts.releaseTransient(runId);
    for (const written of await input) if (written.status === 'rejected') throw written.reason;
    writes.flush(); // the manifest promises what is written before it
    const ended = told(result);
    const endedAt = new Date(parts.clock.epoch()).toISOString();
    await writeRunManifest(parts, record, ended, store.contents, endedAt);
    ending();
    log.release(() => {
      if (resumed !== null) workspace.predictions.dropUnused(runId);
      workspace.runs.finish(runId, { status: 'completed', endedAt, result: ended, error: null });
    });
  } finally {
    await input;
  }
}
