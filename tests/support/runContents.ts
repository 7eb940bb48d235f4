import { createHash } from 'node:crypto';
import type { Workspace } from '#core/workspace/index.ts';

/** Everything a run has found, to the byte, without the times it took. Two runs that agree here are the same. */
export interface RunContents {
  readonly selection: readonly unknown[];
  /** By set: SHA-256 of rows, measured and predicted values, probabilities. */
  readonly predictions: Readonly<Record<string, string>>;
  /** By chain: its steps, with the checksums of their contents. */
  readonly chains: Readonly<Record<string, string>>;
  /** Checksums of the artifacts that the run needs. */
  readonly artifacts: readonly string[];
}

export function runContents(workspace: Workspace, runId: string): RunContents {
  const { result } = workspace.runs.get(runId);
  const page = workspace.variants.page(runId, { sortBy: 'rank', filter: '', offset: 0, limit: 100_000 });
  return {
    selection: [
      result?.cvBest,
      result?.cvBestScore,
      result?.rmsep,
      result?.refits,
      workspace.variants.all(runId),
      page.rows.map(({ variant }) => variant),
    ],
    predictions: Object.fromEntries(
      workspace.predictions.read({ runId }).map(({ record, arrays }) => {
        const { variant, branchPath, modelName, foldId, partition, refitContext, scores, bestParams } = record;
        const hash = createHash('sha256').update(JSON.stringify([scores, bestParams]));
        for (const values of [arrays.rows, arrays.measured, arrays.predicted, arrays.probabilities ?? []])
          hash.update(Buffer.from(new Uint8Array(values instanceof Array ? [] : values.slice().buffer)));
        return [JSON.stringify([variant, branchPath, modelName, foldId, partition, refitContext]), hash.digest('hex')];
      }),
    ),
    chains: Object.fromEntries(
      workspace.chains.ofRun(runId).map((chain) => {
        const { runId: _run, createdAt: _at, variant, modelName, foldId, refitContext, ...rest } = chain;
        const text = JSON.stringify(rest, (_key, value: unknown) =>
          ArrayBuffer.isView(value) ? Buffer.from(new Uint8Array(value.buffer)).toString('hex') : value,
        );
        return [JSON.stringify([variant, modelName, foldId, refitContext]), text];
      }),
    ),
    artifacts: workspace.artifacts.ofRun(runId).map(({ sha256 }) => sha256),
  };
}
