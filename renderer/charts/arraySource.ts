import type { SpectraBands, SpectraLines } from '#core/contract/datasets.ts';
import { rasterDensity } from '#renderer/charts/rasterDensity.ts';
import type { AxisUnit, SignalKind, SpectraSource } from '#renderer/charts/spectraSource.ts';

interface Arrays {
  /** Changes when the spectra do. */
  readonly key: string;
  readonly axis: Float64Array;
  readonly unit: AxisUnit;
  readonly signal: SignalKind;
  readonly ids: readonly string[];
  /** n × p, row by row. */
  readonly values: Float64Array;
  /** Row numbers of the spectra elsewhere (in their dataset), so that selections match. Default 0, 1, 2 … */
  readonly rows?: Int32Array;
}

/** A spectra plot's source over spectra that are already here: a preview of a few hundred, not a whole dataset. */
export function arraySource({ key, axis, unit, signal, ids, values, rows: given }: Arrays): SpectraSource {
  const [n, p] = [ids.length, axis.length];
  const rows = given ?? Int32Array.from({ length: n }, (_, k) => k);

  const pick = (indices: readonly number[]): SpectraLines => {
    const picked = new Float64Array(indices.length * p);
    indices.forEach((k, at) => {
      picked.set(values.subarray(k * p, (k + 1) * p), at * p);
    });
    return {
      rows: Int32Array.from(indices, (k) => rows[k] ?? k),
      ids: indices.map((k) => ids[k] ?? ''),
      p,
      values: picked,
      colour: null,
    };
  };
  const spread = (limit: number): number[] => {
    const count = Math.min(n, limit);
    return Array.from({ length: count }, (_, k) => Math.floor((k * n) / count));
  };

  return {
    key,
    axis,
    unit,
    signal,
    n,
    targets: [],
    lines: (wanted, limit) =>
      Promise.resolve(
        pick(wanted === null ? spread(limit) : Array.from(wanted, (row) => rows.indexOf(row)).filter((k) => k >= 0)),
      ),
    bands: () => Promise.resolve(quantileBands(values, n, p)),
    density: ({ view, width, height, limit }) =>
      Promise.resolve(rasterDensity({ axis, values, rows: spread(limit ?? n), of: n }, view, width, height)),
    nearest(wavelength, value) {
      const column = nearestColumn(axis, wavelength);
      let best = 0;
      for (let k = 1; k < n; k++)
        if (distance(values, k * p + column, value) < distance(values, best * p + column, value)) best = k;
      return Promise.resolve({
        row: rows[best] ?? best,
        id: ids[best] ?? '',
        wavelength: axis[column] ?? wavelength,
        value: values[best * p + column] ?? Number.NaN,
      });
    },
  };
}

const distance = (values: Float64Array, at: number, value: number): number =>
  Math.abs((values[at] ?? Infinity) - value);

export function nearestColumn(axis: Float64Array, wavelength: number): number {
  let best = 0;
  for (let j = 1; j < axis.length; j++)
    if (Math.abs((axis[j] ?? 0) - wavelength) < Math.abs((axis[best] ?? 0) - wavelength)) best = j;
  return best;
}

/** Quantiles per wavelength, interpolated linearly between the sorted values (type 7). */
function quantileBands(values: Float64Array, n: number, p: number): SpectraBands {
  const make = (): Float64Array<ArrayBuffer> => new Float64Array(p);
  const bands = { min: make(), p5: make(), p25: make(), median: make(), p75: make(), p95: make(), max: make() };
  const at = [
    [bands.min, 0],
    [bands.p5, 0.05],
    [bands.p25, 0.25],
    [bands.median, 0.5],
    [bands.p75, 0.75],
    [bands.p95, 0.95],
    [bands.max, 1],
  ] as const;
  const column = new Float64Array(n);
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < n; k++) column[k] = values[k * p + j] ?? Number.NaN;
    column.sort();
    for (const [band, share] of at) {
      const place = share * (n - 1);
      const below = column[Math.floor(place)] ?? Number.NaN;
      const above = column[Math.ceil(place)] ?? below;
      band[j] = below + (above - below) * (place - Math.floor(place));
    }
  }
  return bands;
}
