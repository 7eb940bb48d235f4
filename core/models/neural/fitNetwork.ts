import { EngineError } from '#core/base/errors.ts';
import type { RandomState } from '#core/base/randomState.ts';
import type { FitContext, State } from '#core/data/operator.ts';
import { partSetAside } from '#core/models/partSetAside.ts';
import type { NetworkTarget } from '#core/models/neural/networkTargets.ts';
import type { Activation } from '#core/numerics/networks/activations.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import type { NetworkScore } from '#core/numerics/networks/networkLoss.ts';
import { parameterCount, parameterPlaces, type NetworkShape } from '#core/numerics/networks/networkShape.ts';
import type { ParameterUpdate } from '#core/numerics/networks/parameterUpdate.ts';
import { trainNetwork, type Trained } from '#core/numerics/networks/trainNetwork.ts';

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
  update(parameters: number): ParameterUpdate;
  readonly random: RandomState;
  /** Parameters of another training to go on from; null: drawn. */
  readonly start: Float64Array | null;
}

/** Draws the first weights, sets the part for early stopping aside, trains. Throws where the losses leave all bounds. */
export function fitNetwork(fit: NetworkFit, context: FitContext): Trained {
  const { operator, shape, activation, x, target, random } = fit;
  const start = fit.start ?? drawnParameters(shape, activation, random);
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
  const trained = trainNetwork({
    ...{ x, train, held, start, random },
    ...{ alpha: fit.alpha, batch: fit.batch, epochs: fit.epochs, patience: fit.patience, tol: fit.tol },
    ...{ shuffle: fit.shuffle, dropout: fit.dropout, score: fit.score },
    form: { shape, activation, output: target.output },
    target: target.values,
    update: fit.update(start.length),
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
  return trained;
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
 * The parameters of an earlier training, where they fit: the same kind of state, the same vectors of sizes. Else null,
 * with a notice.
 */
export function parametersToGoOnFrom(
  operator: string,
  context: FitContext,
  wanted: Readonly<Record<string, Int32Array>>,
  count: number,
): Float64Array | null {
  const { warmStart } = context;
  if (warmStart === undefined) return null;
  const { parameters } = warmStart;
  const fits =
    parameters instanceof Float64Array &&
    parameters.length === count &&
    Object.entries(wanted).every(([name, values]) => sameNumbers(warmStart[name], values));
  if (fits) return parameters;
  context.notice(
    `${operator}: the weights of the fold do not fit (other channels, classes or layers). Training starts from the beginning.`,
  );
  return null;
}

const sameNumbers = (found: State[string] | undefined, wanted: Int32Array): boolean =>
  found instanceof Int32Array && found.length === wanted.length && found.every((value, i) => value === wanted[i]);
