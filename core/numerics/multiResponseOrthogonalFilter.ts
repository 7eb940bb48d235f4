import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/** Components of X that are orthogonal to every response. */
export interface MultiResponseOrthogonalFilter {
  /** The training spectra without those components, n × p. */
  readonly filtered: Matrix;
  /** Components removed: fewer than asked when no variation unrelated to the responses is left. */
  readonly count: number;
  /** One weight and one loading a component, length p each, for the spectra without the components before. */
  readonly weights: readonly Float64Array[];
  readonly loadings: readonly Float64Array[];
  /** Turns a regression vector of filtered spectra, in place, into one of centred spectra. */
  backInto(b: Float64Array): Float64Array;
}

/**
 * The filter of O2-PLS for several responses (Trygg & Wold 2003, J. Chemometrics 17, 53–64, doi:10.1002/cem.775): with W
 * an orthonormal basis of X'Y and T = X W, each orthogonal weight is the first left singular vector of (X − T W')'T.
 * For one response this is O-PLS (Trygg & Wold 2002). X'Y, and so W, does not change when a component is removed.
 *
 * @param x n × p, centred columns; not written to
 * @param y M responses of length n, centred; not written to
 */
export function multiResponseOrthogonalFilter(
  x: Matrix,
  y: readonly Float64Array[],
  components: number,
  cancel: CancelToken,
): MultiResponseOrthogonalFilter {
  const z: Matrix = { ...x, data: x.data.slice() };
  const { s, u } = jacobiSvd(y.map((response) => transposeTimesVector(x, response)));
  const basis = u.filter((_, k) => s[k] > SMALLEST_DIRECTION * s[0]);
  const weights: Float64Array[] = [];
  const loadings: Float64Array[] = [];

  for (let a = 0; a < components && basis.length > 0; a++) {
    cancel.check();
    const covariances = basis.map((w) => transposeTimesVector(z, matrixTimesVector(z, w)));
    const size = Math.hypot(...covariances.map(norm2));
    // Two passes: the vectors are nearly inside the basis, so that one leaves rounding along it.
    for (const vector of covariances)
      for (let pass = 0; pass < 2; pass++) for (const w of basis) addScaledInto(-dot(w, vector), w, vector);
    const rest = jacobiSvd(covariances);
    if (!(rest.s[0] > SMALLEST_REST * size)) break;
    const weight = rest.u[0];
    const t = matrixTimesVector(z, weight);
    const loading = transposeTimesVector(z, t);
    scaleInto(1 / dot(t, t), loading);
    for (let i = 0; i < z.rows; i++) addScaledInto(-t[i], loading, rowOf(z, i));
    weights.push(weight);
    loadings.push(loading);
  }
  return {
    filtered: z,
    count: weights.length,
    weights,
    loadings,
    backInto(b) {
      for (let a = weights.length - 1; a >= 0; a--) addScaledInto(-dot(loadings[a], b), weights[a], b);
      return b;
    },
  };
}

/** Indicators of K classes span K − 1 directions; the last one is rounding. */
const SMALLEST_DIRECTION = 1e-12;
/** What is left beside the basis, relative to the whole; rounding alone leaves 1e-16. */
const SMALLEST_REST = 1e-13;
