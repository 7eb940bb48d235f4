import type { CancelToken } from '#core/base/cancellation.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import { takeValues, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { mean } from '#core/numerics/mean.ts';

/** How a set of channels is judged. */
interface Judgement {
  readonly n_components: number;
  readonly cv: number;
  readonly scoring: 'r2' | 'neg_mean_squared_error' | 'neg_root_mean_squared_error' | 'neg_mean_absolute_error';
}

/**
 * The mean over consecutive folds (scikit-learn's `KFold` without shuffle) of a score of a PLS with scaled channels, on
 * the channels given. Larger is better.
 */
export function intervalScore(
  x: Matrix,
  y: Float64Array,
  { n_components, cv, scoring }: Judgement,
  cancel: CancelToken,
): (channels: readonly number[]) => number {
  const folds = consecutiveFolds(x.rows, cv);
  return (channels) => {
    const components = Math.min(n_components, channels.length, x.rows - 1);
    const scores = folds.map(({ train, validation }) => {
      const problem = centredProblem('IntervalPLS', part(x, train, channels), takeValues(y, train), true);
      const { coefs } = improvedKernelPls(problem.x, problem.y, components, cancel);
      const { coef, intercept } = problem.toRaw(coefs.at(-1) ?? new Float64Array(channels.length));
      const predicted = matrixTimesVector(part(x, validation, channels), coef).map((value) => value + intercept);
      return scoreOf(scoring, takeValues(y, validation), predicted);
    });
    return mean(Float64Array.from(scores));
  };
}

function consecutiveFolds(n: number, count: number): { train: number[]; validation: number[] }[] {
  const all = Array.from({ length: n }, (_, i) => i);
  let start = 0;
  return Array.from({ length: count }, (_, k) => {
    const end = start + Math.floor(n / count) + (k < n % count ? 1 : 0);
    const fold = { train: [...all.slice(0, start), ...all.slice(end)], validation: all.slice(start, end) };
    start = end;
    return fold;
  });
}

function part(x: Matrix, rows: readonly number[], channels: readonly number[]): Matrix {
  const out = zeros(rows.length, channels.length);
  let at = 0;
  for (const i of rows) for (const j of channels) out.data[at++] = x.data[i * x.cols + j];
  return out;
}

function scoreOf(scoring: Judgement['scoring'], y: Float64Array, predicted: Float64Array): number {
  const squares = mean(y.map((value, i) => (value - predicted[i]) ** 2));
  switch (scoring) {
    case 'neg_mean_squared_error':
      return -squares;
    case 'neg_root_mean_squared_error':
      return -Math.sqrt(squares);
    case 'neg_mean_absolute_error':
      return -mean(y.map((value, i) => Math.abs(value - predicted[i])));
    case 'r2': {
      const centre = mean(y);
      const spread = mean(y.map((value) => (value - centre) ** 2));
      // As scikit-learn: a constant fold scores 1 when predicted exactly, else 0.
      if (spread === 0) return squares === 0 ? 1 : 0;
      return 1 - squares / spread;
    }
  }
}
