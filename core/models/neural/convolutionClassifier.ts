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
import { networkClassShares, networkClassSharesOnnx } from '#core/models/neural/networkClassShares.ts';
import { networkLosses, type NetworkClasses } from '#core/models/neural/networkState.ts';
import { classTarget } from '#core/models/neural/networkTargets.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import type { NetworkForm } from '#core/numerics/networks/network.ts';

type ClassState = ConvolutionState & NetworkClasses;

/** A small one-dimensional convolutional network whose outputs are probabilities. Its architecture is our own. */
export const convolutionClassifier = defineModel<ConvolutionParams, ClassState>({
  id: 'CNN1DClassifier',
  version: 1,
  title: '1D convolutional network (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'A small neural network that learns shapes along the spectrum, then which classes they tell.',
  whenToUse:
    'Classes that differ in bands or their shifts, with a hundred samples of each class or more, on whole spectra. Channels are standardised inside.',
  whenNotToUse:
    'With few samples of a class: PLS-DA and LDA are steadier. After a step that leaves scores instead of neighbouring channels.',
  references: [
    'Acquarelli, J. et al. (2017) Analytica Chimica Acta 954, 22–31. doi:10.1016/j.aca.2016.12.010',
    'Kingma, D. P. & Ba, J. (2015) Adam: a method for stochastic optimization. ICLR. arXiv:1412.6980',
  ],
  aliases: [
    'nicon_classification',
    'decon_classification',
    'customizable_nicon_classification',
    'customizable_decon_classification',
    ...['tensorflow', 'pytorch'].flatMap((framework) =>
      ['nicon', 'decon', 'customizable_nicon', 'customizable_decon'].map(
        (name) => `nirs4all.operators.models.${framework}.nicon.${name}_classification`,
      ),
    ),
  ],
  params: z.strictObject(convolutionParameters),
  warmStarts: true,
  fit(x, y, params, context) {
    const target = classTarget('CNN1DClassifier', x, y, context);
    const { present, classCount } = target;
    return { ...fitConvolutions('CNN1DClassifier', x, target, params, { present }, context), present, classCount };
  },
  predict: (x, state, params) => argMaxRows(shares(x, state, params)),
  probabilities: (x, state, params) => shares(x, state, params),
  complexity: convolutionSize,
  lossCurve: networkLosses,
  onnx: (graph, input, state, params) => ({
    name: networkClassSharesOnnx(graph, state, convolutionOnnx(graph, input, state, formOf(state, params))),
    cols: state.classCount,
  }),
});

const shares = (x: Matrix, state: ClassState, params: ConvolutionParams): Matrix =>
  networkClassShares(state, runConvolutions('CNN1DClassifier', x, state, formOf(state, params)));

const formOf = (state: ClassState, { activation }: ConvolutionParams): NetworkForm => ({
  shape: shapeOf(state),
  activation,
  output: state.present.length === 2 ? 'logistic' : 'softmax',
});
