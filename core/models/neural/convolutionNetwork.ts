import { EngineError } from '#core/base/errors.ts';
import { randomState } from '#core/base/randomState.ts';
import type { FitContext } from '#core/data/operator.ts';
import type { ConvolutionParams } from '#core/models/neural/convolutionParameters.ts';
import { fitNetwork, networkToGoOnFrom } from '#core/models/neural/fitNetwork.ts';
import type { NetworkState } from '#core/models/neural/networkState.ts';
import type { NetworkTarget } from '#core/models/neural/networkTargets.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';
import type { NetworkForm } from '#core/numerics/networks/network.ts';
import { convolutionShape, type NetworkShape } from '#core/numerics/networks/networkShape.ts';
import { adam } from '#core/numerics/networks/parameterUpdate.ts';
import { runNetwork } from '#core/numerics/networks/runNetwork.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

/** A trained convolutional network with the standardisation that it learned in. */
export interface ConvolutionState extends NetworkState {
  /** Filters, kernel sizes and strides of the convolutions, one vector behind the other. */
  readonly convolutions: Int32Array;
  /** Of each channel. */
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly targetMean: number;
  /** 0 for a target that never varied. */
  readonly targetScale: number;
}

const BETA = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * Fits convolutions and dense layers on standardised channels (and target).
 *
 * A warm start keeps the fold's means and deviations with its weights: the same weights on another standardisation are
 * another function, and training would first have to find back. They only set the scale in which is learned, so that
 * those of most of the rows serve as well as those of all.
 */
export function fitConvolutions(
  operator: string,
  x: Matrix,
  target: NetworkTarget,
  params: ConvolutionParams,
  classes: Readonly<Record<string, Int32Array>>,
  context: FitContext,
): ConvolutionState {
  const convolutions = convolutionsOf(operator, params);
  const sizes = Int32Array.of(x.cols, ...params.dense_units, target.values.cols);
  const shape = shapeOf({ convolutions, sizes });
  const start = networkToGoOnFrom(operator, context, shape, { sizes, convolutions, ...classes });
  const scaling = (start === null ? null : keptScaling(context)) ?? learnedScaling(x, target);
  const { means, deviations, targetMean, targetScale } = scaling;
  const values =
    target.codes === null
      ? target.values.data.map((value) => (targetScale === 0 ? 0 : (value - targetMean) / targetScale))
      : target.values.data;
  const rate = params.learning_rate_init;
  const trained = fitNetwork(
    {
      ...{ operator, shape, start, rate: 'learning_rate_init' },
      x: standardiseColumns(x, means, deviations),
      target: { ...target, values: matrix(x.rows, target.values.cols, values) },
      ...{ activation: params.activation, alpha: params.alpha, dropout: params.dropout },
      ...{ batch: params.batch_size, epochs: params.max_iter, tol: params.tol, patience: params.n_iter_no_change },
      shuffle: true,
      validationFraction: params.early_stopping ? params.validation_fraction : null,
      score: 'loss',
      update: (count, earlier) => adam(count, { rate, ...BETA }, earlier),
      random: randomState(params.random_state ?? context.seed),
    },
    context,
  );
  return { sizes, convolutions, ...trained, ...scaling };
}

type Scaling = Pick<ConvolutionState, 'means' | 'deviations' | 'targetMean' | 'targetScale'>;

function learnedScaling(x: Matrix, { values, codes }: NetworkTarget): Scaling {
  const means = columnMeans(x);
  const deviations = columnDeviations(x, means, 0);
  if (codes !== null) return { means, deviations, targetMean: 0, targetScale: 1 };
  const [targetMean] = columnMeans(values);
  const spread = Math.sqrt(values.data.reduce((sum, value) => sum + (value - targetMean) ** 2, 0) / values.rows);
  const rounding = Math.abs(targetMean) * values.rows * Number.EPSILON;
  return { means, deviations, targetMean, targetScale: spread > rounding ? spread : 0 };
}

/** The standardisation of the state that training goes on from; null where it cannot be learned in. */
function keptScaling({ warmStart = {} }: FitContext): Scaling | null {
  const { means, deviations, targetMean, targetScale } = warmStart;
  if (!(means instanceof Float64Array) || !(deviations instanceof Float64Array)) return null;
  if (typeof targetMean !== 'number' || typeof targetScale !== 'number' || targetScale === 0) return null;
  return { means, deviations, targetMean, targetScale };
}

/** Answers of the network, n × outputs; in regression in the unit of the target. */
export function runConvolutions(operator: string, x: Matrix, state: ConvolutionState, form: NetworkForm): Matrix {
  requireChannels(operator, x, state.means.length);
  const answers = runNetwork(form, state.parameters, standardiseColumns(x, state.means, state.deviations));
  if (form.output === 'identity')
    for (let i = 0; i < answers.data.length; i++)
      answers.data[i] = state.targetMean + state.targetScale * answers.data[i];
  return answers;
}

export const shapeOf = ({ convolutions, sizes }: Pick<ConvolutionState, 'convolutions' | 'sizes'>): NetworkShape => {
  const count = convolutions.length / 3;
  return convolutionShape(
    sizes[0],
    Array.from({ length: count }, (_, l) => ({
      filters: convolutions[l],
      kernel: convolutions[count + l],
      stride: convolutions[2 * count + l],
    })),
    [...sizes.subarray(1)],
  );
};

/** Filters, kernel sizes and strides, one behind the other. Throws `numerics.parameter` where there are too few. */
function convolutionsOf(operator: string, { filters, kernel_sizes, strides }: ConvolutionParams): Int32Array {
  const forEach = (parameter: string, values: readonly number[]): readonly number[] => {
    if (values.length === filters.length) return values;
    if (values.length === 1) return filters.map(() => values[0]);
    throw new EngineError('numerics.parameter', {
      ...{ operator, parameter },
      problem: `has ${values.length} values for ${filters.length} convolutions. Give one for each, or a single one.`,
    });
  };
  return Int32Array.of(...filters, ...forEach('kernel_sizes', kernel_sizes), ...forEach('strides', strides));
}

/** Numbers that describe the size of the network: bigger ones can bend more. */
export const convolutionSize = ({ filters, dense_units }: ConvolutionParams): number =>
  [...filters, ...dense_units].reduce((sum, units) => sum + units, 0);
