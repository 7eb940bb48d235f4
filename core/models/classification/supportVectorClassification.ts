import { z } from 'zod';
import { defineModel } from '#core/data/operator.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import { classWeightParameter, weightsOf } from '#core/models/classification/classWeights.ts';
import {
  pairsOf,
  pairVotesOnnx,
  predictByVotes,
  probabilitiesByPairs,
  type PairVotes,
} from '#core/models/classification/pairVotes.ts';
import { calibratePair, trainPair, type PairTraining } from '#core/models/classification/supportVectorPairs.ts';
import { kernelColumns } from '#core/models/kernel/kernelColumns.ts';
import { kernelCentre } from '#core/models/kernel/kernelExpansion.ts';
import type { KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { resolveGamma } from '#core/models/kernel/resolveGamma.ts';
import { supportVectorParameters } from '#core/models/kernel/supportVectorParameters.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

interface Params {
  kernel: 'rbf' | 'linear' | 'poly' | 'sigmoid';
  C: number;
  gamma: number | 'scale' | 'auto';
  degree: number;
  coef0: number;
  class_weight: 'balanced' | null;
  probability: boolean;
  tol: number;
  max_iter: number;
  cache_size: number;
  [unused: string]: unknown;
}

/** Support vector classification, one machine for each pair of classes. Agrees with scikit-learn's `SVC` (LIBSVM). */
export const supportVectorClassification = defineModel<Params, PairVotes>({
  id: 'SVC',
  version: 1,
  title: 'Support vector classification',
  group: 'classification',
  task: 'classification',
  summary: 'Borders of largest margin between every two classes, curved by a kernel; the most pairs won decides.',
  whenToUse: 'Curved borders and up to a few thousand samples; scale the channels, sweep C and gamma.',
  whenNotToUse: 'On unscaled data, or when probabilities matter: prefer PLSDA, LDA or LogisticRegression.',
  references: [
    'Cortes, C. & Vapnik, V. (1995) Machine Learning 20, 273–297. doi:10.1007/BF00994018',
    'Fan, R.-E., Chen, P.-H. & Lin, C.-J. (2005) Journal of Machine Learning Research 6, 1889–1918',
    'Lin, H.-T., Lin, C.-J. & Weng, R. C. (2007) Machine Learning 68, 267–276. doi:10.1007/s10994-007-5018-6',
  ],
  aliases: ['SupportVectorClassifier', 'sklearn.svm.SVC', 'sklearn.svm._classes.SVC'],
  params: z.strictObject({
    kernel: supportVectorParameters.kernel,
    C: z.number().positive().default(1).meta({
      title: 'C',
      description: 'Penalty on samples inside the margin; larger follows the samples more closely.',
    }),
    gamma: supportVectorParameters.gamma,
    degree: supportVectorParameters.degree,
    coef0: supportVectorParameters.coef0,
    class_weight: classWeightParameter,
    probability: z.boolean().default(false).meta({
      title: 'Calibrate probabilities',
      description:
        'Fit probability curves by an inner five-fold cross-validation (six times the work). Without it, probabilities only rank samples.',
    }),
    tol: supportVectorParameters.tol,
    max_iter: z.int().min(-1).default(-1).meta({
      title: 'Steps',
      description: 'Largest number of steps a pair; −1 sets no limit but a very high one.',
    }),
    cache_size: supportVectorParameters.cacheSize,
    shrinking: supportVectorParameters.shrinking,
    decision_function_shape: z.enum(['ovr', 'ovo']).default('ovr').meta({
      title: 'Decision function',
      description: 'Accepted for compatibility and not used: it does not change predictions.',
      unused: true,
    }),
    break_ties: z.literal(false).default(false).meta({
      title: 'Break ties',
      description: 'Only false: among classes with equally many pairs won, the first wins.',
      unused: true,
    }),
    verbose: supportVectorParameters.verbose,
    random_state: z.int().min(0).nullable().default(null).meta({
      title: 'Seed',
      description: 'Accepted for compatibility and not used: nothing is random, the inner folds included.',
      unused: true,
    }),
  }),
  fit(x, y, params, { cancel, notice, ...context }) {
    cancel.check();
    const problem = classProblem('SVC', x, y, { cancel, notice, ...context });
    const { kernel: kind, degree, coef0, C } = params;
    const kernel: KernelSpec = { kind, gamma: resolveGamma(params.gamma, x), degree, coef0 };
    const ofClass = weightsOf(params.class_weight, problem);
    const training: PairTraining = {
      kernel: kernelColumns(kernel, x, params.cache_size),
      penalties: y.map((code) => C * ofClass[code]),
      tolerance: params.tol,
      maxSteps: params.max_iter === -1 ? Math.max(10_000_000, 100 * x.rows) : params.max_iter,
      cancel,
    };
    const rows = problem.present.map((code) => [...y.keys()].filter((i) => y[i] === code));
    const pairs = pairsOf(rows.length).map(([a, b]) => ({
      ...trainPair(rows[a], rows[b], training),
      ...(params.probability ? calibratePair(rows[a], rows[b], training) : { slope: MARGIN_SLOPE, offset: 0 }),
    }));
    if (pairs.some(({ settled }) => !settled))
      notice('SVC: fitting stopped before it settled. Scale the channels or raise max_iter.');
    const kept = [...y.keys()].filter((i) => pairs.some(({ weights }) => weights[i] !== 0));
    const centre = kernelCentre(kernel, x);
    return {
      classCount: problem.classCount,
      present: Int32Array.from(problem.present),
      kernel,
      centre,
      vectors: standardiseColumns(takeRows(x, kept), centre, null).data,
      weights: Float64Array.from(pairs.flatMap(({ weights }) => kept.map((i) => weights[i]))),
      rho: Float64Array.from(pairs, ({ rho }) => rho),
      slopes: Float64Array.from(pairs, ({ slope }) => slope),
      offsets: Float64Array.from(pairs, ({ offset }) => offset),
    };
  },
  complexity: ({ C }) => C,
  predict: (x, state) => predictByVotes('SVC', x, state),
  probabilities: (x, state) => probabilitiesByPairs('SVC', x, state),
  onnx: (graph, input, state) => pairVotesOnnx(graph, input, state),
});

/** Without calibration, a decision of 1 (the margin) is a share of 0.88. */
const MARGIN_SLOPE = 2;
