import type { ModelSummary } from '#core/contract/models.ts';
import { ensembleRecords } from '#core/engine/finalModel.ts';
import { modelScores } from '#core/engine/modelScores.ts';
import { classesOf } from '#core/engine/storedChain.ts';
import type { StoredChain, Workspace } from '#core/workspace/index.ts';

/** Every deployable model of the workspace, the newest first: refitted variants, and fold models that predict together. */
export function listModels(workspace: Workspace): ModelSummary[] {
  const { chains } = workspace;
  const refits = chains.refits().map((record) => ({ record, members: 1, content: 'refit' as const }));
  const ensembles = ensembleRecords(chains.members()).flatMap((records) =>
    records.slice(0, 1).map((record) => ({ record, members: records.length, content: 'fold-ensemble' as const })),
  );
  return [...refits, ...ensembles]
    .sort((a, b) => (a.record.createdAt < b.record.createdAt ? 1 : a.record.createdAt > b.record.createdAt ? -1 : 0))
    .map((entry) => summaryOf(workspace, entry));
}

function summaryOf(
  workspace: Workspace,
  entry: { readonly record: StoredChain; readonly members: number; readonly content: ModelSummary['content'] },
): ModelSummary {
  const { record, members, content } = entry;
  const run = workspace.runs.get(record.runId);
  const variant = workspace.variants.get(record.runId, record.variant);
  const summary = workspace.datasets.get(run.datasetId);
  const { cv, train, test } = modelScores(workspace, run.id, record.variant, content);
  const classes = classesOf(record);
  return {
    runId: run.id,
    name: run.name,
    variant: record.variant,
    label: variant.label,
    deployed: variant.selected,
    content,
    members,
    task: classes === null ? 'regression' : 'classification',
    classes,
    target: run.target,
    targetUnit: run.result?.targetUnit ?? null,
    steps: variant.steps,
    axis: { ...summary.axis, count: summary.wavelengths },
    datasetName: run.datasetName,
    nTrain: run.result?.nTrain ?? 0,
    nTest: run.result?.nTest ?? 0,
    rmsecv: variant.rmsecv,
    rmsec: train?.rmse ?? null,
    rmsep: test?.rmse ?? null,
    cv,
    train,
    test,
    createdAt: record.createdAt,
  };
}
