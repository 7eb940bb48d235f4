/** P(positive | f) = 1 / (1 + exp(−(slope · f + offset))). */
export interface PlattSigmoid {
  readonly slope: number;
  readonly offset: number;
}

/**
 * The logistic curve from decision values to probabilities that Platt proposed, with his softened targets, by the
 * Newton method of Lin, Lin & Weng (2007, Machine Learning 68, 267–276, doi:10.1007/s10994-007-5018-6).
 *
 * @param f decision values, length n
 * @param positive whether each belongs to the positive class, length n
 */
export function plattSigmoid(f: Float64Array, positive: readonly boolean[]): PlattSigmoid {
  const ones = positive.filter(Boolean).length;
  const zeros = f.length - ones;
  const targets = positive.map((one) => (one ? (ones + 1) / (ones + 2) : 1 / (zeros + 2)));
  let slope = 0;
  let offset = Math.log((ones + 1) / (zeros + 1));
  let loss = lossOf(f, targets, slope, offset);
  for (let step = 0; step < LARGEST_STEPS; step++) {
    let [h11, h22, h21, g1, g2] = [RIDGE, RIDGE, 0, 0, 0];
    for (let i = 0; i < f.length; i++) {
      const p = 1 / (1 + Math.exp(-(slope * f[i] + offset)));
      const d = p - targets[i];
      const w = p * (1 - p);
      h11 += f[i] * f[i] * w;
      h22 += w;
      h21 += f[i] * w;
      g1 += f[i] * d;
      g2 += d;
    }
    if (Math.abs(g1) < SETTLED && Math.abs(g2) < SETTLED) break;
    const determinant = h11 * h22 - h21 * h21;
    const da = -(h22 * g1 - h21 * g2) / determinant;
    const db = -(h11 * g2 - h21 * g1) / determinant;
    const descent = g1 * da + g2 * db;
    let share = 1;
    for (; share >= SMALLEST_SHARE; share /= 2) {
      const next = lossOf(f, targets, slope + share * da, offset + share * db);
      if (next < loss + 1e-4 * share * descent) {
        slope += share * da;
        offset += share * db;
        loss = next;
        break;
      }
    }
    if (share < SMALLEST_SHARE) break; // rounding: no step gains anything
  }
  return { slope, offset };
}

/** −Σ t ln p + (1 − t) ln(1 − p), written so that nothing overflows. */
function lossOf(f: Float64Array, targets: readonly number[], slope: number, offset: number): number {
  let sum = 0;
  for (let i = 0; i < f.length; i++) {
    const z = slope * f[i] + offset;
    sum += z >= 0 ? (1 - targets[i]) * z + Math.log1p(Math.exp(-z)) : -targets[i] * z + Math.log1p(Math.exp(z));
  }
  return sum;
}

const LARGEST_STEPS = 100;
/** Added to the curvature, so that equal decision values do no harm. */
const RIDGE = 1e-12;
const SETTLED = 1e-9;
const SMALLEST_SHARE = 1e-10;
