import type { CancelToken } from '#core/base/cancellation.ts';

export interface BandsResult {
  readonly min: Float64Array;
  readonly p5: Float64Array;
  readonly p25: Float64Array;
  readonly median: Float64Array;
  readonly p75: Float64Array;
  readonly p95: Float64Array;
  readonly max: Float64Array;
}

/** Up to here quantiles are exact; beyond, a histogram per wavelength gives them to 1/1024 of its range. */
const EXACT_ROWS = 2000;
const BINS = 1024;
/** Wavelengths per pass over the matrix: their histograms together stay in the processor's cache. */
const BLOCK = 64;
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Minimum, maximum and quantiles of every wavelength over all samples. x: rows × cols, row-major. */
export function spectraBands(
  { x, rows, cols }: { x: Float64Array; rows: number; cols: number },
  cancel: CancelToken,
): BandsResult {
  const out = Array.from({ length: 7 }, () => new Float64Array(cols));
  const [min, p5, p25, median, p75, p95, max] = out as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  min.fill(Infinity);
  max.fill(-Infinity);
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < cols; j++, at++) {
      const v = x[at];
      if (v < min[j]) min[j] = v;
      if (v > max[j]) max[j] = v;
    }
  const quantiles = [p5, p25, median, p75, p95];
  for (let from = 0; from < cols; from += BLOCK) {
    cancel.check();
    const to = Math.min(from + BLOCK, cols);
    if (rows <= EXACT_ROWS) exactQuantiles(x, rows, cols, from, to, quantiles);
    else binnedQuantiles(x, rows, cols, from, to, min, max, quantiles);
  }
  return { min, p5, p25, median, p75, p95, max };
}

function exactQuantiles(
  x: Float64Array,
  rows: number,
  cols: number,
  from: number,
  to: number,
  out: readonly Float64Array[],
): void {
  const column = new Float64Array(rows);
  for (let j = from; j < to; j++) {
    for (let i = 0; i < rows; i++) column[i] = x[i * cols + j];
    column.sort();
    QUANTILES.forEach((q, k) => {
      // Linear interpolation between order statistics, as NumPy's default.
      const position = q * (rows - 1);
      const low = Math.floor(position);
      const high = Math.min(low + 1, rows - 1);
      out[k][j] = column[low] + (position - low) * (column[high] - column[low]);
    });
  }
}

function binnedQuantiles(
  x: Float64Array,
  rows: number,
  cols: number,
  from: number,
  to: number,
  min: Float64Array,
  max: Float64Array,
  out: readonly Float64Array[],
): void {
  const width = to - from;
  const counts = new Uint32Array(width * BINS);
  const scale = Float64Array.from({ length: width }, (_, k) => {
    const range = max[from + k] - min[from + k];
    return range > 0 ? (BINS - 1e-9) / range : 0;
  });
  for (let i = 0; i < rows; i++) {
    const row = i * cols + from;
    for (let k = 0; k < width; k++) counts[(k * BINS + (x[row + k] - min[from + k]) * scale[k]) | 0]++;
  }
  for (let k = 0; k < width; k++) {
    let seen = 0;
    let bin = 0;
    QUANTILES.forEach((q, which) => {
      const wanted = q * rows;
      while (bin < BINS - 1 && seen + counts[k * BINS + bin] < wanted) seen += counts[k * BINS + bin++];
      const inside = counts[k * BINS + bin] > 0 ? (wanted - seen) / counts[k * BINS + bin] : 0;
      out[which][from + k] = scale[k] > 0 ? min[from + k] + (bin + inside) / scale[k] : min[from + k];
    });
  }
}
