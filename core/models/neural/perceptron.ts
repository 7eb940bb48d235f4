import { randomState } from '#core/base/randomState.ts';
import type { FitContext } from '#core/data/operator.ts';
import { fitNetwork, networkToGoOnFrom } from '#core/models/neural/fitNetwork.ts';
import type { NetworkState } from '#core/models/neural/networkState.ts';
import type { NetworkTarget } from '#core/models/neural/networkTargets.ts';
import type { PerceptronParams } from '#core/models/neural/perceptronParameters.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { denseShape } from '#core/numerics/networks/networkShape.ts';
import { adam, momentumDescent } from '#core/numerics/networks/parameterUpdate.ts';

/**
 * Fits a multilayer perceptron. Weights, batches and parts set aside are drawn as scikit-learn draws them.
 *
 * A warm start takes the weights and, with adam, the mean squared gradients, and goes on as a new training. Nothing else
 * is learned from the data, so nothing else has to be carried over. With sgd momentum and schedule begin anew.
 *
 * @param classes what a warm start must have in common besides the layers
 */
export function fitPerceptron(
  operator: string,
  x: Matrix,
  target: NetworkTarget,
  params: PerceptronParams,
  classes: Readonly<Record<string, Int32Array>>,
  context: FitContext,
): NetworkState {
  const sizes = Int32Array.of(x.cols, ...params.hidden_layer_sizes, target.values.cols);
  const shape = denseShape([...sizes]);
  const rate = params.learning_rate_init;
  const trained = fitNetwork(
    {
      ...{ operator, shape, x, target },
      rate: 'learning_rate_init',
      activation: params.activation,
      alpha: params.alpha,
      batch: params.batch_size === 'auto' ? AUTOMATIC_BATCH : params.batch_size,
      epochs: params.max_iter,
      patience: params.n_iter_no_change,
      tol: params.tol,
      shuffle: params.shuffle,
      dropout: 0,
      validationFraction: params.early_stopping ? params.validation_fraction : null,
      score: target.codes === null ? 'r2' : 'accuracy',
      update: (count, earlier) =>
        params.solver === 'adam'
          ? adam(count, { rate, beta1: params.beta_1, beta2: params.beta_2, epsilon: params.epsilon }, earlier)
          : momentumDescent(count, {
              rate,
              schedule: params.learning_rate,
              power: params.power_t,
              momentum: params.momentum,
              nesterov: params.nesterovs_momentum,
            }),
      random: randomState(params.random_state ?? context.seed),
      start: networkToGoOnFrom(operator, context, shape, { sizes, ...classes }),
    },
    context,
  );
  return { sizes, ...trained };
}

/** As in scikit-learn. */
const AUTOMATIC_BATCH = 200;

/** Units of all layers: bigger networks can bend more. */
export const perceptronSize = ({ hidden_layer_sizes }: PerceptronParams): number =>
  hidden_layer_sizes.reduce((sum, units) => sum + units, 0);
