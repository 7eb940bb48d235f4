import type { CancelToken } from '#core/base/cancellation.ts';

export interface DensityRequest {
  /** rows × cols, row-major, on shared memory. */
  readonly x: Float64Array;
  readonly rows: number;
  readonly cols: number;
  /** Axis values, monotonic. */
  readonly axis: Float64Array;
  /** Colouring target, or null. */
  readonly y: Float64Array | null;
  readonly view: { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number };
  readonly width: number;
  readonly height: number;
  /** Draw from so many evenly spaced rows, or from all when null. */
  readonly limit: number | null;
}

export interface DensityResult {
  readonly count: Uint32Array;
  readonly colour: Float32Array | null;
  readonly drawn: number;
}

/**
 * Counts, for each pixel, the spectra whose polyline passes through it. Between two wavelengths the line is followed
 * pixel column by pixel column, filling the vertical run it covers there, so that steep flanks have no holes.
 */
export function spectraDensity(request: DensityRequest, cancel: CancelToken): DensityResult {
  const { x, rows, cols, axis, y, view, width, height } = request;
  const count = new Uint32Array(width * height);
  const sum = y === null ? null : new Float32Array(width * height);
  const valued = y === null ? null : new Uint32Array(width * height);
  const plan = pixelPlan(axis, view.left, view.right, width);
  const yScale = height / (view.top - view.bottom);
  const drawn = request.limit === null ? rows : Math.min(rows, request.limit);
  const step = rows / drawn;
  const heights = new Float64Array(width + 1);

  for (let k = 0; k < drawn; k++) {
    if ((k & 255) === 0) cancel.check();
    const i = Math.floor(k * step);
    const row = i * cols;
    const value = y === null ? NaN : y[i];
    for (let c = plan.first; c <= plan.last; c++) {
      const at = plan.column[c];
      const w = plan.weight[c];
      const v = w === 0 ? x[row + at] : x[row + at] * (1 - w) + x[row + at + 1] * w;
      heights[c] = (view.top - v) * yScale;
    }
    for (let c = plan.first; c < plan.last; c++) {
      const a = heights[c];
      const b = heights[c + 1];
      let from = Math.floor(a < b ? a : b);
      let to = Math.floor(a < b ? b : a);
      if (to < 0 || from >= height) continue;
      if (from < 0) from = 0;
      if (to >= height) to = height - 1;
      for (let r = from, pixel = from * width + c; r <= to; r++, pixel += width) {
        count[pixel]++;
        if (sum !== null && valued !== null && value === value) {
          sum[pixel] += value;
          valued[pixel]++;
        }
      }
    }
  }
  return { count, colour: sum === null || valued === null ? null : meanColour(sum, valued), drawn };
}

interface PixelPlan {
  /** Pixel borders first … last lie on the axis; outside there is nothing to draw. */
  readonly first: number;
  readonly last: number;
  /** Per pixel border: the column left of it and the weight of the next one. */
  readonly column: Int32Array;
  readonly weight: Float64Array;
}

/** Where each pixel border falls on the axis; works for ascending and descending axes and reversed views. */
function pixelPlan(axis: Float64Array, left: number, right: number, width: number): PixelPlan {
  const cols = axis.length;
  const ascending = axis[cols - 1] >= axis[0];
  const column = new Int32Array(width + 1);
  const weight = new Float64Array(width + 1);
  let first = -1;
  let last = -2;
  const low = Math.min(axis[0], axis[cols - 1]);
  const high = Math.max(axis[0], axis[cols - 1]);
  const tolerance = Math.abs(right - left) / width;
  for (let c = 0; c <= width; c++) {
    const wanted = left + ((right - left) * c) / width;
    if (wanted < low - tolerance || wanted > high + tolerance) continue;
    if (first < 0) first = c;
    last = c;
    const value = Math.min(high, Math.max(low, wanted));
    let a = 0;
    let b = cols - 1;
    while (b - a > 1) {
      const middle = (a + b) >> 1;
      if (ascending ? axis[middle] <= value : axis[middle] >= value) a = middle;
      else b = middle;
    }
    const span = axis[b] - axis[a];
    column[c] = a;
    weight[c] = span === 0 ? 0 : (value - axis[a]) / span;
  }
  return { first, last, column, weight };
}

function meanColour(sum: Float32Array, valued: Uint32Array): Float32Array {
  return sum.map((total, pixel) => (valued[pixel] > 0 ? total / valued[pixel] : NaN));
}
