/**
 * The unit eigenvector of the largest eigenvalue of a small symmetric matrix (m × m, row-major, positive semidefinite),
 * by Jacobi rotations; of one response it is [1]. Its largest element is positive.
 */
export function leadingDirection(matrix: Float64Array, m: number): Float64Array {
  if (m === 1) return Float64Array.of(1);
  const a = matrix.slice();
  const v = Float64Array.from({ length: m * m }, (_, k) => (Math.floor(k / m) === k % m ? 1 : 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) off += a[i * m + j] ** 2;
    let scale = 0;
    for (let i = 0; i < m; i++) scale += a[i * m + i] ** 2;
    if (!(off > Number.EPSILON ** 2 * scale)) break;
    for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) rotate(a, v, m, i, j);
  }
  let best = 0;
  for (let i = 1; i < m; i++) if (a[i * m + i] > a[best * m + best]) best = i;
  const direction = Float64Array.from({ length: m }, (_, i) => v[i * m + best]);
  const largest = direction.reduce((top, value) => (Math.abs(value) > Math.abs(top) ? value : top), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}

const SWEEPS = 60;

/** One Jacobi rotation: Golub & Van Loan, Matrix Computations, 4th ed., section 8.5. */
function rotate(a: Float64Array, v: Float64Array, m: number, i: number, j: number): void {
  const off = a[i * m + j];
  if (off === 0) return;
  const theta = (a[j * m + j] - a[i * m + i]) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < m; k++) {
    const [x, y] = [a[k * m + i], a[k * m + j]];
    a[k * m + i] = c * x - s * y;
    a[k * m + j] = s * x + c * y;
  }
  for (let k = 0; k < m; k++) {
    const [x, y] = [a[i * m + k], a[j * m + k]];
    a[i * m + k] = c * x - s * y;
    a[j * m + k] = s * x + c * y;
  }
  for (let k = 0; k < m; k++) {
    const [x, y] = [v[k * m + i], v[k * m + j]];
    v[k * m + i] = c * x - s * y;
    v[k * m + j] = s * x + c * y;
  }
}
