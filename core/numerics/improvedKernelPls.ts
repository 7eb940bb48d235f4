import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/** What the kernel reports: regression vectors of 1, 2, … components, as far as the data's rank allows. */
export interface KernelPlsResult {
  /** `coefs[a − 1]` has length p and belongs to a components. */
  readonly coefs: readonly Float64Array[];
  /** Components found: fewer than asked when nothing is left to explain. */
  readonly rank: number;
}

/**
 * Improved kernel PLS for one response, algorithm 1 of Dayal & MacGregor (1997), J. Chemometrics 11, 73–85
 * (doi:10.1002/(SICI)1099-128X(199701)11:1<73::AID-CEM435>3.0.CO;2-#). Symbols as in the paper: w weights, r weights
 * for the undeflated X, t scores, p and q loadings. X and y come centred (and scaled); neither is written to.
 *
 * Algorithm 2 of the paper (on X'X) saves time only where p is below twice the number of components, which takes
 * microseconds anyway, and it squares the condition number, which for smooth spectra costs half of the digits.
 * So algorithm 1 serves all shapes; each component reads X once (t and p together, row by row).
 *
 * @param x n × p, centred columns
 * @param y length n, centred
 * @param components the largest number of components wanted
 */
export function improvedKernelPls(
  x: Matrix,
  y: Float64Array,
  components: number,
  cancel: CancelToken,
): KernelPlsResult {
  const { cols } = x;
  const xNorm = norm2(x.data);
  const coefs: Float64Array[] = [];
  const R: Float64Array[] = [];
  const P: Float64Array[] = [];
  const T: Float64Array[] = [];
  const xy = transposeTimesVector(x, y);
  const firstXy = norm2(xy);
  const b = new Float64Array(cols);

  for (let a = 0; a < components; a++) {
    cancel.check();
    // Step 2: the weight vector is X'y of what is not explained yet.
    const w = xy.slice();
    const length = norm2(w);
    if (!(length > SMALLEST_WEIGHT * firstXy)) break;
    scaleInto(1 / length, w);
    // Step 3: r, so that t = X r without deflating X.
    const r = w.slice();
    for (let j = 0; j < a; j++) addScaledInto(-dot(P[j], w), R[j], r);
    // Step 4: scores and loadings.
    const { t, p, tt } = scoresAndLoadings(x, r);
    if (!(Math.sqrt(tt) > SMALLEST_SCORE * xNorm) || overlaps(t, tt, T)) break;
    scaleInto(1 / tt, p);
    const q = dot(r, xy) / tt;
    // Step 5: deflate X'y only.
    addScaledInto(-q * tt, p, xy);
    addScaledInto(q, r, b);
    R.push(r);
    P.push(p);
    T.push(t);
    coefs.push(b.slice());
  }
  return { coefs, rank: coefs.length };
}

/** t = X r, p = X't and t't in one pass over X. */
function scoresAndLoadings(x: Matrix, r: Float64Array): { t: Float64Array; p: Float64Array; tt: number } {
  const { rows, cols, data } = x;
  const t = new Float64Array(rows);
  const p = new Float64Array(cols);
  let tt = 0;
  const pairs = rows - (rows % 2);
  for (let i = 0; i < pairs; i += 2) {
    const a = i * cols;
    const b = a + cols;
    let s = 0;
    let u = 0;
    for (let j = 0; j < cols; j++) {
      s += data[a + j] * r[j];
      u += data[b + j] * r[j];
    }
    for (let j = 0; j < cols; j++) p[j] += s * data[a + j] + u * data[b + j];
    t[i] = s;
    t[i + 1] = u;
    tt += s * s + u * u;
  }
  if (pairs < rows) {
    const last = data.subarray(pairs * cols, rows * cols);
    const s = dot(last, r);
    addScaledInto(s, last, p);
    t[pairs] = s;
    tt += s * s;
  }
  return { t, p, tt };
}

/** Scores are orthogonal as long as they carry signal; a new one that is not consists of rounding errors. */
function overlaps(t: Float64Array, tt: number, earlier: readonly Float64Array[]): boolean {
  return earlier.some((other) => Math.abs(dot(t, other)) > LARGEST_COSINE * norm2(other) * Math.sqrt(tt));
}

/** Relative to the first X'y. Rounding alone leaves about 1e-16; real spectra at 30 components stay above 1e-11. */
const SMALLEST_WEIGHT = 1e-14;
/** Relative to the length of X. Scores this short are rounding errors of X itself. */
const SMALLEST_SCORE = 1e-14;
/** Spectra of full rank stay below 1e-6 at 30 components. */
const LARGEST_COSINE = 1e-3;
