import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { waveletFilters, type WaveletName } from '#core/numerics/waveletFilters.ts';
import { usefulWaveletLevels, waveletLevels } from '#core/numerics/waveletLevels.ts';
import type { Projection } from '#core/transforms/reduce/projection.ts';

/** How often spectra of n channels are split: at most `most` times, fewer where the ends would reach everything. */
export const levelsFor = (n: number, name: WaveletName, most: number): number =>
  Math.min(most, usefulWaveletLevels(n, waveletFilters(name).decompositionLow.length));

/**
 * Wavelet coefficients of spectra (n × p), a matrix for each level: the smooth rest first, then the details from coarse
 * to fine, with mirrored ends, as PyWavelets' `wavedec`.
 */
export function levelMatrices(x: Matrix, name: WaveletName, level: number): Matrix[] {
  const filters = waveletFilters(name);
  const sizes = waveletLevels(new Float64Array(x.cols), filters, 'symmetric', level).map((part) => part.length);
  return sizes.map((size, k) =>
    mapRows(x, size, (spectrum, out) => {
      out.set(waveletLevels(spectrum, filters, 'symmetric', level)[k]);
    }),
  );
}

/**
 * Projections of wavelet levels as one projection of the spectra: the transform is linear, so both become one matrix.
 * `shift` is what the levels are counted from, as a spectrum.
 */
export function composedProjection(
  shift: Float64Array,
  levels: readonly Projection[],
  name: WaveletName,
  level: number,
): Projection {
  const p = shift.length;
  const identity: Matrix = { rows: p, cols: p, data: new Float64Array(p * p) };
  for (let j = 0; j < p; j++) identity.data[j * p + j] = 1;
  const units = levelMatrices(identity, name, level);
  const outputs = levels.reduce((sum, one) => sum + one.outputs, 0);
  const weights = new Float64Array(p * outputs);
  let first = 0;
  levels.forEach((one, k) => {
    const { cols, data } = units[k];
    for (let j = 0; j < p; j++)
      for (let l = 0; l < cols; l++) {
        const coefficient = data[j * cols + l];
        if (coefficient === 0) continue;
        for (let a = 0; a < one.outputs; a++)
          weights[j * outputs + first + a] += coefficient * one.weights[l * one.outputs + a];
      }
    first += one.outputs;
  });
  return { shift, weights, outputs };
}
