import type { Matrix } from '#core/numerics/matrix.ts';

/** X'u: p × n times n → p, row by row in memory order, four rows to a pass over the result. */
export function transposeTimesVector(x: Matrix, u: Float64Array): Float64Array {
  const { rows, cols, data } = x;
  const out = new Float64Array(cols);
  const whole = rows - (rows % 4);
  for (let i = 0; i < whole; i += 4) {
    const a = i * cols;
    const b = a + cols;
    const c = b + cols;
    const d = c + cols;
    const u0 = u[i];
    const u1 = u[i + 1];
    const u2 = u[i + 2];
    const u3 = u[i + 3];
    for (let j = 0; j < cols; j++)
      out[j] += u0 * data[a + j] + u1 * data[b + j] + (u2 * data[c + j] + u3 * data[d + j]);
  }
  for (let i = whole; i < rows; i++) {
    const a = i * cols;
    const ui = u[i];
    for (let j = 0; j < cols; j++) out[j] += ui * data[a + j];
  }
  return out;
}
