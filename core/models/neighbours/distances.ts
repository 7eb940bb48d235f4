import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Names that documents use. */
export type MetricName = (typeof metricNames)[number];
export const metricNames = [
  'minkowski',
  'euclidean',
  'l2',
  'sqeuclidean',
  'manhattan',
  'cityblock',
  'l1',
  'chebyshev',
  'infinity',
  'cosine',
] as const;

/** The distances that differ, after other names and special exponents of Minkowski's are resolved. */
export interface Distance {
  readonly kind: 'euclidean' | 'sqeuclidean' | 'manhattan' | 'chebyshev' | 'cosine' | 'minkowski';
  /** Exponent of Minkowski's distance. */
  readonly p: number;
}

export function distanceOf(metric: MetricName, p: number): Distance {
  switch (metric) {
    case 'minkowski':
      if (p === 1) return { kind: 'manhattan', p };
      return { kind: p === 2 ? 'euclidean' : 'minkowski', p };
    case 'l2':
      return { kind: 'euclidean', p };
    case 'cityblock':
    case 'l1':
      return { kind: 'manhattan', p };
    case 'infinity':
      return { kind: 'chebyshev', p };
    default:
      return { kind: metric, p };
  }
}

/** Spectra in the form that is compared: of length 1 for the cosine (a zero spectrum stays zero), else as they are. */
export function comparable({ kind }: Distance, x: Matrix): Matrix {
  if (kind !== 'cosine') return x;
  const out = zeros(x.rows, x.cols);
  for (let i = 0; i < x.rows; i++) {
    const from = i * x.cols;
    let squares = 0;
    for (let j = 0; j < x.cols; j++) squares += x.data[from + j] * x.data[from + j];
    const length = squares === 0 ? 1 : Math.sqrt(squares);
    for (let j = 0; j < x.cols; j++) out.data[from + j] = x.data[from + j] / length;
  }
  return out;
}

/** Distances of row i of x to every row of `known`, into `out`. Both are in comparable form. */
export function distancesInto({ kind, p }: Distance, x: Matrix, i: number, known: Matrix, out: Float64Array): void {
  const { cols } = known;
  const own = x.data.subarray(i * cols, (i + 1) * cols);
  for (let row = 0; row < known.rows; row++) {
    const from = row * cols;
    let sum = 0;
    switch (kind) {
      case 'euclidean':
      case 'sqeuclidean':
        for (let j = 0; j < cols; j++) {
          const d = own[j] - known.data[from + j];
          sum += d * d;
        }
        out[row] = kind === 'euclidean' ? Math.sqrt(sum) : sum;
        break;
      case 'cosine':
        out[row] = cosineDistance(own, known.data, from);
        break;
      case 'manhattan':
        for (let j = 0; j < cols; j++) sum += Math.abs(own[j] - known.data[from + j]);
        out[row] = sum;
        break;
      case 'chebyshev':
        for (let j = 0; j < cols; j++) sum = Math.max(sum, Math.abs(own[j] - known.data[from + j]));
        out[row] = sum;
        break;
      case 'minkowski':
        for (let j = 0; j < cols; j++) sum += Math.abs(own[j] - known.data[from + j]) ** p;
        out[row] = sum ** (1 / p);
    }
  }
}

/** 1 − cos of the angle; from the difference, |u − v|² / 2, so that small angles keep their digits. 1 to a zero spectrum. */
function cosineDistance(own: Float64Array, known: Float64Array, from: number): number {
  let [squares, ownSize, knownSize] = [0, 0, 0];
  for (let j = 0; j < own.length; j++) {
    const d = own[j] - known[from + j];
    squares += d * d;
    ownSize += Math.abs(own[j]);
    knownSize += Math.abs(known[from + j]);
  }
  return ownSize === 0 || knownSize === 0 ? 1 : squares / 2;
}
