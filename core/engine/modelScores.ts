import type { Scores } from '#core/contract/runTypes.ts';
import type { DeployedModel } from '#core/data/deployedModel.ts';
import type { Workspace } from '#core/workspace/index.ts';

/** Figures of a deployable model; null where there is no such set of predictions. */
export interface ModelScores {
  /** Pooled over the out-of-fold predictions of its variant. */
  readonly cv: Scores | null;
  readonly train: Scores | null;
  readonly test: Scores | null;
}

/** From the stored predictions: of the refit, or for a fold ensemble the mean predictions of its folds. */
export function modelScores(
  { predictions, variants }: Pick<Workspace, 'predictions' | 'variants'>,
  runId: string,
  variant: number,
  content: DeployedModel['content'],
): ModelScores {
  const stored = predictions.list({ runId, variant, foldId: content === 'refit' ? 'final' : 'avg' });
  const of = (partition: 'train' | 'test'): Scores | null =>
    stored.find((record) => record.partition === partition)?.scores ?? null;
  return { cv: variants.get(runId, variant).cv, train: of('train'), test: of('test') };
}
