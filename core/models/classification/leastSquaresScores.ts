import type { CancelToken } from '#core/base/cancellation.ts';
import type { ClassProblem } from '#core/models/classification/classProblem.ts';
import { spreadScores, type ClassScores } from '#core/models/classification/classScores.ts';
import { pooledCovariance } from '#core/models/classification/pooledCovariance.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { cholesky } from '#core/numerics/cholesky.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

/**
 * Linear discriminants from the covariance within classes: S wₖ = mₖ, the shortest least squares solution where S is
 * singular (singular values below ε s₁ count as zero). This is what scikit-learn's solver `lsqr` computes; its `eigen`
 * solver gives the same scores.
 */
export function leastSquaresScores(
  problem: ClassProblem,
  priors: readonly number[],
  shrinkage: number | 'auto' | null,
  cancel: CancelToken,
): ClassScores {
  const covariance = pooledCovariance(problem, priors, shrinkage, cancel);
  const p = covariance.cols;
  // A shrunk covariance is well conditioned, so that its factor is accurate; a plain one may be singular.
  const factor = shrinkage === null || shrinkage === 0 ? null : cholesky(covariance);
  const solve = factor ? (mean: Float64Array) => factor.solve(mean) : shortestSolution(covariance, cancel);
  return spreadScores(problem.classCount, p, problem.present, (k) => {
    const mean = columnMeans(problem.spectraOf(problem.present[k]));
    const coef = solve(mean);
    return { coef, intercept: Math.log(priors[k]) - dot(mean, coef) / 2 };
  });
}

function shortestSolution(a: Matrix, cancel: CancelToken): (b: Float64Array) => Float64Array {
  const { s, u, v } = jacobiSvd(
    Array.from({ length: a.cols }, (_, j) => rowOf(a, j).slice()),
    cancel,
  );
  return (b) => {
    const out = new Float64Array(a.cols);
    for (let m = 0; m < a.cols && s[m] > Number.EPSILON * s[0]; m++) addScaledInto(dot(u[m], b) / s[m], v[m], out);
    return out;
  };
}
