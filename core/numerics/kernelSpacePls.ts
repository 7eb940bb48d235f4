import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';

/**
 * PLS of one response in the space of a kernel (Rosipal & Trejo 2001, JMLR 2, 97–123, section 3): scores t = K u of the
 * residuals u of the target, orthogonal to earlier scores. With K = X X' it is PLS1 on X. K is not deflated: scores are
 * orthogonalised instead, twice, which is the same and keeps more digits.
 *
 * @param k n × n, centred kernel matrix; not written to
 * @param y length n, centred
 * @returns for 1, 2, … components the dual weights α (length n): fitted values are K α
 */
export function kernelSpacePls(k: Matrix, y: Float64Array, components: number, cancel: CancelToken): Float64Array[] {
  const T: Float64Array[] = [];
  const U: Float64Array[] = [];
  /** `R[a][j]` = t_j' K u_a: columns of the upper triangular T'KU. */
  const R: Float64Array[] = [];
  const c: number[] = [];
  const found: Float64Array[] = [];
  const u = y.slice();
  const size = norm2(k.data);
  const yNorm = norm2(y);

  for (let a = 0; a < components; a++) {
    cancel.check();
    // What is left of y consists of rounding errors: nothing to explain.
    if (!(norm2(u) > SMALLEST_REST * yNorm)) break;
    const image = matrixTimesVector(k, u);
    const t = image.slice();
    for (let pass = 0; pass < 2; pass++) for (const other of T) addScaledInto(-dot(other, t), other, t);
    const length = norm2(t);
    if (!(length > SMALLEST_SCORE * size * norm2(u))) break;
    scaleInto(1 / length, t);
    T.push(t);
    U.push(u.slice());
    R.push(Float64Array.from(T, (other) => dot(other, image)));
    c.push(dot(t, y));
    addScaledInto(-dot(t, u), t, u);
    const z = backSubstitute(R, c);
    const alpha = new Float64Array(y.length);
    z.forEach((value, j) => {
      addScaledInto(value, U[j], alpha);
    });
    found.push(alpha);
  }
  return found;
}

/** Solves T'KU z = T'y. */
function backSubstitute(columns: readonly Float64Array[], right: readonly number[]): number[] {
  const z = [...right];
  for (let a = z.length - 1; a >= 0; a--) {
    z[a] /= columns[a][a];
    for (let j = 0; j < a; j++) z[j] -= columns[a][j] * z[a];
  }
  return z;
}

/** Relative to y. */
const SMALLEST_REST = 1e-13;
/** Relative to the size of K times u. */
const SMALLEST_SCORE = 1e-14;
