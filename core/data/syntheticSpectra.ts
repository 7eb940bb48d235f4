import { randomState } from '#core/base/randomState.ts';
import type { Dataset } from '#core/data/dataset.ts';

/**
 * Near-infrared-like spectra for benchmarks, demonstrations and tests: twelve components with smooth bands (1100 to
 * 2500 nm), mixed by random concentrations; each spectrum with its own offset, slope and gain, and noise of 1e-3.
 * The target "concentration" is that of the first component in %, "mixture" a weighted sum of three of them.
 * The same arguments give the same numbers everywhere. X lies on shared memory.
 */
export function syntheticSpectra(n: number, p: number, seed: number): Dataset {
  const random = randomState(seed);
  const axis = Float64Array.from({ length: p }, (_, j) => 1100 + (1400 * j) / Math.max(1, p - 1));
  const bands = Array.from({ length: COMPONENTS }, () => component(axis, () => random.random()));
  const x = new Float64Array(new SharedArrayBuffer(8 * n * p));
  const concentration = new Float64Array(n);
  const mixture = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const parts = Float64Array.from({ length: COMPONENTS }, () => random.random());
    const gain = 1 + 0.1 * (random.random() - 0.5);
    const offset = 0.2 + 0.2 * random.random();
    const slope = 0.3 * (random.random() - 0.5);
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let k = 0; k < COMPONENTS; k++) sum += parts[k] * bands[k][j];
      const scatter = offset + (slope * j) / p;
      x[i * p + j] = gain * sum + scatter + NOISE * random.normal();
    }
    concentration[i] = 100 * parts[0];
    mixture[i] = 10 * parts[1] + 5 * parts[2] - 3 * parts[3] + 20;
  }
  return {
    name: `Synthetic ${n} × ${p}`,
    source: {
      name: 'synthetic',
      axis: { values: axis, unit: 'nm' },
      x: { rows: n, cols: p, data: x },
      signal: 'absorbance',
    },
    sampleIds: Array.from({ length: n }, (_, i) => `syn${String(i + 1).padStart(5, '0')}`),
    targets: [
      { name: 'concentration', unit: '%', values: concentration },
      { name: 'mixture', unit: null, values: mixture },
    ],
    metadata: [{ name: 'batch', values: Array.from({ length: n }, (_, i) => `B${1 + (i % 5)}`) }],
    split: null,
    files: [],
  };
}

/** A pure component: a few broad Gaussian bands, at most about 0.25 high together. */
function component(axis: Float64Array, random: () => number): Float64Array {
  const bands = Array.from({ length: 4 }, () => ({
    centre: 1100 + 1400 * random(),
    width: 30 + 90 * random(),
    height: 0.02 + 0.1 * random(),
  }));
  return axis.map((wavelength) =>
    bands.reduce((sum, band) => sum + band.height * Math.exp(-0.5 * ((wavelength - band.centre) / band.width) ** 2), 0),
  );
}

const COMPONENTS = 12;
const NOISE = 1e-3;
