import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/** Components of X that are orthogonal to y: symbols as in the paper, one weight and one loading a component. */
export interface OrthogonalFilter {
  /** w⊥, length p each; fewer than asked when no variation unrelated to y is left. */
  readonly weights: readonly Float64Array[];
  /** p⊥, length p each. */
  readonly loadings: readonly Float64Array[];
  /** Centred spectra without the first `count` components, as a new matrix. */
  remove(x: Matrix, count: number): Matrix;
  /** Turns a regression vector of filtered spectra, in place, into one of centred spectra. */
  backInto(b: Float64Array, count: number): Float64Array;
}

/**
 * The filter of O-PLS for one response (Trygg & Wold 2002, J. Chemometrics 16, 119–128, doi:10.1002/cem.695). The
 * predictive weight w ∝ X'y stays the same, because what is removed is orthogonal to y.
 *
 * @param x n × p, centred columns; not written to
 * @param y length n, centred
 */
export function orthogonalFilter(
  x: Matrix,
  y: Float64Array,
  components: number,
  cancel: CancelToken,
): OrthogonalFilter {
  const z: Matrix = { ...x, data: x.data.slice() };
  const w = transposeTimesVector(x, y);
  const length = norm2(w);
  const weights: Float64Array[] = [];
  const loadings: Float64Array[] = [];
  if (length > 0) scaleInto(1 / length, w);

  for (let a = 0; a < components && length > 0; a++) {
    cancel.check();
    const t = matrixTimesVector(z, w);
    const p = transposeTimesVector(z, t);
    const size = norm2(p);
    // Two passes: p is nearly parallel to w, so that one leaves rounding along it.
    for (let pass = 0; pass < 2; pass++) addScaledInto(-dot(w, p), w, p);
    const rest = norm2(p);
    if (!(rest > SMALLEST_REST * size)) break;
    scaleInto(1 / rest, p);
    const across = matrixTimesVector(z, p);
    const loading = transposeTimesVector(z, across);
    scaleInto(1 / dot(across, across), loading);
    for (let i = 0; i < z.rows; i++) addScaledInto(-across[i], loading, rowOf(z, i));
    weights.push(p);
    loadings.push(loading);
  }
  return {
    weights,
    loadings,
    remove(spectra, count) {
      const out: Matrix = { ...spectra, data: spectra.data.slice() };
      for (let i = 0; i < out.rows; i++) {
        const row = rowOf(out, i);
        for (let a = 0; a < count; a++) addScaledInto(-dot(row, weights[a]), loadings[a], row);
      }
      return out;
    },
    backInto(b, count) {
      for (let a = count - 1; a >= 0; a--) addScaledInto(-dot(loadings[a], b), weights[a], b);
      return b;
    },
  };
}

/** What is left of a loading beside w, relative to it; rounding alone leaves 1e-16. */
const SMALLEST_REST = 1e-13;
