import { EngineError } from '#core/base/errors.ts';
import type { RandomState } from '#core/base/randomState.ts';
import type { FitContext, State } from '#core/data/operator.ts';
import { partSetAside } from '#core/models/partSetAside.ts';
import type { NetworkState } from '#core/models/neural/networkState.ts';
import type { NetworkTarget } from '#core/models/neural/networkTargets.ts';
import type { Activation } from '#core/numerics/networks/activations.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import type { NetworkScore } from '#core/numerics/networks/networkLoss.ts';
import { parameterCount, parameterPlaces, type NetworkShape } from '#core/numerics/networks/networkShape.ts';
import { lengthened, shortened, shortLength } from '#core/numerics/networks/meanSquares.ts';
import type { ParameterUpdate, UpdateMemory } from '#core/numerics/networks/parameterUpdate.ts';
import { trainNetwork } from '#core/numerics/networks/trainNetwork.ts';

export interface NetworkFit {
  readonly operator: string;
  /** Name of the parameter with the learning rate, for advice. */
  readonly rate: string;
  readonly shape: NetworkShape;
  readonly activation: Activation;
  readonly x: Matrix;
  readonly target: NetworkTarget;
  readonly alpha: number;
  readonly batch: number;
  readonly epochs: number;
  readonly patience: number;
  readonly tol: number;
  readonly shuffle: boolean;
  readonly dropout: number;
  /** Share of the training rows to set aside; null: none. */
  readonly validationFraction: number | null;
  readonly score: NetworkScore;
  update(parameters: number, earlier: UpdateMemory | null): ParameterUpdate;
  readonly random: RandomState;
  /** Another training to go on from; null: weights are drawn. */
  readonly start: NetworkStart | null;
}

export interface NetworkStart {
  readonly parameters: Float64Array;
  /** Null where the other training left none that fits. */
  readonly memory: UpdateMemory | null;
}

/** A training with what its state keeps of the update. */
export type FittedNetwork = Pick<NetworkState, 'parameters' | 'losses' | 'validation' | 'squares' | 'steps'>;

/** Draws the first weights, sets the part for early stopping aside, trains. Throws where the losses leave all bounds. */
export function fitNetwork(fit: NetworkFit, context: FitContext): FittedNetwork {
  const { operator, shape, activation, x, target, random } = fit;
  const start = fit.start?.parameters ?? drawnParameters(shape, activation, random);
  const all = Int32Array.from({ length: x.rows }, (_, i) => i);
  const { train, held } =
    fit.validationFraction === null
      ? { train: all, held: null }
      : partSetAside(
          operator,
          x.rows,
          fit.validationFraction,
          target.output === 'softmax' ? null : target.codes,
          random,
        );
  const update = fit.update(start.length, fit.start?.memory ?? null);
  const trained = trainNetwork({
    ...{ x, train, held, start, random },
    ...{ alpha: fit.alpha, batch: fit.batch, epochs: fit.epochs, patience: fit.patience, tol: fit.tol },
    ...{ shuffle: fit.shuffle, dropout: fit.dropout, score: fit.score },
    form: { shape, activation, output: target.output },
    target: target.values,
    update,
    cancel: context.cancel,
    trained: (epoch, loss, validationLoss) => context.trained?.({ epoch, epochs: fit.epochs, loss, validationLoss }),
  });
  if (!trained.parameters.every(Number.isFinite) || !trained.losses.every(Number.isFinite))
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: fit.rate,
      problem: 'lets the weights grow without bound. Lower it, or scale channels and target.',
    });
  if (!trained.settled && held === null)
    context.notice(`${operator}: the loss was still falling after ${fit.epochs} epochs. Raise max_iter.`);
  const { squares, steps } = update.memory();
  const { parameters, losses, validation } = trained;
  return {
    ...{ parameters, losses, validation, steps },
    squares: squares.length === 0 ? squares : shortened(shape, squares),
  };
}

/** Uniform weights and biases (Glorot & Bengio 2010, PMLR 9, 249–256), drawn in the order of scikit-learn. */
function drawnParameters(shape: NetworkShape, activation: Activation, random: RandomState): Float64Array {
  const out = new Float64Array(parameterCount(shape));
  const places = parameterPlaces(shape);
  shape.layers.forEach(({ depth, units }, l) => {
    const bound = Math.sqrt((activation === 'logistic' ? 2 : 6) / (depth + units));
    const draw = (): number => -bound + 2 * bound * random.random();
    const { weights, biases } = places[l];
    for (let d = 0; d < depth; d++) for (let u = 0; u < units; u++) out[weights + u * depth + d] = draw();
    for (let u = 0; u < units; u++) out[biases + u] = draw();
  });
  return out;
}

/**
 * An earlier training to go on from, where it fits: the same layers and classes. Else null, with a notice.
 *
 * The mean squared gradients go on as well. Without them adam's first steps would move every weight by the full learning
 * rate, all of them at once, which throws away what was learned. The mean gradients begin anew: they belong to other rows.
 */
export function networkToGoOnFrom(
  operator: string,
  context: FitContext,
  shape: NetworkShape,
  wanted: Readonly<Record<string, Int32Array>>,
): NetworkStart | null {
  const { warmStart } = context;
  if (warmStart === undefined) return null;
  const { parameters, squares, steps } = warmStart;
  if (
    parameters instanceof Float64Array &&
    parameters.length === parameterCount(shape) &&
    Object.entries(wanted).every(([name, values]) => sameNumbers(warmStart[name], values))
  ) {
    const kept = squares instanceof Float64Array && squares.length === shortLength(shape) && typeof steps === 'number';
    return { parameters, memory: kept ? { squares: lengthened(shape, squares), steps } : null };
  }
  context.notice(
    `${operator}: the weights of the fold do not fit (other channels, classes or layers). Training starts from the beginning.`,
  );
  return null;
}

const sameNumbers = (found: State[string] | undefined, wanted: Int32Array): boolean =>
  found instanceof Int32Array && found.length === wanted.length && found.every((value, i) => value === wanted[i]);
