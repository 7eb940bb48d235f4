import type { RandomState } from '#core/base/randomState.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';

/** The search distribution of CMA-ES: a normal distribution N(m, σ² C) and the paths along which it changes. */
export interface Evolution {
  /** λ: points of a generation. */
  readonly size: number;
  draw(random: RandomState): Float64Array;
  readonly mean: Float64Array;
  readonly sigma: number;
  /** Columns of C. */
  readonly covariance: readonly Float64Array[];
  readonly pathSigma: Float64Array;
  readonly pathC: Float64Array;
  readonly generation: number;
  /** Columns of B, the directions of C's axes, and their lengths. */
  readonly axes: readonly Float64Array[];
  readonly lengths: Float64Array;
}

/** The first distribution: round, with a standard deviation of a sixth of the range. */
export function startEvolution(mean: Float64Array): Evolution {
  const n = mean.length;
  const unit = (j: number): Float64Array => Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0));
  return complete({
    size: 4 + Math.floor(3 * Math.log(n)),
    mean,
    sigma: 1 / 6,
    covariance: Array.from({ length: n }, (_, j) => unit(j)),
    pathSigma: new Float64Array(n),
    pathC: new Float64Array(n),
    generation: 0,
  });
}

/**
 * One generation of the (μ/μ_w, λ)-CMA-ES with rank-one and rank-μ updates, symbols and constants as in Hansen (2016),
 * The CMA Evolution Strategy: A Tutorial, arXiv:1604.00772 (without negative weights).
 *
 * @param ranked the positions of the generation, best first
 */
export function evolutionPath(before: Evolution, ranked: readonly Float64Array[]): Evolution {
  const n = before.mean.length;
  const { w, muEff, cSigma, dSigma, cC, c1, cMu, chiN } = constants(n, before.size);

  const y = w.map((_, i) => ranked[i].map((value, d) => (value - before.mean[d]) / before.sigma));
  const yMean = Float64Array.from({ length: n }, (_, d) => w.reduce((sum, weight, i) => sum + weight * y[i][d], 0));
  const mean = before.mean.map((value, d) => value + before.sigma * yMean[d]);

  // C^(−1/2) y = B D⁻¹ B' y
  const whitened = new Float64Array(n);
  before.axes.forEach((axis, k) => {
    const along = axis.reduce((sum, value, d) => sum + value * yMean[d], 0) / before.lengths[k];
    axis.forEach((value, d) => (whitened[d] += along * value));
  });
  const rise = Math.sqrt(cSigma * (2 - cSigma) * muEff);
  const pathSigma = before.pathSigma.map((value, d) => (1 - cSigma) * value + rise * whitened[d]);
  const length = Math.sqrt(pathSigma.reduce((sum, value) => sum + value * value, 0));
  const generation = before.generation + 1;
  // Stalls the rank-one update while the step size still grows fast.
  const stalled = length / Math.sqrt(1 - (1 - cSigma) ** (2 * generation)) >= (1.4 + 2 / (n + 1)) * chiN;
  const gain = stalled ? 0 : Math.sqrt(cC * (2 - cC) * muEff);
  const pathC = before.pathC.map((value, d) => (1 - cC) * value + gain * yMean[d]);

  const keep = 1 - c1 - cMu + (stalled ? c1 * cC * (2 - cC) : 0);
  const covariance = before.covariance.map((column, j) =>
    column.map(
      (value, i) =>
        keep * value +
        c1 * pathC[i] * pathC[j] +
        cMu * w.reduce((sum, weight, k) => sum + weight * y[k][i] * y[k][j], 0),
    ),
  );
  const sigma = before.sigma * Math.exp((cSigma / dSigma) * (length / chiN - 1));
  return complete({
    size: before.size,
    mean,
    sigma: Math.min(LARGEST_SIGMA, Math.max(SMALLEST_SIGMA, sigma)),
    covariance,
    pathSigma,
    pathC,
    generation,
  });
}

function constants(n: number, lambda: number) {
  const mu = Math.floor(lambda / 2);
  const raw = Array.from({ length: mu }, (_, i) => Math.log((lambda + 1) / 2) - Math.log(i + 1));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const w = raw.map((weight) => weight / total);
  const muEff = 1 / w.reduce((sum, weight) => sum + weight * weight, 0);
  const cSigma = (muEff + 2) / (n + muEff + 5);
  const c1 = 2 / ((n + 1.3) ** 2 + muEff);
  return {
    w,
    muEff,
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma,
    cC: (4 + muEff / n) / (n + 4 + (2 * muEff) / n),
    c1,
    cMu: Math.min(1 - c1, (2 * (muEff - 2 + 1 / muEff)) / ((n + 2) ** 2 + muEff)),
    /** Expected length of a standard normal vector. */
    chiN: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

/** Adds the axes of C. It is symmetric and positive, so its singular vectors are its eigenvectors. */
function complete(state: Omit<Evolution, 'draw' | 'axes' | 'lengths'>): Evolution {
  const { s, v } = jacobiSvd(state.covariance);
  const lengths = s.map((value) => Math.sqrt(Math.max(value, SMALLEST_VARIANCE)));
  return {
    ...state,
    axes: v,
    lengths,
    draw(random) {
      const position = state.mean.slice();
      v.forEach((axis, k) => {
        const along = state.sigma * lengths[k] * random.normal();
        axis.forEach((value, d) => (position[d] += along * value));
      });
      return position;
    },
  };
}

const SMALLEST_VARIANCE = 1e-14;
const SMALLEST_SIGMA = 1e-8;
/** Of a range of 1: a wider distribution only hits the borders. */
const LARGEST_SIGMA = 1;
