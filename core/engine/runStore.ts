import type { RunStore } from '#core/execution/ports.ts';
import { storeFinalModel } from '#core/engine/finalModel.ts';
import type { Workspace } from '#core/workspace/index.ts';

export interface RunIdentity {
  readonly runId: string;
  readonly chainPathHash: string;
  readonly inputDataHash: string;
}

/** A run's results in the workspace, and the contents its final model consists of. */
export function workspaceRunStore(
  workspace: Workspace,
  identity: RunIdentity,
  now: () => Date,
): RunStore & { readonly contents: { sha256: string; bytes: number; kind: string }[] } {
  const { runId } = identity;
  const contents: { sha256: string; bytes: number; kind: string }[] = [];
  return {
    contents,
    variants: (summaries) => {
      workspace.variants.put(runId, summaries);
    },
    predictions: (entries, cv) => {
      workspace.predictions.put(
        entries.map((one) => ({
          record: {
            runId,
            variant: one.variant,
            branchPath: [],
            branchName: null,
            modelName: one.model,
            modelClass: one.model,
            foldId: one.fold,
            partition: one.partition,
            refitContext: one.refit ? 'standalone' : null,
            scores: one.scores,
            bestParams: one.params,
            cvStrategy: cv.strategy,
            cvFolds: cv.folds,
          },
          arrays: { rows: one.rows, measured: one.measured, predicted: one.predicted },
        })),
      );
    },
    selected: (ranked, winner) => {
      workspace.variants.rank(runId, ranked, winner);
    },
    final: async (model) => {
      const hashes = {
        chainPath: identity.chainPathHash,
        data: identity.inputDataHash,
        createdAt: now().toISOString(),
      };
      contents.push(...(await storeFinalModel(workspace, runId, model, hashes)));
    },
  };
}
