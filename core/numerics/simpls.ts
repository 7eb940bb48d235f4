import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/**
 * SIMPLS for one response (de Jong 1993, Chemometrics and Intelligent Laboratory Systems 18, 251–263): the weights r
 * refer to the undeflated X; the covariance s = X'y is kept orthogonal to the loadings found, whose orthonormal basis
 * is V. For one response the models equal those of PLS1; rounding grows faster with the number of components.
 *
 * @param x n × p, centred columns; not written to
 * @param y length n, centred
 * @param components the largest number of components wanted
 * @returns regression vectors of 1, 2, … components, fewer than asked where the rank of the data ends
 */
export function simpls(x: Matrix, y: Float64Array, components: number, cancel: CancelToken): Float64Array[] {
  const coefs: Float64Array[] = [];
  const T: Float64Array[] = [];
  const V: Float64Array[] = [];
  const s = transposeTimesVector(x, y);
  const firstLength = norm2(s);
  const xNorm = norm2(x.data);
  const b = new Float64Array(x.cols);

  for (let a = 0; a < components; a++) {
    cancel.check();
    const length = norm2(s);
    if (!(length > SMALLEST_WEIGHT * firstLength)) break;
    const r = s.map((value) => value / length);
    const t = matrixTimesVector(x, r);
    const size = norm2(t);
    if (!(size > SMALLEST_SCORE * xNorm)) break;
    scaleInto(1 / size, t);
    scaleInto(1 / size, r);
    // Scores are orthogonal while they carry signal; one that is not consists of rounding errors.
    if (T.some((other) => Math.abs(dot(other, t)) > LARGEST_COSINE)) break;
    const v = transposeTimesVector(x, t);
    // Twice is enough: loadings of smooth spectra are nearly parallel.
    for (let pass = 0; pass < 2; pass++) for (const other of V) addScaledInto(-dot(other, v), other, v);
    scaleInto(1 / norm2(v), v);
    addScaledInto(-dot(v, s), v, s);
    for (const other of V) addScaledInto(-dot(other, s), other, s);
    addScaledInto(dot(t, y), r, b);
    T.push(t);
    V.push(v);
    coefs.push(b.slice());
  }
  return coefs;
}

/** Relative to the first X'y; rounding alone leaves about 1e-16. */
const SMALLEST_WEIGHT = 1e-14;
/** Relative to the length of X. */
const SMALLEST_SCORE = 1e-14;
/** SIMPLS loses orthogonality earlier than the improved kernel algorithm: real spectra reach 1e-5 at 20 components. */
const LARGEST_COSINE = 1e-2;
