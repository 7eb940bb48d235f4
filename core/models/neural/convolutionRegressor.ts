import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import {
  convolutionSize,
  fitConvolutions,
  runConvolutions,
  shapeOf,
  type ConvolutionState,
} from '#core/models/neural/convolutionNetwork.ts';
import { convolutionOnnx } from '#core/models/neural/convolutionOnnx.ts';
import { convolutionParameters, type ConvolutionParams } from '#core/models/neural/convolutionParameters.ts';
import { networkLosses } from '#core/models/neural/networkState.ts';
import { numericTarget } from '#core/models/neural/networkTargets.ts';
import type { NetworkForm } from '#core/numerics/networks/network.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';

/** A small one-dimensional convolutional network. Its architecture is our own; nicon and decon are others of its kind. */
export const convolutionRegressor = defineModel<ConvolutionParams, ConvolutionState>({
  id: 'CNN1DRegressor',
  version: 1,
  title: '1D convolutional network',
  group: 'regression',
  task: 'regression',
  summary: 'A small neural network that learns shapes along the spectrum, then how the target follows from them.',
  whenToUse:
    'Curved relations or shifting bands with several hundred samples or more, on whole spectra. Channels and target are standardised inside.',
  whenNotToUse:
    'With fewer than a few hundred samples: PLS is more accurate. After a step that leaves scores instead of neighbouring channels. Another seed gives another model: compare several.',
  references: [
    'Cui, C. & Fearn, T. (2018) Chemometrics and Intelligent Laboratory Systems 182, 9–20. doi:10.1016/j.chemolab.2018.07.008',
    'Kingma, D. P. & Ba, J. (2015) Adam: a method for stochastic optimization. ICLR. arXiv:1412.6980',
  ],
  aliases: [
    'CNN1D',
    'nicon',
    'decon',
    'customizable_nicon',
    'customizable_decon',
    ...['tensorflow', 'pytorch'].flatMap((framework) =>
      ['nicon', 'decon', 'customizable_nicon', 'customizable_decon'].map(
        (name) => `nirs4all.operators.models.${framework}.nicon.${name}`,
      ),
    ),
  ],
  params: z.strictObject(convolutionParameters),
  warmStarts: true,
  fit(x, y, params, context) {
    requireTrainingData('CNN1DRegressor', x, y);
    return fitConvolutions('CNN1DRegressor', x, numericTarget(y), params, {}, context);
  },
  predict: (x, state, params) => runConvolutions('CNN1DRegressor', x, state, formOf(state, params)).data,
  complexity: convolutionSize,
  lossCurve: networkLosses,
  onnx: (graph, input, state, params) => ({
    name: convolutionOnnx(graph, input, state, formOf(state, params)),
    cols: 1,
  }),
});

const formOf = (state: ConvolutionState, { activation }: ConvolutionParams): NetworkForm => ({
  shape: shapeOf(state),
  activation,
  output: 'identity',
});
