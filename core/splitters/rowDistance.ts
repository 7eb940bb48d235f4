import type { Matrix } from '#core/numerics/matrix.ts';

/** Names of distances between spectra, as in SciPy's `cdist`. `mahalanobis` is Euclidean in whitened scores. */
export const distanceMetrics = [
  'euclidean',
  'mahalanobis',
  'sqeuclidean',
  'cityblock',
  'chebyshev',
  'cosine',
  'correlation',
  'canberra',
  'braycurtis',
] as const;
export type DistanceMetric = (typeof distanceMetrics)[number];

/** The distance of row i of `a` from row k of `b` (both with the same number of columns). */
export type RowDistance = (a: Matrix, i: number, b: Matrix, k: number) => number;

export function rowDistance(metric: DistanceMetric): RowDistance {
  switch (metric) {
    case 'euclidean':
    case 'mahalanobis':
      return (a, i, b, k) => Math.sqrt(folded(a, i, b, k, (sum, u, v) => sum + (u - v) * (u - v)));
    case 'sqeuclidean':
      return (a, i, b, k) => folded(a, i, b, k, (sum, u, v) => sum + (u - v) * (u - v));
    case 'cityblock':
      return (a, i, b, k) => folded(a, i, b, k, (sum, u, v) => sum + Math.abs(u - v));
    case 'chebyshev':
      return (a, i, b, k) => folded(a, i, b, k, (largest, u, v) => Math.max(largest, Math.abs(u - v)));
    case 'canberra':
      return (a, i, b, k) =>
        folded(a, i, b, k, (sum, u, v) => (u === v ? sum : sum + Math.abs(u - v) / (Math.abs(u) + Math.abs(v))));
    case 'braycurtis':
      return (a, i, b, k) =>
        folded(a, i, b, k, (sum, u, v) => sum + Math.abs(u - v)) /
        folded(a, i, b, k, (sum, u, v) => sum + Math.abs(u + v));
    case 'cosine':
      return (a, i, b, k) => oneMinusCosine(a, i, 0, b, k, 0);
    case 'correlation':
      return (a, i, b, k) => oneMinusCosine(a, i, rowMean(a, i), b, k, rowMean(b, k));
  }
}

function folded(
  a: Matrix,
  i: number,
  b: Matrix,
  k: number,
  step: (before: number, u: number, v: number) => number,
): number {
  let value = 0;
  for (let j = 0, u = i * a.cols, v = k * b.cols; j < a.cols; j++) value = step(value, a.data[u++], b.data[v++]);
  return value;
}

function oneMinusCosine(a: Matrix, i: number, meanA: number, b: Matrix, k: number, meanB: number): number {
  let uv = 0;
  let uu = 0;
  let vv = 0;
  for (let j = 0; j < a.cols; j++) {
    const u = a.data[i * a.cols + j] - meanA;
    const v = b.data[k * b.cols + j] - meanB;
    uv += u * v;
    uu += u * u;
    vv += v * v;
  }
  return 1 - uv / Math.sqrt(uu * vv);
}

function rowMean({ cols, data }: Matrix, i: number): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += data[i * cols + j];
  return sum / cols;
}
