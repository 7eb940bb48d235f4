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
  const { means, deviations, ...rest } = centring(operator, x, y, scale);
  return { x: standardiseColumns(x, means, deviations), ...rest };
}

/** What is removed from the spectra, for whoever centres them on the way. */
export interface Centring extends Omit<CentredProblem, 'x'> {
  readonly means: Float64Array;
  readonly deviations: Float64Array | null;
}

/** The same without the copy of the spectra. */
export function centring(operator: string, x: Matrix, y: Float64Array, scale: boolean): Centring {
  requireTrainingData(operator, x, y);
  const means = columnMeans(x);
  const deviations = scale ? columnDeviations(x, means, 1) : null;
  const yMean = mean(y);
  return {
    means,
    deviations,
    y: y.map((value) => value - yMean),
    toRaw(centred) {
      const coef = deviations ? centred.map((value, j) => value / deviations[j]) : centred;
      return { coef, intercept: yMean - dot(means, coef) };
    },
  };
}
