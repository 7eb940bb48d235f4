import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineModel } from '#core/data/operator.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import {
  linearClassifier,
  logisticLink,
  spreadScores,
  type ClassScores,
} from '#core/models/classification/classScores.ts';
import { classWeightParameter, weightsOf } from '#core/models/classification/classWeights.ts';
import {
  checkSchedule,
  descentLosses,
  pointsToGoOnFrom,
  runDescents,
  type DescentRecord,
  type WatchedDescent,
} from '#core/models/linear/runDescents.ts';
import { stochasticDescent, type DescentPoint } from '#core/models/linear/stochasticDescent.ts';
import { stochasticLoss, type ClassLoss } from '#core/models/linear/stochasticLosses.ts';
import { stochasticParameters, type StochasticParams } from '#core/models/linear/stochasticParameters.ts';
import { partSetAside } from '#core/models/partSetAside.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';

interface Params extends StochasticParams {
  readonly loss: ClassLoss;
  readonly class_weight: 'balanced' | null;
}
type DescentState = ClassScores & DescentRecord;

/** A linear classifier by stochastic gradient descent. Agrees with scikit-learn's `SGDClassifier`, seed for seed. */
export const stochasticClassifier = defineModel<Params, DescentState>({
  id: 'SGDClassifier',
  version: 1,
  title: 'Stochastic gradient descent (classes)',
  group: 'classification',
  task: 'classification',
  summary: 'A linear classifier that learns from one sample after another; each class against the rest.',
  whenToUse:
    'Very many samples: as a support vector machine (hinge) or logistic regression (log_loss). Put StandardScaler before it.',
  whenNotToUse:
    'With fewer than many thousand samples: LogisticRegression, SVC and LDA give the exact solution. Probabilities of other losses than log_loss are no more than a ranking.',
  references: [
    'Bottou, L. (2010) Proceedings of COMPSTAT 2010, 177–186. doi:10.1007/978-3-7908-2604-3_16',
    'Tsuruoka, Y., Tsujii, J. & Ananiadou, S. (2009) Proceedings of ACL-IJCNLP, 477–485',
  ],
  aliases: ['sklearn.linear_model.SGDClassifier', 'sklearn.linear_model._stochastic_gradient.SGDClassifier'],
  params: z.strictObject({
    loss: z
      .enum([
        ...(['hinge', 'log_loss', 'modified_huber', 'squared_hinge', 'perceptron', 'squared_error'] as const),
        ...(['huber', 'epsilon_insensitive', 'squared_epsilon_insensitive'] as const),
      ])
      .default('hinge')
      .meta({
        title: 'Loss',
        description:
          'hinge: support vector machine; log_loss: logistic regression; modified_huber forgives wrong labels.',
      }),
    ...stochasticParameters({ learning_rate: 'optimal', eta0: 0, power_t: 0.5 }),
    class_weight: classWeightParameter,
    n_jobs: z.int().nullable().default(null).meta({
      title: 'Jobs',
      description: 'Accepted for compatibility and not used: the engine shares out the work.',
      unused: true,
    }),
  }),
  warmStarts: true,
  fit(x, y, params, context) {
    const problem = classProblem('SGDClassifier', x, y, context);
    checkSchedule('SGDClassifier', params);
    const { present, classCount } = problem;
    const seed = params.random_state ?? context.seed;
    const codes = Int32Array.from(y, (code) => present.indexOf(code));
    const held = params.early_stopping
      ? partSetAside('SGDClassifier', x.rows, params.validation_fraction, codes, randomState(seed)).held
      : null;
    const two = present.length === 2;
    // Of two classes, one descent tells the second from the first; of more, each has its own.
    const positives = two ? [1] : [...present.keys()];
    const draws = randomState(seed);
    const seeds = two ? [seed] : positives.map(() => draws.interval(LARGEST_DESCENT_SEED));
    const starts = pointsToGoOnFrom('SGDClassifier', context, positives.length, x.cols);
    const ofClass = weightsOf(params.class_weight, problem);
    const descents = positives.map((k, at) =>
      oneAgainstRest(x, codes, k, held, params, {
        seed: seeds[at],
        start: starts?.[at] ?? null,
        weights: [ofClass[present[k]], two ? ofClass[present[0]] : 1],
      }),
    );
    const record = runDescents('SGDClassifier', descents, params, context);
    const solutions = descents.map(({ descent }) => descent.solution());
    const scores = spreadScores(classCount, x.cols, present, (k) => {
      if (!two) return solutions[k];
      const [{ coef, intercept }] = solutions;
      const sign = k === 1 ? 1 : -1;
      return { coef: coef.map((value) => sign * value), intercept: sign * intercept };
    });
    return { ...scores, ...record };
  },
  complexity: ({ alpha }) => -alpha,
  lossCurve: descentLosses,
  ...linearClassifier('SGDClassifier', logisticLink),
});

function oneAgainstRest(
  x: Matrix,
  codes: Int32Array,
  positive: number,
  rows: Int32Array | null,
  params: Params,
  {
    seed,
    ...given
  }: { readonly seed: number; readonly start: DescentPoint | null; readonly weights: readonly [number, number] },
): WatchedDescent {
  const y = Float64Array.from(codes, (code) => (code === positive ? 1 : -1));
  const held = rows === null ? null : new Uint8Array(x.rows);
  for (const row of rows ?? []) held?.fill(1, row, row + 1);
  const loss = stochasticLoss(params.loss, params.epsilon);
  const draws = randomState(seed);
  draws.interval(LARGEST_DESCENT_SEED - 1); // scikit-learn draws the seed of something else first
  const descentSeed = draws.interval(LARGEST_DESCENT_SEED);
  const descent = stochasticDescent({ x, y, held, weights: given.weights }, loss, params, descentSeed, given.start);
  const watched = rows === null ? null : { x: takeRows(x, rows), y: takeValues(y, rows) };
  return {
    descent,
    held() {
      if (watched === null) return null;
      const { coef, intercept } = descent.point();
      const scores = matrixTimesVector(watched.x, coef).map((value) => value + intercept);
      const right = scores.reduce((sum, score, i) => sum + Number(score > 0 === watched.y[i] > 0), 0);
      const losses = scores.reduce((sum, score, i) => sum + loss.of(score, watched.y[i]), 0);
      return { score: right / scores.length, loss: losses / scores.length };
    },
  };
}

/** Seeds are drawn below 2³¹ − 1. */
const LARGEST_DESCENT_SEED = 0x7ffffffe;
