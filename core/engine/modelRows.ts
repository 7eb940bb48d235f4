import type { DeployedModel } from '#core/data/deployedModel.ts';
import type { Workspace } from '#core/workspace/index.ts';

/** Rows of the dataset that a model learned from and that it is tested on. */
export interface ModelRows {
  /** In ascending order, each once. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** Reference values (or class codes) of the training rows. */
  readonly measured: Float64Array;
}

/** Read from the predictions of the refit; for a fold ensemble from those of all its folds. */
export function modelRows(
  { predictions }: Pick<Workspace, 'predictions'>,
  runId: string,
  variant: number,
  content: DeployedModel['content'],
): ModelRows {
  const train = new Map<number, number>();
  const test = new Set<number>();
  for (const { record, arrays } of predictions.read({
    runId,
    variant,
    ...(content === 'refit' ? { foldId: 'final' } : {}),
  })) {
    if (content === 'fold-ensemble' && !record.foldId.startsWith('fold_')) continue;
    arrays.rows.forEach((row, i) => {
      if (record.partition === 'test') test.add(row);
      else train.set(row, arrays.measured[i] ?? NaN);
    });
  }
  const rows = Int32Array.from(train.keys()).sort();
  return {
    train: rows,
    test: Int32Array.from(test).sort(),
    measured: Float64Array.from(rows, (row) => train.get(row) ?? NaN),
  };
}
