import { z } from 'zod';
import { defineModel, type State } from '#core/data/operator.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import { ABSENT_SCORE } from '#core/models/classification/classScores.ts';
import { priorsOf, priorsParameter } from '#core/models/classification/classWeights.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { columnVariances } from '#core/numerics/columnVariances.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { softmaxRows } from '#core/numerics/softmaxRows.ts';

interface Params {
  priors: number[] | null;
  var_smoothing: number;
}

interface Classes extends State {
  /** Length K: the logarithm of prior and normalising factor; a class without samples has a value no class can have. */
  readonly constants: Float64Array;
  /** K × p each; 0 and 1 for a class without samples. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
}

/** Naive Bayes with normal channels. Agrees with scikit-learn's `GaussianNB`. */
export const gaussianNaiveBayes = defineModel<Params, Classes>({
  id: 'GaussianNB',
  version: 1,
  title: 'Gaussian naive Bayes',
  group: 'classification',
  task: 'classification',
  summary: 'Normal classes whose channels are taken as independent of each other.',
  whenToUse: 'As a quick baseline, or on scores and other features that are nearly uncorrelated.',
  whenNotToUse: 'On raw spectra: neighbouring channels repeat each other, so its probabilities are far too certain.',
  references: [
    'Hastie, T., Tibshirani, R. & Friedman, J. (2009) The Elements of Statistical Learning, 2nd ed., 6.6.3. Springer',
  ],
  aliases: ['NaiveBayes', 'sklearn.naive_bayes.GaussianNB'],
  params: z.strictObject({
    priors: priorsParameter,
    var_smoothing: z.number().min(0).default(1e-9).meta({
      title: 'Variance smoothing',
      description: 'This share of the largest variance of a channel is added to every variance.',
    }),
  }),
  fit(x, y, { priors, var_smoothing }, context) {
    const problem = classProblem('GaussianNB', x, y, context);
    const shares = priorsOf('GaussianNB', priors, problem);
    const p = x.cols;
    const extra = columnVariances(x, columnMeans(x)).reduce((most, v) => Math.max(most, v), 0) * var_smoothing;
    const state = {
      constants: new Float64Array(problem.classCount).fill(ABSENT_SCORE),
      means: new Float64Array(problem.classCount * p),
      variances: new Float64Array(problem.classCount * p).fill(1),
    };
    problem.present.forEach((code, k) => {
      context.cancel.check();
      const spectra = problem.spectraOf(code);
      const mean = columnMeans(spectra);
      // A channel that never varies within a class would decide alone; the smallest double keeps the numbers finite.
      const variance = columnVariances(spectra, mean).map((value) => Math.max(value + extra, SMALLEST_VARIANCE));
      state.means.set(mean, code * p);
      state.variances.set(variance, code * p);
      state.constants[code] =
        Math.log(shares[k]) - variance.reduce((sum, value) => sum + Math.log(2 * Math.PI * value), 0) / 2;
    });
    return state;
  },
  complexity: ({ var_smoothing }) => -var_smoothing,
  predict: (x, state) => argMaxRows(logDensities(x, state)),
  probabilities: (x, state) => softmaxRows(logDensities(x, state)),
  onnx(graph, input, { constants, means, variances }) {
    const [p, classCount] = [input.cols, constants.length];
    const columns = Array.from(constants, (constant, k) => {
      const part = (values: Float64Array): string => graph.constant(values.slice(k * p, (k + 1) * p), [1, p]);
      const centred = graph.node('Sub', [input.name, part(means)]);
      const shares = graph.node('Div', [graph.node('Mul', [centred, centred]), part(variances)]);
      const sum = graph.node('ReduceSum', [shares, graph.integers([1])], { keepdims: 1 });
      const half = graph.node('Mul', [sum, graph.constant(Float64Array.of(-0.5), [])]);
      return graph.node('Add', [half, graph.constant(Float64Array.of(constant), [])]);
    });
    return { name: graph.node('Softmax', [graph.node('Concat', columns, { axis: 1 })], { axis: 1 }), cols: classCount };
  },
});

/** n × K. */
function logDensities(x: Matrix, { constants, means, variances }: Classes): Matrix {
  const [p, classCount] = [means.length / constants.length, constants.length];
  requireChannels('GaussianNB', x, p);
  const out = zeros(x.rows, classCount);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(x, i);
    for (let k = 0; k < classCount; k++) {
      let sum = 0;
      for (let j = 0, at = k * p; j < p; j++, at++) sum += (row[j] - means[at]) ** 2 / variances[at];
      out.data[i * classCount + k] = constants[k] - sum / 2;
    }
  }
  return out;
}

const SMALLEST_VARIANCE = 1e-300;
