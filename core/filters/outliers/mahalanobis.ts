import { randomState } from '#core/base/randomState.ts';
import type { FitContext } from '#core/data/operator.ts';
import { finiteRows } from '#core/filters/finiteRows.ts';
import { minimumCovarianceDeterminant } from '#core/filters/outliers/minimumCovarianceDeterminant.ts';
import { principalAxes } from '#core/filters/outliers/principalAxes.ts';
import { stackedAxes, type WhitenedForm } from '#core/filters/outliers/whitenedDistance.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { chiSquareQuantile } from '#core/numerics/chiSquareQuantile.ts';
import { lowerGammaShare } from '#core/numerics/lowerGammaShare.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';

export interface MahalanobisOptions {
  readonly robust: boolean;
  /** Null: chosen from the number of spectra. */
  readonly components: number | null;
  /** Limit in standard deviations. */
  readonly threshold: number;
  /** Share of the spectra that the robust covariance rests on; null: just over half. */
  readonly supportFraction: number | null;
  readonly seed: number;
}

/** The distance and the largest square of it that is kept. */
export interface MahalanobisLimit extends WhitenedForm {
  readonly limit: number;
}

/**
 * Mahalanobis distance from the training spectra in principal component scores, with their covariance (divisor n) or its
 * robust estimate. The limit is that of a chi-square variable with as many degrees of freedom as components, at the
 * probability with which a normal variable stays within ± `threshold` standard deviations: with one component, the limit
 * is `threshold` itself.
 */
export function fitMahalanobis(
  operator: string,
  spectra: Matrix,
  options: MahalanobisOptions,
  context: FitContext,
): MahalanobisLimit {
  const x = finiteRows(operator, spectra, 3);
  // A covariance needs several spectra for each component; a robust one rests on half of them.
  const standard = Math.max(
    1,
    options.robust ? Math.min(20, Math.floor(x.rows / 10)) : Math.min(50, Math.floor(x.rows / 5)),
  );
  const count = Math.min(options.components ?? standard, x.rows - 1, x.cols);
  const { mean, centred, s, v } = principalAxes(x, count, context.cancel);
  const within = lowerGammaShare(0.5, (options.threshold * options.threshold) / 2);
  const limit = chiSquareQuantile(Math.min(within, LARGEST_PROBABILITY), Math.max(1, v.length));
  const classic = (): MahalanobisLimit => ({
    limit,
    centre: mean,
    axes: stackedAxes(v.map((axis, k) => axis.map((value) => (value * Math.sqrt(x.rows)) / s[k]))),
  });
  if (!options.robust || v.length === 0) return classic();

  const scores = zeros(x.rows, v.length);
  v.forEach((axis, k) => matrixTimesVector(centred, axis).forEach((t, i) => (scores.data[i * v.length + k] = t)));
  const support =
    options.supportFraction === null
      ? Math.ceil((x.rows + v.length + 1) / 2)
      : Math.floor(options.supportFraction * x.rows);
  const random = randomState(options.seed);
  const robust = minimumCovarianceDeterminant(
    scores,
    Math.min(Math.max(support, v.length + 1), x.rows),
    random,
    context.cancel,
  );
  if (robust === null) {
    context.notice(
      `${operator}: the ${v.length} components leave no robust covariance of ${x.rows} spectra, so the ordinary one is used. Use fewer components.`,
    );
    return classic();
  }
  // z = L⁻¹ (V'(x − mean) − m): the axes are the rows of L⁻¹ V', the centre is mean + V m.
  const centre = mean.slice();
  v.forEach((axis, k) => addScaledInto(robust.location[k], axis, centre));
  const { lower } = robust.covariance;
  const axes: Float64Array[] = [];
  v.forEach((axis, a) => {
    const row = axis.slice();
    axes.forEach((before, b) => addScaledInto(-lower.data[a * v.length + b], before, row));
    axes.push(row.map((value) => value / lower.data[a * v.length + a]));
  });
  return { limit, centre, axes: stackedAxes(axes) };
}

/** The chi-square quantile of 1 is infinite; this is the limit of about eight standard deviations. */
const LARGEST_PROBABILITY = 1 - Number.EPSILON;
