import { randomState } from '#core/base/randomState.ts';
import type { FitContext } from '#core/data/operator.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import type { LinearState } from '#core/models/linearModel.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';
import { elasticNetDescent } from '#core/numerics/elasticNetDescent.ts';
import { columnOf, type Matrix } from '#core/numerics/matrix.ts';

/** What Lasso and ElasticNet have in common; names as in scikit-learn. */
export interface PenalisedParams {
  readonly alpha: number;
  readonly fit_intercept: boolean;
  readonly max_iter: number;
  readonly tol: number;
  readonly positive: boolean;
  readonly selection: 'cyclic' | 'random';
  readonly random_state: number | null;
}

/**
 * Minimises ‖y − X b − b₀‖² / (2n) + α ρ Σ|b| + ½ α (1 − ρ) Σb². A descent that does not settle gives a notice and the
 * coefficients that it reached.
 *
 * @param l1Ratio ρ, from 0 (Ridge) to 1 (Lasso)
 */
export function penalisedRegression(
  operator: string,
  x: Matrix,
  y: Float64Array,
  params: PenalisedParams,
  l1Ratio: number,
  { cancel, seed, notice }: FitContext,
): LinearState {
  const problem = params.fit_intercept ? centredProblem(operator, x, y, false) : uncentred(operator, x, y);
  const columns = Array.from({ length: x.cols }, (_, j) => columnOf(problem.x, j));
  cancel.check();
  const { w, sweeps, gap, settled } = elasticNetDescent(
    columns,
    problem.y,
    {
      l1: params.alpha * l1Ratio * x.rows,
      l2: params.alpha * (1 - l1Ratio) * x.rows,
      positive: params.positive,
      maxSweeps: params.max_iter,
      tolerance: params.tol,
      random: params.selection === 'random' ? randomState(params.random_state ?? seed) : null,
    },
    cancel,
  );
  if (!settled)
    notice(
      `${operator}: the coefficients had not settled after ${sweeps} sweeps (duality gap ${gap.toExponential(1)} of ` +
        `‖y‖², tolerance ${params.tol}). Scale the channels, raise alpha or raise max_iter.`,
    );
  return problem.toRaw(w);
}

function uncentred(operator: string, x: Matrix, y: Float64Array) {
  requireTrainingData(operator, x, y);
  return { x, y, toRaw: (coef: Float64Array): LinearState => ({ coef, intercept: 0 }) };
}
