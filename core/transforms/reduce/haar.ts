import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { waveletDetail, waveletDetailGraph } from '#core/transforms/reduce/waveletDetail.ts';

/** The Haar wavelet details: scaled differences of neighbouring channels. */
export const haar = defineTransform<{ copy: boolean }, Record<string, never>>({
  id: 'Haar',
  version: 1,
  title: 'Haar detail',
  group: 'reduce',
  summary: 'Replaces each spectrum by its Haar wavelet details: scaled differences of neighbouring channels.',
  whenToUse: 'As a very local first derivative that removes offsets.',
  whenNotToUse: 'On noisy spectra: differences of two channels amplify noise. Use Savitzky–Golay.',
  references: [
    'Haar, A. (1910) Mathematische Annalen 69, 331–371. doi:10.1007/BF01456326',
    'Mallat, S. G. (1989) IEEE Transactions on Pattern Analysis and Machine Intelligence 11, 674–693. doi:10.1109/34.192463',
  ],
  aliases: ['nirs4all.operators.transforms.Haar', 'nirs4all.operators.Haar', 'nirs4all.operators.transforms.nirs.Haar'],
  params: z.strictObject({ copy: copyParameter }),
  stateful: false,
  target: false,
  fit: () => ({}),
  apply: (x) => waveletDetail('Haar', x, 'haar', 'periodization'),
  onnx: (graph, input) => waveletDetailGraph('Haar', graph, input, 'haar', 'periodization'),
});
