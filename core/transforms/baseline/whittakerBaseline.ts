import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { whittakerSystem } from '#core/numerics/whittakerSystem.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';

export interface WhittakerParams {
  readonly lam: number;
  readonly diff_order: number;
  readonly max_iter: number;
  readonly tol: number;
}

/** Parameters that all Whittaker baselines share. */
export const whittakerParameters = {
  lam: z.number().positive().max(1e15).default(1e6).meta({
    title: 'Smoothness',
    description: 'Larger values give a stiffer baseline. Twice as many channels need about 16 times the value.',
  }),
  max_iter: z.int().min(1).max(1000).default(50).meta({
    title: 'Most iterations',
    description: 'The baseline is used as it is after this many changes of the weights.',
  }),
  tol: z.number().positive().default(1e-3).meta({
    title: 'Tolerance',
    description: 'Iteration stops when its measure of change falls below this.',
  }),
  diff_order: z.int().min(1).max(4).default(2).meta({
    title: 'Order of differences',
    description: 'What a smooth baseline is: 1 level, 2 straight, 3 a parabola.',
  }),
  copy: copyParameter,
};

/** How one method weighs the channels. */
export interface Weighting {
  /** Weights of the first fit, written into w; all 1 when absent. */
  startInto?(y: Float64Array, w: Float64Array): void;
  /**
   * Weights of the next fit for spectrum y and curve z, written into `next`. Returns the measure of change that is
   * compared with the tolerance, or null to stop with this curve. `step` counts from 1.
   */
  nextInto(y: Float64Array, z: Float64Array, w: Float64Array, next: Float64Array, step: number): number | null;
}

/**
 * Subtracts from each spectrum the curve that minimises Σ w(y − z)² + λ Σ (differences of z)², while the weights w
 * follow the spectrum: small where it lies above the curve. `lambda1` also penalises first differences of y − z.
 */
export function subtractWhittaker(
  operator: string,
  x: Matrix,
  { lam, diff_order, max_iter, tol }: WhittakerParams,
  weighting: Weighting,
  lambda1 = 0,
): Matrix {
  const n = x.cols;
  if (n <= diff_order)
    throw new EngineError('numerics.too-few', { operator, what: 'channels', needed: diff_order + 1, found: n });
  const system = whittakerSystem(n, lam, diff_order, lambda1);
  const z = new Float64Array(n);
  return mapRows(x, n, (y, out, row) => {
    let w = new Float64Array(n).fill(1);
    let next = new Float64Array(n);
    weighting.startInto?.(y, w);
    for (let step = 1; step <= max_iter + 1; step++) {
      if (!system.solveInto(y, w, z)) throw new EngineError('numerics.degenerate', { what: 'Baseline', row });
      const change = weighting.nextInto(y, z, w, next, step);
      if (change === null || change < tol) break;
      [w, next] = [next, w];
    }
    for (let j = 0; j < n; j++) out[j] = y[j] - z[j];
    if (!Number.isFinite(out[0])) throw new EngineError('numerics.degenerate', { what: 'Baseline', row });
  });
}
