import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { maskedFit } from '#core/numerics/maskedFit.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { relativeChange } from '#core/numerics/relativeChange.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { polynomialBasis } from '#core/transforms/baseline/polynomialResidual.ts';

export interface IterativePolynomialParams {
  readonly poly_order: number;
  readonly max_iter: number;
  readonly tol: number;
  readonly use_original: boolean;
  readonly mask_initial_peaks: boolean;
}

/** Parameters that ModPoly and IModPoly share; only the masking of peaks differs in its default. */
export const iterativePolynomialParameters = (maskInitialPeaks: boolean) => ({
  poly_order: z.int().min(0).max(12).default(5).meta({
    title: 'Polynomial order',
    description: 'Degree of the baseline polynomial over the channels.',
  }),
  max_iter: z.int().min(1).max(10_000).default(250).meta({
    title: 'Most iterations',
    description: 'The baseline is used as it is after this many iterations.',
  }),
  tol: z.number().positive().default(1e-3).meta({
    title: 'Tolerance',
    description: 'Iteration stops when its measure changes by less than this fraction.',
  }),
  use_original: z.boolean().default(false).meta({
    title: 'Clip the spectrum itself',
    description: 'On: each iteration clips the original spectrum; off: the spectrum that the last one has clipped.',
  }),
  mask_initial_peaks: z.boolean().default(maskInitialPeaks).meta({
    title: 'Leave out peaks',
    description: 'Channels more than one standard deviation above the first polynomial do not count in later fits.',
  }),
  copy: copyParameter,
});

/**
 * Subtracts from each spectrum a polynomial that is fitted again and again to the spectrum clipped at
 * polynomial + `spread` standard deviations. `spread` null is ModPoly: clipped at the polynomial, until the polynomial
 * settles; else IModPoly: until the standard deviation settles.
 */
export function subtractIterativePolynomial(
  operator: string,
  x: Matrix,
  params: IterativePolynomialParams,
  spread: number | null,
): Matrix {
  const basis = polynomialBasis(operator, 'poly_order', x.cols, params.poly_order);
  const fitAll = maskedFit(basis, null);
  return mapRows(x, x.cols, (spectrum, out, row) => {
    const first = fitAll(spectrum);
    const counts = params.mask_initial_peaks ? belowPeaks(spectrum, first) : null;
    const fit = counts === null ? fitAll : maskedFit(basis, counts);
    let deviation = deviationOf(spectrum, first, null);
    let baseline = first;
    let clipped = spectrum;
    for (let step = 0; step < params.max_iter; step++) {
      const limit = spread === null ? 0 : spread * deviation;
      const from = params.use_original ? spectrum : clipped;
      clipped = from.map((value, j) => Math.min(value, baseline[j] + limit));
      const next = fit(clipped);
      const nextDeviation = deviationOf(clipped, next, counts);
      const change =
        spread === null
          ? relativeChange(baseline, next)
          : Math.abs(nextDeviation - deviation) / Math.max(Math.abs(nextDeviation), Number.MIN_VALUE);
      baseline = next;
      deviation = nextDeviation;
      if (change < params.tol) break;
    }
    for (let j = 0; j < out.length; j++) out[j] = spectrum[j] - baseline[j];
    if (!Number.isFinite(out[0])) throw new EngineError('numerics.degenerate', { what: 'Baseline', row });
  });
}

/** 1 for the channels no more than one standard deviation above the curve. */
function belowPeaks(spectrum: Float64Array, curve: Float64Array): Uint8Array {
  const deviation = deviationOf(spectrum, curve, null);
  return Uint8Array.from(spectrum, (value, j) => (curve[j] + deviation < value ? 0 : 1));
}

/** Standard deviation of the residuals; those that do not count enter as zeros. */
function deviationOf(spectrum: Float64Array, curve: Float64Array, counts: Uint8Array | null): number {
  const n = spectrum.length;
  let sum = 0;
  for (let j = 0; j < n; j++) sum += counts === null || counts[j] === 1 ? spectrum[j] - curve[j] : 0;
  const mean = sum / n;
  let squares = 0;
  for (let j = 0; j < n; j++) {
    const residual = counts === null || counts[j] === 1 ? spectrum[j] - curve[j] : 0;
    squares += (residual - mean) * (residual - mean);
  }
  return Math.sqrt(squares / n);
}
