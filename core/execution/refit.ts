import { errorReport } from '#core/base/errors.ts';
import { CancelledError } from '#core/base/cancellation.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import { takeInts } from '#core/execution/crossValidate.ts';
import { finiteOrNull } from '#core/execution/foldScores.ts';
import { takeValues } from '#core/numerics/matrix.ts';

export type RefitOutcome = RefitScores | { readonly problem: string };

export interface RefitScores {
  readonly rmsec: number | null;
  readonly rmsep: number | null;
  /** On the test partition, under the run's metric; null without one. */
  readonly finalScore: number | null;
}

/**
 * Pass 2, the simple refit: the winner's steps once more, with one fold that trains on everything and validates on
 * nothing, through the same executor. A failure leaves the results of pass 1 as they are and is told, not thrown.
 */
export async function refit(
  run: RunContext,
  winner: PlannedVariant,
  { group, strategy, folds }: GroupFolds,
): Promise<RefitOutcome> {
  const { input, ports } = run;
  const { data } = input;
  const nTrain = data.train.length;
  run.emit({ type: 'refit.started', label: winner.label, nTrain });
  try {
    run.emit({ type: 'refit.step', step: 'preprocessing', index: 1, of: 3 });
    const result = await ports.pool.fit(data, {
      kind: 'fit',
      steps: group.steps.map((step) => (step.role === 'model' ? { ...step, params: winner.refitParams } : step)),
      splitterIndex: group.splitterIndex,
      fold: { train: Int32Array.from({ length: nTrain }, (_, k) => k), validation: new Int32Array(0) },
      pathValues: null,
      seed: input.plan.seed,
      keepChain: true,
    });
    result.notices.forEach((notice) => {
      run.warn(notice);
    });
    run.meter.fitted(winner.model, result.milliseconds);
    const [predictions] = result.predictions;
    if (predictions === null || predictions === undefined || result.chain === null || result.modelInput === null)
      throw new Error('The training data do not have the rank that this many components need.');
    run.emit({ type: 'refit.step', step: 'model', index: 2, of: 3 });

    run.emit({ type: 'refit.step', step: 'evaluation', index: 3, of: 3 });
    const parts = [
      {
        partition: 'train',
        rows: takeInts(
          data.train,
          Int32Array.from({ length: nTrain }, (_, k) => k),
        ),
        predicted: predictions.train,
      },
      { partition: 'test', rows: data.test, predicted: predictions.test },
    ] as const;
    const entries = parts
      .filter(({ rows }) => rows.length > 0)
      .map(({ partition, rows, predicted }) => {
        const measured = takeValues(data.y, rows);
        return {
          variant: winner.index,
          model: winner.model,
          fold: 'final',
          partition,
          refit: true,
          params: winner.refitParams,
          scores: ports.metrics.summary(measured, predicted),
          rows,
          measured,
          predicted,
        };
      });
    ports.store.predictions(entries, { strategy, folds: folds.length });
    await ports.store.final({
      variant: winner.index,
      model: winner.model,
      chain: result.chain,
      modelInput: result.modelInput,
    });
    const test = entries.find((entry) => entry.partition === 'test');
    const scores: RefitScores = {
      rmsec: entries.find((entry) => entry.partition === 'train')?.scores.rmse ?? null,
      rmsep: test?.scores.rmse ?? null,
      finalScore: test === undefined ? null : finiteOrNull(ports.metrics.score(test.measured, test.predicted)),
    };
    run.emit({ type: 'refit.completed', rmsec: scores.rmsec, rmsep: scores.rmsep, nTrain, nTest: data.test.length });
    return scores;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const { message } = errorReport(error);
    run.emit({ type: 'refit.failed', message });
    return { problem: message };
  }
}
