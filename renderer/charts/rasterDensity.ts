import type { Density, View } from '#core/contract/datasets.ts';

interface Spectra {
  readonly axis: Float64Array;
  /** n × p, row by row. */
  readonly values: Float64Array;
  readonly rows: readonly number[];
  readonly of: number;
}

/**
 * How many spectra pass through each pixel. Each pixel column takes the signal at its left and right edge, linear
 * between wavelengths, and counts the pixels between them once.
 */
export function rasterDensity({ axis, values, rows, of }: Spectra, view: View, width: number, height: number): Density {
  const p = axis.length;
  const count = new Uint32Array(width * height);
  const places = Float64Array.from({ length: width + 1 }, (_, x) =>
    fractionalColumn(axis, view.left + (x / width) * (view.right - view.left)),
  );
  const toPixel = height / (view.top - view.bottom);
  const signal = (row: number, place: number): number => {
    const j = Math.floor(place);
    const a = values[row * p + j] ?? Number.NaN;
    return j === place ? a : a + (place - j) * ((values[row * p + j + 1] ?? Number.NaN) - a);
  };
  for (const row of rows) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [places[x] ?? -1, places[x + 1] ?? -1];
      if (from < 0 || to < 0) continue;
      const a = (view.top - signal(row, from)) * toPixel;
      const b = (view.top - signal(row, to)) * toPixel;
      if (Number.isNaN(a + b)) continue;
      const first = Math.max(0, Math.floor(Math.min(a, b)));
      const last = Math.min(height - 1, Math.floor(Math.max(a, b)));
      for (let y = first; y <= last; y++) count[y * width + x] = (count[y * width + x] ?? 0) + 1;
    }
  }
  return { width, height, count, colour: null, drawn: rows.length, of };
}

/** Position of an axis value between the columns, −1 outside the axis. Works in either direction of the axis. */
function fractionalColumn(axis: Float64Array, at: number): number {
  const last = axis.length - 1;
  const ascending = (axis[last] ?? 0) >= (axis[0] ?? 0);
  const before = (j: number): boolean => (ascending ? (axis[j] ?? 0) <= at : (axis[j] ?? 0) >= at);
  if (!before(0)) return -1;
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (before(middle)) low = middle;
    else high = middle - 1;
  }
  const [a, b] = [axis[low] ?? 0, axis[low + 1]];
  if (b === undefined) return a === at ? low : -1;
  return low + (at - a) / (b - a);
}
