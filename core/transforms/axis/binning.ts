import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { requireChannels } from '#core/transforms/reduce/requireChannels.ts';

/** Means of neighbouring channels. */
export const binning = defineTransform<{ bin_size: number }, { channels: number }>({
  id: 'Binning',
  version: 1,
  title: 'Binning',
  group: 'axis',
  summary: 'Replaces each group of neighbouring channels by its mean.',
  whenToUse: 'To make spectra that are sampled more finely than their resolution smaller and less noisy.',
  whenNotToUse: 'When bands are about as narrow as a bin: they are flattened and shifted to its centre.',
  references: [
    'Stevens, A. & Ramirez-Lopez, L. (2022) An introduction to the prospectr package, function binning',
    'Rinnan, Å. et al. (2009) Trends in Analytical Chemistry 28, 1201–1222. doi:10.1016/j.trac.2009.07.007',
  ],
  aliases: ['SpectralBinning', 'prospectr.binning'],
  params: z.strictObject({
    bin_size: z.int().min(1).max(10_000).default(2).meta({
      title: 'Bin size',
      description: 'Number of neighbouring channels that become one. The last bin takes what remains.',
      unit: 'channels',
    }),
  }),
  stateful: false,
  target: false,
  fit: (x) => ({ channels: x.cols }),
  apply(x, { channels }, { bin_size }) {
    requireChannels('Binning', x.cols, channels);
    return mapRows(x, Math.ceil(channels / bin_size), (spectrum, out) => {
      meansInto(spectrum, bin_size, out);
    });
  },
  outputAxis(axis, { channels }, { bin_size }) {
    const values = new Float64Array(Math.ceil(channels / bin_size));
    meansInto(axis.values, bin_size, values);
    return { values, unit: axis.unit };
  },
  onnx(graph, input, { channels }, { bin_size }) {
    const bins = Math.ceil(channels / bin_size);
    const weights = new Float64Array(channels * bins);
    for (let j = 0; j < channels; j++) {
      const bin = Math.floor(j / bin_size);
      weights[j * bins + bin] = 1 / Math.min(bin_size, channels - bin * bin_size);
    }
    return { name: graph.node('MatMul', [input.name, graph.constant(weights, [channels, bins])]), cols: bins };
  },
});

function meansInto(values: Float64Array, size: number, out: Float64Array): void {
  for (let bin = 0; bin < out.length; bin++) {
    const start = bin * size;
    const end = Math.min(start + size, values.length);
    let sum = 0;
    for (let j = start; j < end; j++) sum += values[j];
    out[bin] = sum / (end - start);
  }
}
