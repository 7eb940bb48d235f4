import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/** One component; symbols as in the paper. */
export interface PlsComponent {
  /** Weights of the deflated X, length p, norm 1. */
  readonly w: Float64Array;
  /** Weights of X itself: t = X r. */
  readonly r: Float64Array;
  /** Loading of X, length p. */
  readonly p: Float64Array;
  /** Loading of each response. */
  readonly q: Float64Array;
  /** Squared length of the score. */
  readonly tt: number;
}

/** Regression vectors of 1, 2, … components, as far as the data's rank allows. */
export interface MultiResponsePls {
  /** `coefs[a − 1][m]` has length p: the regression vector of response m with a components. */
  readonly coefs: readonly (readonly Float64Array[])[];
  /** Components found: fewer than asked when nothing is left to explain. */
  readonly rank: number;
  readonly components: readonly PlsComponent[];
}

/**
 * Improved kernel PLS for several responses (PLS2), algorithm 1 of Dayal & MacGregor (1997), J. Chemometrics 11, 73–85.
 * Symbols as in the paper. The weight vector is the first left singular vector of X'Y, which the power iterations of
 * NIPALS approach; here it is exact, so results differ from NIPALS by its tolerance only.
 *
 * @param x n × p, centred columns (and scaled); not written to
 * @param y M responses of length n, centred (and scaled); not written to
 * @param components the largest number of components wanted
 */
export function multiResponsePls(
  x: Matrix,
  y: readonly Float64Array[],
  components: number,
  cancel: CancelToken,
): MultiResponsePls {
  const xNorm = norm2(x.data);
  const coefs: Float64Array[][] = [];
  const R: Float64Array[] = [];
  const P: Float64Array[] = [];
  const T: Float64Array[] = [];
  const found: PlsComponent[] = [];
  // Step 1: X'Y, one column a response.
  const xy = y.map((response) => transposeTimesVector(x, response));
  const firstXy = Math.hypot(...xy.map(norm2));
  const b = y.map(() => new Float64Array(x.cols));

  for (let a = 0; a < components; a++) {
    cancel.check();
    // Step 2: the direction of X that covaries most with what is left of Y.
    const { s, u } = jacobiSvd(xy);
    if (!(s[0] > SMALLEST_WEIGHT * firstXy)) break;
    const w = u[0];
    // Step 3: r, so that t = X r without deflating X.
    const r = w.slice();
    for (let j = 0; j < a; j++) addScaledInto(-dot(P[j], w), R[j], r);
    // Step 4: scores and loadings.
    const t = matrixTimesVector(x, r);
    const tt = dot(t, t);
    if (!(Math.sqrt(tt) > SMALLEST_SCORE * xNorm) || overlaps(t, T)) break;
    const p = transposeTimesVector(x, t);
    scaleInto(1 / tt, p);
    // Step 5: deflate X'Y only.
    const q = Float64Array.from(xy, (column) => dot(r, column) / tt);
    xy.forEach((column, m) => {
      addScaledInto(-q[m] * tt, p, column);
      addScaledInto(q[m], r, b[m]);
    });
    found.push({ w, r, p, q, tt });
    R.push(r);
    P.push(p);
    T.push(t);
    coefs.push(b.map((coef) => coef.slice()));
  }
  return { coefs, rank: coefs.length, components: found };
}

/** Scores are orthogonal as long as they carry signal; a new one that is not consists of rounding errors. */
const overlaps = (t: Float64Array, earlier: readonly Float64Array[]): boolean =>
  earlier.some((other) => Math.abs(dot(t, other)) > LARGEST_COSINE * norm2(other) * norm2(t));

/** The limits of `improvedKernelPls`: relative to the first X'Y, to the length of X, and between scores. */
const SMALLEST_WEIGHT = 1e-14;
const SMALLEST_SCORE = 1e-14;
const LARGEST_COSINE = 1e-3;
