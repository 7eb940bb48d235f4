import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineModel } from '#core/data/operator.ts';
import { linearModel, type LinearState } from '#core/models/linearModel.ts';
import {
  checkSchedule,
  descentLosses,
  pointsToGoOnFrom,
  runDescents,
  type DescentRecord,
} from '#core/models/linear/runDescents.ts';
import { stochasticDescent } from '#core/models/linear/stochasticDescent.ts';
import { stochasticLoss, type RegressionLoss } from '#core/models/linear/stochasticLosses.ts';
import { stochasticParameters, type StochasticParams } from '#core/models/linear/stochasticParameters.ts';
import { partSetAside } from '#core/models/partSetAside.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';
import { requireTrainingData } from '#core/numerics/requireTrainingData.ts';

interface Params extends StochasticParams {
  readonly loss: RegressionLoss;
}
type DescentState = LinearState & DescentRecord;

/** A linear model by stochastic gradient descent. Agrees with scikit-learn's `SGDRegressor`, seed for seed. */
export const stochasticRegressor = defineModel<Params, DescentState>({
  id: 'SGDRegressor',
  version: 1,
  title: 'Stochastic gradient descent',
  group: 'regression',
  task: 'regression',
  summary: 'A linear model that learns from one sample after another, with a loss and a penalty of choice.',
  whenToUse:
    'Linear relations with very many samples, or with a loss that forgives wrong reference values (huber). Put StandardScaler before it.',
  whenNotToUse:
    'With fewer than many thousand samples: Ridge and PLS give the exact solution sooner. On channels that are not scaled it diverges or hardly moves.',
  references: [
    'Bottou, L. (2010) Proceedings of COMPSTAT 2010, 177–186. doi:10.1007/978-3-7908-2604-3_16',
    'Tsuruoka, Y., Tsujii, J. & Ananiadou, S. (2009) Proceedings of ACL-IJCNLP, 477–485',
  ],
  aliases: ['SGD', 'sklearn.linear_model.SGDRegressor', 'sklearn.linear_model._stochastic_gradient.SGDRegressor'],
  params: z.strictObject({
    loss: z
      .enum(['squared_error', 'huber', 'epsilon_insensitive', 'squared_epsilon_insensitive'])
      .default('squared_error')
      .meta({
        title: 'Loss',
        description: 'What is lowered. huber and epsilon_insensitive count large errors linearly.',
      }),
    ...stochasticParameters({ learning_rate: 'invscaling', eta0: 0.01, power_t: 0.25 }),
  }),
  warmStarts: true,
  fit(x, y, params, context) {
    requireTrainingData('SGDRegressor', x, y);
    checkSchedule('SGDRegressor', params);
    const seed = params.random_state ?? context.seed;
    const part = params.early_stopping
      ? partSetAside('SGDRegressor', x.rows, params.validation_fraction, null, randomState(seed))
      : null;
    const held = part === null ? null : new Uint8Array(x.rows);
    for (const row of part?.held ?? []) held?.fill(1, row, row + 1);
    const loss = stochasticLoss(params.loss, params.epsilon);
    const [start = null] = pointsToGoOnFrom('SGDRegressor', context, 1, x.cols) ?? [];
    const descentSeed = randomState(seed).interval(LARGEST_DESCENT_SEED);
    const descent = stochasticDescent({ x, y, held, weights: [1, 1] }, loss, params, descentSeed, start);
    const watched = part === null ? null : { x: takeRows(x, part.held), y: takeValues(y, part.held) };
    const record = runDescents(
      'SGDRegressor',
      [
        {
          descent,
          held() {
            if (watched === null) return null;
            const { coef, intercept } = descent.point();
            const predicted = matrixTimesVector(watched.x, coef).map((value) => value + intercept);
            const losses = predicted.map((value, i) => loss.of(value, watched.y[i]));
            return { score: share(predicted, watched.y), loss: average(losses) };
          },
        },
      ],
      params,
      context,
    );
    return { ...descent.solution(), ...record };
  },
  complexity: ({ alpha }) => -alpha,
  lossCurve: descentLosses,
  ...linearModel('SGDRegressor'),
});

/** Seeds are drawn below 2³¹ − 1. */
const LARGEST_DESCENT_SEED = 0x7ffffffe;

const average = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** R²; of a single sample, which has none, the squared error with its sign turned. */
function share(predicted: Float64Array, y: Float64Array): number {
  const errors = predicted.reduce((sum, value, i) => sum + (value - y[i]) ** 2, 0);
  if (y.length < 2) return -errors;
  const mean = average(y);
  const about = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (about === 0) return errors === 0 ? 1 : 0;
  return 1 - errors / about;
}
