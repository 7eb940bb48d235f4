import type { Fold } from '#core/data/operator.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { rmse } from '#core/metrics/regressionMetrics.ts';
import type { modelCalled } from '#tests/support/operators.ts';
import { fitContext } from '#tests/support/operators.ts';

/** Applied to the training and the validation spectra of each fold, fitted on the training spectra. */
export type FoldPreprocessing = (train: Matrix, other: Matrix) => Matrix;

/** The pooled RMSECV of a model for each value of its path parameter, or one value without a path. */
export function pooledRmsecv(
  model: ReturnType<typeof modelCalled>,
  x: Matrix,
  y: Float64Array,
  folds: readonly Fold[],
  values: readonly number[] = [],
  prepare: FoldPreprocessing = (_, other) => other,
): number[] {
  const { operator, params } = model;
  const pooled = Array.from({ length: Math.max(1, values.length) }, () => new Float64Array(x.rows).fill(NaN));
  for (const { train, validation } of folds) {
    const raw = takeRows(x, train);
    const trainX = prepare(raw, raw);
    const trainY = takeValues(y, train);
    const context = fitContext(trainX);
    const states =
      operator.path && values.length > 0
        ? operator.path.fit(trainX, trainY, params, values, context)
        : [operator.fit(trainX, trainY, params, context)];
    const held = prepare(raw, takeRows(x, validation));
    states.forEach((state, a) => {
      if (state === null) return;
      operator.predict(held, state, params).forEach((value, k) => {
        const row = validation[k];
        const column = pooled[a];
        if (row !== undefined && column) column[row] = value;
      });
    });
  }
  return pooled.map((predicted) => rmse(y, predicted));
}
