import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import type { LinearState } from '#core/models/linearModel.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';

/** Centred (and scaled) training data, and the way back to raw units. */
export interface CentredProblem {
  /** n × p, a copy. */
  readonly x: Matrix;
  /** Length n, a copy. */
  readonly y: Float64Array;
  /** A regression vector of the centred problem, as a model of the raw one. */
  toRaw(coef: Float64Array): LinearState;
}

/**
 * Checks the training data and removes column means; with `scale`, divides by column standard deviations (ddof 1, as
 * scikit-learn's PLS; a constant column divides by 1). y is only centred: its scale cancels in every linear model.
 */
export function centredProblem(operator: string, x: Matrix, y: Float64Array, scale: boolean): CentredProblem {
  requireTrainingData(operator, x, y);
  const xMeans = columnMeans(x);
  const xScale = scale ? columnDeviations(x, xMeans, 1) : null;
  const yMean = mean(y);
  return {
    x: standardiseColumns(x, xMeans, xScale),
    y: y.map((value) => value - yMean),
    toRaw(centred) {
      const coef = xScale ? centred.map((value, j) => value / xScale[j]) : centred;
      return { coef, intercept: yMean - dot(xMeans, coef) };
    },
  };
}
