import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import {
  eachNeighbourhood,
  fitNeighbours,
  type NeighbourParams,
  type NeighbourState,
} from '#core/models/neighbours/nearestNeighbours.ts';
import { neighbourParameters } from '#core/models/neighbours/neighbourParameters.ts';
import { neighboursOnnx } from '#core/models/neighbours/neighboursOnnx.ts';

/** Nearest neighbours. Agrees with scikit-learn's `KNeighborsRegressor`. */
export const kNeighborsRegressor = defineModel<NeighbourParams, NeighbourState>({
  id: 'KNeighborsRegressor',
  version: 1,
  title: 'Nearest neighbours',
  group: 'regression',
  task: 'regression',
  summary: 'Predicts the mean target of the training samples whose spectra are nearest.',
  whenToUse: 'Large, dense collections of spectra with a curved relation; a yardstick that assumes nothing.',
  whenNotToUse:
    'With few samples or many noisy channels: all distances become alike, so reduce first (PCA, PLS scores). It cannot predict outside the range of the training targets.',
  references: [
    'Cover, T. & Hart, P. (1967) IEEE Transactions on Information Theory 13, 21–27. doi:10.1109/TIT.1967.1053964',
  ],
  aliases: [
    'KNN',
    'KNNRegressor',
    'sklearn.neighbors.KNeighborsRegressor',
    'sklearn.neighbors._regression.KNeighborsRegressor',
  ],
  params: z.strictObject(neighbourParameters),
  fit: (x, y, params, context) => fitNeighbours('KNeighborsRegressor', x, y, params, context),
  predict(x, state, params) {
    const predicted = new Float64Array(x.rows).fill(NaN);
    eachNeighbourhood('KNeighborsRegressor', x, state, params, (row, nearest, weights) => {
      let sum = 0;
      let total = 0;
      for (let k = 0; k < nearest.length; k++) {
        sum += weights[k] * state.y[nearest[k]];
        total += weights[k];
      }
      predicted[row] = sum / total;
    });
    return predicted;
  },
  complexity: ({ n_neighbors }) => -n_neighbors,
  onnx(graph, input, state, params) {
    const { nearest, weights } = neighboursOnnx(graph, input, state, params);
    const targets = graph.node('Gather', [graph.constant(state.y, [state.y.length]), nearest], { axis: 0 });
    const sum = (terms: string): string => graph.node('ReduceSum', [terms, graph.integers([1])], { keepdims: 1 });
    return { name: graph.node('Div', [sum(graph.node('Mul', [weights, targets])), sum(weights)]), cols: 1 };
  },
});
