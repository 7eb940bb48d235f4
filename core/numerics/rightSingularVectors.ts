import type { CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { columnOf, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { norm2 } from '#core/numerics/norm2.ts';

/** All min(n, p) singular values of X with their right vectors. */
export interface RightSingularVectors {
  /** Largest first. */
  readonly s: Float64Array;
  /** `v[k]` has length p (zeros where s is 0). */
  readonly v: readonly Float64Array[];
}

/**
 * Every singular value and right singular vector of a dense X (n × p), by one-sided Jacobi rotations of its rows. A tall
 * X is reduced first to the rows of its triangular factor, with column pivoting, on which few sweeps are enough (Drmač &
 * Veselić 2008, SIAM J. Matrix Anal. Appl. 29, 1322–1362). Keeps the digits of small values, as `jacobiSvd` does, which
 * also gives left vectors and takes several times as long for large matrices.
 */
export function rightSingularVectors(x: Matrix, cancel: CancelToken): RightSingularVectors {
  const lines =
    x.rows > x.cols ? triangularRows(x, cancel) : Array.from({ length: x.rows }, (_, i) => rowOf(x, i).slice());
  lines.sort((a, b) => dot(b, b) - dot(a, a)); // large ones first: fewer sweeps
  for (let sweep = 0; rotateAllPairsInto(lines, cancel); sweep++)
    if (sweep === LARGEST_SWEEPS)
      throw new EngineError('numerics.not-converged', { what: 'The singular value decomposition', steps: sweep });
  const lengths = lines.map(norm2);
  const order = [...lines.keys()].sort((i, j) => lengths[j] - lengths[i]);
  return {
    s: Float64Array.from(order, (k) => lengths[k]),
    v: order.map((k) => (lengths[k] > 0 ? lines[k].map((value) => value / lengths[k]) : lines[k])),
  };
}

/** One sweep; false once every pair is orthogonal to working precision (de Rijk's √m ε). */
function rotateAllPairsInto(lines: readonly Float64Array[], cancel: CancelToken): boolean {
  const squares = Float64Array.from(lines, (line) => dot(line, line));
  const orthogonal = Math.sqrt(Math.max(1, lines[0]?.length ?? 1)) * Number.EPSILON;
  // A line shorter than the rounding of the largest ones is zero: it must not be turned about its rounding for ever.
  const nothing = squares.reduce((sum, value) => sum + value, 0) * Number.EPSILON ** 2;
  let rotated = false;
  for (let i = 0; i < lines.length; i++) {
    cancel.check();
    for (let j = i + 1; j < lines.length; j++) {
      if (Math.min(squares[i], squares[j]) <= nothing) continue;
      const gamma = dot(lines[i], lines[j]);
      if (Math.abs(gamma) <= orthogonal * Math.sqrt(squares[i] * squares[j])) continue;
      rotated = true;
      const zeta = (squares[j] - squares[i]) / (2 * gamma);
      const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const c = 1 / Math.sqrt(1 + t * t);
      rotateInto(c, c * t, lines[i], lines[j]);
      // Updated, not measured again: the next sweep measures them.
      squares[i] = Math.max(0, squares[i] - t * gamma);
      squares[j] += t * gamma;
    }
  }
  return rotated;
}

function rotateInto(c: number, s: number, x: Float64Array, y: Float64Array): void {
  for (let k = 0; k < x.length; k++) {
    const xk = x[k];
    const yk = y[k];
    x[k] = c * xk - s * yk;
    y[k] = s * xk + c * yk;
  }
}

/**
 * The rows of R in X P = QR with the columns back in their places, by Householder reflections with column pivoting
 * (Golub & Van Loan, Matrix Computations, 5.4.2): the same singular values and right vectors as X.
 */
function triangularRows(x: Matrix, cancel: CancelToken): Float64Array[] {
  const columns = Array.from({ length: x.cols }, (_, j) => ({ place: j, values: columnOf(x, j) }));
  for (let k = 0; k < x.cols; k++) {
    cancel.check();
    let pivot = k;
    let longest = -1;
    for (let j = k; j < x.cols; j++) {
      const rest = columns[j].values.subarray(k);
      const square = dot(rest, rest);
      if (square > longest) [pivot, longest] = [j, square];
    }
    [columns[k], columns[pivot]] = [columns[pivot], columns[k]];
    if (longest === 0) break;
    const v = columns[k].values.slice(k);
    v[0] += v[0] < 0 ? -Math.sqrt(longest) : Math.sqrt(longest);
    const scale = 2 / dot(v, v);
    for (let j = k; j < x.cols; j++) {
      const below = columns[j].values.subarray(k);
      addScaledInto(-scale * dot(v, below), v, below);
    }
  }
  return Array.from({ length: x.cols }, (_, i) => {
    const row = new Float64Array(x.cols);
    columns.forEach(({ place, values }, j) => {
      row[place] = j < i ? 0 : values[i];
    });
    return row;
  });
}

/** Convergence is quadratic: 3 to 10 sweeps are usual, so 60 means that something is wrong. */
const LARGEST_SWEEPS = 60;
