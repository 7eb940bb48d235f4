import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { fitRegistry } from '#core/cache/fitRegistry.ts';
import { stageCache } from '#core/cache/stageCache.ts';
import type { RefitSummary } from '#core/contract/runTypes.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { holdOutTestSet } from '#core/engine/holdOutTestSet.ts';
import { noteRefit } from '#core/engine/noteRefit.ts';
import { planRun } from '#core/engine/planRun.ts';
import { digest, identityOf, sha256 } from '#core/engine/runIdentity.ts';
import { metricsFor } from '#core/engine/runMetrics.ts';
import { workspaceRunStore } from '#core/engine/runStore.ts';
import { writeBundle } from '#core/engine/writeBundle.ts';
import type { RunStore } from '#core/execution/ports.ts';
import { refitOne } from '#core/execution/refitOne.ts';
import { finiteOrNull } from '#core/execution/foldScores.ts';
import type { RunRecord } from '#core/workspace/index.ts';

/**
 * Trains a variant of a finished run on all training data, once: `models[name]` of a run, on demand. Asked again, also
 * after a restart, it answers what is there.
 */
export async function refitLater(parts: EngineParts, runId: string, variant: number): Promise<RefitSummary> {
  const { workspace } = parts;
  const record = workspace.runs.get(runId);
  if (record.status !== 'completed') throw new EngineError('run.not-completed', { run: record.name });
  const known = storedRefit(parts, record, variant);
  if (known !== null) {
    await noteRefit(workspace, record, known); // unless that was done when it was trained
    return known;
  }
  const { plan, chosen, contentHash } = await planRun(parts, {
    ...record,
    foldFiles: workspace.runs.foldFiles(runId),
  });
  if (contentHash !== record.datasetHash) throw new EngineError('run.data-changed', { run: record.name });
  if (plan.variants[variant] === undefined) throw new EngineError('run.no-variant', { run: record.name, variant });
  const aside = await holdOutTestSet(parts.pool, chosen.data, plan);
  const dataHash = identityOf(workspace.datasets.spectraSha256(record.datasetId), aside.data);
  const writes = writeBundle(workspace);
  const store = workspaceRunStore(
    workspace,
    writes,
    {
      runId,
      chainPathHash: sha256(JSON.stringify(aside.plan.groups.map((group) => group.steps))),
      inputDataHash: dataHash,
      cached: record.cached,
      resumed: false,
    },
    () => new Date(parts.clock.epoch()),
    () => undefined,
  );
  const refit = await refitOne(
    { runId, name: record.name, datasetName: record.datasetName, data: aside.data, dataHash, plan: aside.plan },
    variant,
    {
      pool: parts.pool,
      store: onlyRefits(store),
      clock: parts.clock,
      metrics: metricsFor(plan.metric, aside.data.classes?.length ?? 0),
      lookup: operatorsByKind,
      caches: { stages: stageCache(parts.stageBytes), registry: fitRegistry() },
      digest,
      cancel: { cancelled: false, check: () => undefined },
      describeSplitter: (id, params) => operatorsByKind.splitter(id).describe({ ...params }),
      emit: () => undefined,
    },
  );
  writes.flush();
  await noteRefit(workspace, record, refit);
  return refit;
}

/** The cross-validation is stored already; only what is trained for use is new. */
const onlyRefits = (store: RunStore): RunStore => ({
  ...store,
  variants: () => undefined,
  selected: () => undefined,
  predictions(entries, cv, done) {
    store.predictions(
      () => entries().filter(({ refit }) => refit),
      cv,
      done?.filter(({ fold }) => fold === 'final'),
    );
  },
});

/** What an earlier refit left: the model by itself, not as a part of a stack. */
function storedRefit({ workspace }: EngineParts, record: RunRecord, variant: number): RefitSummary | null {
  const planned = workspace.variants.all(record.id).find((one) => one.variant === variant);
  if (planned === undefined) throw new EngineError('run.no-variant', { run: record.name, variant });
  const chain = workspace.chains
    .ofRun(record.id)
    .find(
      (one) => one.variant === variant && one.foldId === 'final' && !(planned.base && one.refitContext === 'stacking'),
    );
  if (chain === undefined) return null;
  const sets = workspace.predictions
    .read({ runId: record.id, variant, foldId: 'final' })
    .filter((one) => one.record.refitContext === chain.refitContext);
  const of = (partition: 'train' | 'test') => sets.find((one) => one.record.partition === partition) ?? null;
  const [train, test] = [of('train'), of('test')];
  if (train === null) return null; // whoever trained it was stopped before its predictions were stored
  const metrics = metricsFor(record.metric, record.result?.classes?.length ?? 0);
  return {
    variant,
    label: planned.label,
    params: { ...train.record.bestParams },
    criterion: 'asked for',
    rmsec: train.record.scores.rmse,
    rmsep: test?.record.scores.rmse ?? null,
    finalScore: test === null ? null : finiteOrNull(metrics.score(test.arrays)),
    train: train.record.scores,
    test: test?.record.scores ?? null,
    problem: null,
  };
}
