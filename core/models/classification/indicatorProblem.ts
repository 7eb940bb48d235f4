import type { Matrix } from '#core/numerics/matrix.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import type { ClassScores } from '#core/models/classification/classScores.ts';

/** Centred (and scaled) spectra and class indicators, and the way back to raw units. */
export interface IndicatorProblem {
  /** n × p, a copy. */
  readonly x: Matrix;
  /** K columns of length n: 1 for the samples of a class and 0 for the others, centred and scaled as asked. */
  readonly targets: readonly Float64Array[];
  /** K regression vectors of this problem, as scores of raw spectra: estimates of the raw indicators. */
  toScores(coefs: readonly Float64Array[]): ClassScores;
}

/** What is divided by its standard deviations: channels, indicators. */
export interface Scaling {
  readonly x: boolean;
  readonly y: boolean;
}

/**
 * The regression problem behind PLS-DA: class indicators on spectra, both centred, and as asked divided by their
 * standard deviations (n − 1; scikit-learn's PLS divides both). The responses of a spectrum add up to 1.
 */
export function indicatorProblem(x: Matrix, y: Float64Array, classCount: number, scale: Scaling): IndicatorProblem {
  const indicators: Matrix = { rows: x.rows, cols: classCount, data: new Float64Array(x.rows * classCount) };
  y.forEach((code, i) => {
    indicators.data[i * classCount + code] = 1;
  });
  const xMeans = columnMeans(x);
  const yMeans = columnMeans(indicators);
  const xScale = scale.x ? columnDeviations(x, xMeans, 1) : null;
  const yScale = scale.y ? columnDeviations(indicators, yMeans, 1) : null;
  const centred = standardiseColumns(indicators, yMeans, yScale);
  return {
    x: standardiseColumns(x, xMeans, xScale),
    targets: Array.from({ length: classCount }, (_, k) =>
      Float64Array.from({ length: x.rows }, (__, i) => centred.data[i * classCount + k]),
    ),
    toScores(coefs) {
      const state = { coef: new Float64Array(classCount * x.cols), intercept: new Float64Array(classCount) };
      coefs.forEach((coef, k) => {
        const raw = coef.map((value, j) => (value * (yScale?.[k] ?? 1)) / (xScale?.[j] ?? 1));
        state.coef.set(raw, k * x.cols);
        state.intercept[k] = yMeans[k] - dot(xMeans, raw);
      });
      return state;
    },
  };
}
