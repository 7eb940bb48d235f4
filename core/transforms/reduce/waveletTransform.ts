import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { waveletModes, type WaveletMode } from '#core/numerics/discreteWavelet.ts';
import { waveletNames, type WaveletName } from '#core/numerics/waveletFilters.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { waveletDetail, waveletDetailGraph } from '#core/transforms/reduce/waveletDetail.ts';

interface Params {
  wavelet: WaveletName;
  mode: WaveletMode;
  copy: boolean;
}

/** Detail coefficients of a single-level discrete wavelet transform. */
export const waveletTransform = defineTransform<Params, Record<string, never>>({
  id: 'Wavelet',
  version: 1,
  title: 'Wavelet detail',
  group: 'reduce',
  summary: 'Replaces each spectrum by its wavelet details: what changes within a few channels.',
  whenToUse: 'As an alternative to derivatives: removes offsets and slow baselines and keeps sharp features.',
  whenNotToUse: 'On noisy spectra: the finest details hold most of the noise. Smooth first, or use WaveletDenoise.',
  references: [
    'Mallat, S. G. (1989) IEEE Transactions on Pattern Analysis and Machine Intelligence 11, 674–693. doi:10.1109/34.192463',
    'Trygg, J. & Wold, S. (1998) Chemometrics and Intelligent Laboratory Systems 42, 209–220. doi:10.1016/S0169-7439(98)00013-6',
  ],
  aliases: [
    'Wavelets',
    'nirs4all.operators.transforms.Wavelet',
    'nirs4all.operators.Wavelet',
    'nirs4all.operators.transforms.nirs.Wavelet',
    'pywt.dwt',
  ],
  params: z.strictObject({
    wavelet: z.enum(waveletNames).default('haar').meta({
      title: 'Wavelet',
      description: 'Family and order. Longer ones (db8, coif5) are smoother and reach further along the axis.',
    }),
    mode: z.enum(waveletModes).default('periodization').meta({
      title: 'Ends',
      description: 'How the spectrum goes on beyond its ends.',
    }),
    copy: copyParameter,
  }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x, _, { wavelet, mode }) => waveletDetail('Wavelet', x, wavelet, mode),
  onnx: (graph, input, _, { wavelet, mode }) => waveletDetailGraph('Wavelet', graph, input, wavelet, mode),
});
