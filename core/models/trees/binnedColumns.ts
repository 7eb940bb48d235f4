import type { CancelToken } from '#core/base/cancellation.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** Spectra by channel, every value replaced by the number of its bin. */
export interface BinnedColumns {
  readonly rows: number;
  readonly cols: number;
  /** Column-major: bin of row i in channel j is `bins[j * rows + i]`. */
  readonly bins: Uint8Array;
  /** Upper edges of the bins of each channel but the last: value ≤ edge b belongs to bin b or below. */
  readonly edges: readonly Float64Array[];
}

/**
 * Bins between neighbouring values where a channel has at most `maxBins` different ones, else between quantiles, as
 * scikit-learn's histogram boosting.
 *
 * @param maxBins 2 … 255
 */
export function binnedColumns(x: Matrix, maxBins: number, cancel: CancelToken): BinnedColumns {
  const { rows, cols } = x;
  const bins = new Uint8Array(rows * cols);
  const edges: Float64Array[] = [];
  const column = new Float64Array(rows);
  for (let j = 0; j < cols; j++) {
    cancel.check();
    for (let i = 0; i < rows; i++) column[i] = x.data[i * cols + j];
    const own = edgesOf(column.toSorted(), maxBins);
    edges.push(own);
    for (let i = 0; i < rows; i++) bins[j * rows + i] = binOf(column[i], own);
  }
  return { rows, cols, bins, edges };
}

function edgesOf(sorted: Float64Array, maxBins: number): Float64Array {
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= maxBins)
    return Float64Array.from({ length: distinct.length - 1 }, (_, i) => (distinct[i] + distinct[i + 1]) * 0.5);
  return Float64Array.from({ length: maxBins - 1 }, (_, b) => {
    const position = ((b + 1) / maxBins) * (sorted.length - 1);
    return (sorted[Math.floor(position)] + sorted[Math.ceil(position)]) / 2;
  });
}

/** The first bin whose upper edge is not below the value. */
export function binOf(value: number, edges: Float64Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
