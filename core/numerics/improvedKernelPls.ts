import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';
import { withRoom } from '#core/kernels/withRoom.ts';
import { eachBlock } from '#core/numerics/folds/foldColumns.ts';
import { hasAllDigits } from '#core/numerics/hasAllDigits.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

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
 * @param x n × p, centred columns, or raw ones with `centring`
 * @param y length n, centred
 * @param components the largest number of components wanted
 * @param centring column means to subtract and deviations to divide by; null: the columns are centred (and scaled)
 */
export function improvedKernelPls(
  x: Matrix,
  y: Float64Array,
  components: number,
  cancel: CancelToken,
  centring: Centring | null = null,
): KernelPlsResult {
  return withRoom(roomOf(x, components), (room) => computed(room, x, y, components, cancel, centring));
}

/** Column means, length p, and standard deviations, or null. */
export interface Centring {
  readonly means: Float64Array;
  readonly deviations: Float64Array | null;
}

const roomOf = ({ rows, cols }: Matrix, components: number): number =>
  rows * cols + (rows + cols) * (2 * components + 6) + 64 * (components + 8);

function computed(
  room: Arena,
  { rows: n, cols: p, data }: Matrix,
  y: Float64Array,
  components: number,
  cancel: CancelToken,
  centring: Centring | null,
): KernelPlsResult {
  const { kernels: k } = room;
  const x = room.take(n * p);
  doublesAt(k, x, n * p).set(data);
  if (centring !== null) {
    const [means, deviations] = [room.take(p), room.take(p)];
    doublesAt(k, means, p).set(centring.means);
    if (centring.deviations === null) k.subtractRow(x, n, p, means);
    else {
      doublesAt(k, deviations, p).set(centring.deviations);
      k.standardiseRows(x, n, p, means, deviations, 0);
    }
  }
  const target = room.take(n);
  doublesAt(k, target, n).set(y);
  const norm = (at: Place, length: number) => Math.sqrt(k.dot(at, at, length));
  const blocks = (work: (from: number, rows: number) => void) => {
    eachBlock(n, p, (from, rows) => {
      cancel.check();
      work(from, rows);
    });
  };

  const xNorm = norm(x, n * p);
  const xy = room.zeros(p);
  blocks((from, rows) => {
    k.backward(x + from * p * 8, p, rows, p, target + from * 8, n, 1, xy, p);
  });
  const firstXy = norm(xy, p);
  const R = room.take(components * p);
  const P = room.zeros(components * p);
  const T = room.take(components * n);
  const w = room.take(p);
  const b = room.zeros(p);
  const lengths: number[] = [];
  const coefs: Float64Array[] = [];

  for (let a = 0; a < components; a++) {
    const [r, loading, t] = [R + a * p * 8, P + a * p * 8, T + a * n * 8];
    // Step 2: the weight vector is X'y of what is not explained yet.
    const length = norm(xy, p);
    if (!(length > SMALLEST_WEIGHT * firstXy) || !hasAllDigits(length ** 2)) break;
    k.affine(1 / length, 0, xy, w, p);
    // Step 3: r, so that t = X r without deflating X.
    k.affine(1, 0, w, r, p);
    k.projectOut(P, R, a, w, r, p);
    // Step 4: scores and loadings.
    blocks((from, rows) => {
      k.scoreAndLoading(x + from * p * 8, p, rows, p, r, t + from * 8, loading);
    });
    const tt = k.dot(t, t, n);
    if (!(Math.sqrt(tt) > SMALLEST_SCORE * xNorm) || !hasAllDigits(tt) || overlaps(a, t, tt)) break;
    k.affine(1 / tt, 0, loading, loading, p);
    const q = k.dot(r, xy, p) / tt;
    // Step 5: deflate X'y only.
    k.addScaled(-q * tt, loading, xy, p);
    k.addScaled(q, r, b, p);
    lengths.push(Math.sqrt(tt));
    coefs.push(doublesAt(k, b, p).slice());
  }
  return { coefs, rank: coefs.length };

  /** Scores are orthogonal as long as they carry signal; a new one that is not consists of rounding errors. */
  function overlaps(a: number, t: Place, tt: number): boolean {
    return lengths
      .slice(0, a)
      .some((other, j) => Math.abs(k.dot(t, T + j * n * 8, n)) > LARGEST_COSINE * other * Math.sqrt(tt));
  }
}

/** Relative to the first X'y. Rounding alone leaves about 1e-16; real spectra at 30 components stay above 1e-11. */
const SMALLEST_WEIGHT = 1e-14;
/** Relative to the length of X. Scores this short are rounding errors of X itself. */
const SMALLEST_SCORE = 1e-14;
/** Spectra of full rank stay below 1e-6 at 30 components. */
const LARGEST_COSINE = 1e-3;
