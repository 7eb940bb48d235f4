/** A small linear congruential generator: the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface SyntheticSpectra {
  readonly axis: Float64Array<ArrayBuffer>;
  /** n × p, row by row. */
  readonly values: Float64Array<ArrayBuffer>;
  /** The hidden concentration behind the height of the main band. */
  readonly y: Float64Array<ArrayBuffer>;
}

/** Spectra that look like near-infrared ones: three broad bands on a slope, one of which follows `y`. */
export function syntheticSpectra(n: number, p: number, seed = 1): SyntheticSpectra {
  const random = seeded(seed);
  const axis = Float64Array.from({ length: p }, (_, j) => 850 + (j * 200) / Math.max(p - 1, 1));
  const y = Float64Array.from({ length: n }, () => 1 + 50 * random() ** 2);
  const values = new Float64Array(n * p);
  const band = (x: number, centre: number, width: number): number => Math.exp(-(((x - centre) / width) ** 2) / 2);
  for (let k = 0; k < n; k++) {
    const [offset, gain, water] = [2.4 + 0.5 * random(), 0.9 + 0.25 * random(), 0.5 + 0.3 * random()];
    for (let j = 0; j < p; j++) {
      const x = axis[j] ?? 0;
      const shape =
        0.02 * (y[k] ?? 0) * band(x, 930, 14) + water * band(x, 980, 24) + 0.1 * band(x, 890, 30) + (x - 850) / 500;
      values[k * p + j] = offset + gain * shape + 0.0005 * random();
    }
  }
  return { axis, values, y };
}
