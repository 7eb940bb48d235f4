/** How well predictions agree with what was measured, for captions and the regression line of a plot. */
export interface Agreement {
  readonly n: number;
  /** Root mean squared error, in the unit of the target. */
  readonly rmse: number;
  /** Mean of predicted − measured: positive when the model predicts too high. */
  readonly bias: number;
  /** Standard deviation of the errors about their bias, divisor n − 1. */
  readonly sep: number;
  /** 1 − Σ(error²)/Σ((measured − mean)²). */
  readonly r2: number;
  /** Standard deviation of the measured values (divisor n − 1) over the RMSE. */
  readonly rpd: number;
  /** Least squares line of predicted on measured. */
  readonly slope: number;
  readonly intercept: number;
}

type Values = Float64Array | Float32Array;

/** Pairs with a missing value are left out; what cannot be computed (no pairs, constant reference) is NaN. */
export function agreement(measured: Values, predicted: Values): Agreement {
  const pairs: [number, number][] = [];
  measured.forEach((y, k) => {
    const p = predicted[k] ?? Number.NaN;
    if (Number.isFinite(y) && Number.isFinite(p)) pairs.push([y, p]);
  });
  const n = pairs.length;
  const mean = (of: (pair: [number, number]) => number): number => pairs.reduce((sum, pair) => sum + of(pair), 0) / n;
  const [yMean, bias] = [mean(([y]) => y), mean(([y, p]) => p - y)];
  const pMean = yMean + bias;
  const meanSquare = mean(([y, p]) => (p - y) ** 2);
  const spread = mean(([y]) => (y - yMean) ** 2);
  const slope = spread > 0 ? mean(([y, p]) => (y - yMean) * (p - pMean)) / spread : Number.NaN;
  const unbiased = n > 1 ? n / (n - 1) : Number.NaN;
  return {
    n,
    rmse: Math.sqrt(meanSquare),
    bias,
    sep: Math.sqrt(mean(([y, p]) => (p - y - bias) ** 2) * unbiased),
    r2: spread > 0 ? 1 - meanSquare / spread : Number.NaN,
    rpd: Math.sqrt(spread * unbiased) / Math.sqrt(meanSquare),
    slope,
    intercept: pMean - slope * yMean,
  };
}
