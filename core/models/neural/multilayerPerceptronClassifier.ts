import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { networkClassShares, networkClassSharesOnnx } from '#core/models/neural/networkClassShares.ts';
import { networkOnnx } from '#core/models/neural/networkOnnx.ts';
import { networkLosses, type NetworkClasses, type NetworkState } from '#core/models/neural/networkState.ts';
import { classTarget } from '#core/models/neural/networkTargets.ts';
import { fitPerceptron, perceptronSize } from '#core/models/neural/perceptron.ts';
import { perceptronParameters, type PerceptronParams } from '#core/models/neural/perceptronParameters.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import type { NetworkForm } from '#core/numerics/networks/network.ts';
import { denseShape } from '#core/numerics/networks/networkShape.ts';
import { runNetwork } from '#core/numerics/networks/runNetwork.ts';

type ClassState = NetworkState & NetworkClasses;

/** A multilayer perceptron of classes. Agrees with scikit-learn's `MLPClassifier`, seed for seed (adam and sgd). */
export const multilayerPerceptronClassifier = defineModel<PerceptronParams, ClassState>({
  id: 'MLPClassifier',
  version: 1,
  title: 'Multilayer perceptron (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'A neural network of dense layers whose outputs are probabilities of the classes.',
  whenToUse:
    'Classes that no plane separates, with several hundred samples or more. Put StandardScaler before it: it does not scale by itself.',
  whenNotToUse:
    'With few samples of a class, or where LDA or PLS-DA separates them: they are steadier and can be read.',
  references: [
    'Rumelhart, D. E., Hinton, G. E. & Williams, R. J. (1986) Nature 323, 533–536. doi:10.1038/323533a0',
    'Kingma, D. P. & Ba, J. (2015) Adam: a method for stochastic optimization. ICLR. arXiv:1412.6980',
    'Glorot, X. & Bengio, Y. (2010) Proceedings of Machine Learning Research 9, 249–256',
  ],
  aliases: ['sklearn.neural_network.MLPClassifier', 'sklearn.neural_network._multilayer_perceptron.MLPClassifier'],
  params: z.strictObject(perceptronParameters),
  warmStarts: true,
  fit(x, y, params, context) {
    const target = classTarget('MLPClassifier', x, y, context);
    const { present, classCount } = target;
    return { ...fitPerceptron('MLPClassifier', x, target, params, { present }, context), present, classCount };
  },
  predict: (x, state, params) => argMaxRows(shares(x, state, params)),
  probabilities: (x, state, params) => shares(x, state, params),
  complexity: perceptronSize,
  lossCurve: networkLosses,
  onnx: (graph, input, state, params) => ({
    name: networkClassSharesOnnx(graph, state, networkOnnx(graph, input, formOf(state, params), state.parameters)),
    cols: state.classCount,
  }),
});

function shares(x: Matrix, state: ClassState, params: PerceptronParams): Matrix {
  requireChannels('MLPClassifier', x, state.sizes[0]);
  return networkClassShares(state, runNetwork(formOf(state, params), state.parameters, x));
}

const formOf = ({ sizes, present }: ClassState, { activation }: PerceptronParams): NetworkForm => ({
  shape: denseShape([...sizes]),
  activation,
  output: present.length === 2 ? 'logistic' : 'softmax',
});
