import { z } from 'zod';
import { indexAxis } from '#core/data/axis.ts';
import { defineTransform } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { mean } from '#core/numerics/mean.ts';
import { waveletFilters, type WaveletName } from '#core/numerics/waveletFilters.ts';
import { waveletLevels } from '#core/numerics/waveletLevels.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { levelsFor } from '#core/transforms/reduce/levelMatrices.ts';
import { maxLevelParameter, waveletParameter } from '#core/transforms/reduce/waveletParameters.ts';

interface Params {
  wavelet: WaveletName;
  max_level: number;
  n_coeffs_per_level: number;
  copy: boolean;
}

/** Figures of each wavelet level: mean, deviation, energy, entropy and the largest coefficients. */
export const waveletFeatures = defineTransform<Params, { level: number; channels: number }>({
  id: 'WaveletFeatures',
  version: 1,
  title: 'Wavelet features',
  group: 'reduce',
  summary: 'Describes each scale of a spectrum by mean, deviation, energy, entropy and its largest coefficients.',
  whenToUse: 'Before tree models, which can use figures of very different kinds.',
  whenNotToUse:
    'Before linear models such as PLS: the largest coefficients come from other channels in each spectrum, so columns do not compare.',
  references: [
    'Mallat, S. G. (1989) IEEE Transactions on Pattern Analysis and Machine Intelligence 11, 674–693. doi:10.1109/34.192463',
  ],
  aliases: ['nirs4all.operators.transforms.WaveletFeatures', 'nirs4all.operators.transforms.nirs.WaveletFeatures'],
  params: z.strictObject({
    wavelet: waveletParameter,
    max_level: maxLevelParameter(5),
    n_coeffs_per_level: z.int().min(0).max(1000).default(10).meta({
      title: 'Coefficients a level',
      description: 'Number of the largest coefficients kept of each level, by size; zeros where a level has fewer.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: (x, { wavelet, max_level }) => ({ level: levelsFor(x.cols, wavelet, max_level), channels: x.cols }),
  apply(x, { level }, { wavelet, n_coeffs_per_level: count }) {
    const filters = waveletFilters(wavelet);
    return mapRows(x, (level + 1) * (count + 4), (spectrum, out) => {
      waveletLevels(spectrum, filters, 'symmetric', level).forEach((coefficients, k) => {
        figuresInto(coefficients, count, out.subarray(k * (count + 4), (k + 1) * (count + 4)));
      });
    });
  },
  outputAxis: (_, { level }, { n_coeffs_per_level }) => indexAxis((level + 1) * (n_coeffs_per_level + 4)),
  noOnnx: 'Sorting wavelet coefficients has no ONNX form. Use WaveletPCA instead.',
});

function figuresInto(coefficients: Float64Array, count: number, out: Float64Array): void {
  const middle = mean(coefficients);
  let squares = 0;
  let energy = 0;
  for (const value of coefficients) {
    squares += (value - middle) ** 2;
    energy += value * value;
  }
  out.set([middle, Math.sqrt(squares / coefficients.length), energy, entropy(coefficients)]);
  const order = [...coefficients.keys()].sort((a, b) => Math.abs(coefficients[b]) - Math.abs(coefficients[a]) || b - a);
  for (let k = 0; k < Math.min(count, order.length); k++) out[4 + k] = coefficients[order[k]];
}

/** Shannon entropy (natural logarithm) of a histogram of ten equal bins, with the limits of NumPy's `histogram`. */
function entropy(values: Float64Array): number {
  let low = values.reduce((a, b) => Math.min(a, b));
  let high = values.reduce((a, b) => Math.max(a, b));
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const step = (high - low) / BINS;
  const edge = (k: number): number => (k === BINS ? high : low + k * step);
  const counts = new Float64Array(BINS);
  for (const value of values) {
    let bin = Math.min(Math.floor(((value - low) * BINS) / (high - low)), BINS - 1);
    if (value < edge(bin)) bin--;
    else if (bin < BINS - 1 && value >= edge(bin + 1)) bin++;
    counts[bin] += 1;
  }
  return counts.reduce((sum, n) => (n > 0 ? sum - (n / values.length) * Math.log(n / values.length) : sum), 0);
}

const BINS = 10;
