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
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Nearest neighbours of classes. Agrees with scikit-learn's `KNeighborsClassifier`. */
export const kNeighborsClassifier = defineModel<NeighbourParams, NeighbourState>({
  id: 'KNeighborsClassifier',
  version: 1,
  title: 'Nearest neighbours (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'Predicts the most frequent class among the training samples whose spectra are nearest.',
  whenToUse: 'Classes of any shape with many samples each; a yardstick that assumes nothing.',
  whenNotToUse:
    'When one class is much larger than the others (it wins the votes), or with many noisy channels: reduce first (PCA, PLS scores).',
  references: [
    'Cover, T. & Hart, P. (1967) IEEE Transactions on Information Theory 13, 21–27. doi:10.1109/TIT.1967.1053964',
  ],
  aliases: [
    'KNNClassifier',
    'sklearn.neighbors.KNeighborsClassifier',
    'sklearn.neighbors._classification.KNeighborsClassifier',
  ],
  params: z.strictObject(neighbourParameters),
  fit: (x, y, params, context) => fitNeighbours('KNeighborsClassifier', x, y, params, context),
  predict: (x, state, params) => argMaxRows(shares(x, state, params)),
  probabilities: (x, state, params) => shares(x, state, params),
  complexity: ({ n_neighbors }) => -n_neighbors,
  onnx(graph, input, state, params) {
    const { classCount, y } = state;
    const { nearest, weights } = neighboursOnnx(graph, input, state, params);
    const members = new Float64Array(y.length * classCount);
    y.forEach((code, i) => {
      members[i * classCount + code] = 1;
    });
    const classes = graph.node('Gather', [graph.constant(members, [y.length, classCount]), nearest], { axis: 0 });
    const column = graph.node('Unsqueeze', [weights, graph.integers([2])]);
    const sum = (terms: string, keepdims: number): string =>
      graph.node('ReduceSum', [terms, graph.integers([1])], { keepdims });
    const votes = sum(graph.node('Mul', [classes, column]), 0);
    return { name: graph.node('Div', [votes, sum(weights, 1)]), cols: classCount };
  },
});

/** Share of the weights of the neighbours that each class has, n × K; NaN for a spectrum with a missing value. */
function shares(x: Matrix, state: NeighbourState, params: NeighbourParams): Matrix {
  const { classCount, y } = state;
  const out = zeros(x.rows, classCount);
  out.data.fill(NaN);
  eachNeighbourhood('KNeighborsClassifier', x, state, params, (row, nearest, weights) => {
    const into = out.data.subarray(row * classCount, (row + 1) * classCount).fill(0);
    let total = 0;
    for (let k = 0; k < nearest.length; k++) {
      into[y[nearest[k]]] += weights[k];
      total += weights[k];
    }
    for (let k = 0; k < classCount; k++) into[k] /= total;
  });
  return out;
}
