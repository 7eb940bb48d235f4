import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { networkOnnx } from '#core/models/neural/networkOnnx.ts';
import { networkLosses, type NetworkState } from '#core/models/neural/networkState.ts';
import { numericTarget } from '#core/models/neural/networkTargets.ts';
import { fitPerceptron, perceptronSize } from '#core/models/neural/perceptron.ts';
import { perceptronParameters, type PerceptronParams } from '#core/models/neural/perceptronParameters.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import type { NetworkForm } from '#core/numerics/networks/network.ts';
import { denseShape } from '#core/numerics/networks/networkShape.ts';
import { runNetwork } from '#core/numerics/networks/runNetwork.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';

/** A multilayer perceptron. Agrees with scikit-learn's `MLPRegressor`, seed for seed, with the solvers adam and sgd. */
export const multilayerPerceptronRegressor = defineModel<PerceptronParams, NetworkState>({
  id: 'MLPRegressor',
  version: 1,
  title: 'Multilayer perceptron',
  group: 'regression',
  task: 'regression',
  summary: 'A neural network of dense layers, trained in small batches over many epochs.',
  whenToUse:
    'Curved relations with several hundred samples or more. Put StandardScaler before it and StandardScaler on the target: it does not scale by itself.',
  whenNotToUse:
    'With few samples or a linear relation: PLS is more accurate and can be read. On channels that are not scaled it hardly learns.',
  references: [
    'Rumelhart, D. E., Hinton, G. E. & Williams, R. J. (1986) Nature 323, 533–536. doi:10.1038/323533a0',
    'Kingma, D. P. & Ba, J. (2015) Adam: a method for stochastic optimization. ICLR. arXiv:1412.6980',
    'Glorot, X. & Bengio, Y. (2010) Proceedings of Machine Learning Research 9, 249–256',
  ],
  aliases: ['MLP', 'sklearn.neural_network.MLPRegressor', 'sklearn.neural_network._multilayer_perceptron.MLPRegressor'],
  params: z.strictObject({
    loss: z.enum(['squared_error']).default('squared_error').meta({
      title: 'Loss',
      description: 'What is lowered: half the mean squared error.',
    }),
    ...perceptronParameters,
  }),
  warmStarts: true,
  fit(x, y, params, context) {
    requireTrainingData('MLPRegressor', x, y);
    return fitPerceptron('MLPRegressor', x, numericTarget(y), params, {}, context);
  },
  predict(x, state, params) {
    requireChannels('MLPRegressor', x, state.sizes[0]);
    return runNetwork(formOf(state, params), state.parameters, x).data;
  },
  complexity: perceptronSize,
  lossCurve: networkLosses,
  onnx: (graph, input, state, params) => ({
    name: networkOnnx(graph, input, formOf(state, params), state.parameters),
    cols: 1,
  }),
});

const formOf = ({ sizes }: NetworkState, { activation }: PerceptronParams): NetworkForm => ({
  shape: denseShape([...sizes]),
  activation,
  output: 'identity',
});
