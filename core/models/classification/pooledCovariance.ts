import type { CancelToken } from '#core/base/cancellation.ts';
import type { ClassProblem } from '#core/models/classification/classProblem.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { shrinkageIntensity } from '#core/numerics/shrinkageIntensity.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

/**
 * The covariance within classes (p × p): Σ priorₖ Sₖ with Sₖ shrunk towards equal variances. A number shrinks Sₖ towards
 * the mean variance; `auto` does so for standardised channels with the intensity of Ledoit & Wolf (2004, J. Multivariate
 * Analysis 88, 365–411), and scales back. Divisor n, as in scikit-learn.
 */
export function pooledCovariance(
  problem: ClassProblem,
  priors: readonly number[],
  shrinkage: number | 'auto' | null,
  cancel: CancelToken,
): Matrix {
  const spectra = problem.present.map((code) => problem.spectraOf(code));
  const p = spectra[0]?.cols ?? 0;
  const out = zeros(p, p);
  spectra.forEach((x, index) => {
    cancel.check();
    const means = columnMeans(x);
    const deviations = shrinkage === 'auto' ? columnDeviations(x, means, 0) : null;
    const centred = standardiseColumns(x, means, deviations);
    const covariance = secondMoments(centred);
    const intensity = shrinkage === 'auto' ? shrinkageIntensity(centred, covariance) : (shrinkage ?? 0);
    let trace = 0;
    for (let j = 0; j < p; j++) trace += covariance.data[j * p + j];
    for (let i = 0, at = 0; i < p; i++)
      for (let j = 0; j < p; j++, at++) {
        const shrunk = (1 - intensity) * covariance.data[at] + (i === j ? (intensity * trace) / p : 0);
        out.data[at] += priors[index] * shrunk * (deviations ? deviations[i] * deviations[j] : 1);
      }
  });
  return out;
}

/** X'X / n of centred columns. */
function secondMoments({ rows, cols, data }: Matrix): Matrix {
  const out = zeros(cols, cols);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j];
      for (let k = 0; k <= j; k++) out.data[j * cols + k] += value * data[i * cols + k];
    }
  for (let j = 0; j < cols; j++) for (let k = 0; k <= j; k++) out.data[k * cols + j] = out.data[j * cols + k] /= rows;
  return out;
}
