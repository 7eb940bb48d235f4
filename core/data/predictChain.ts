import { EngineError } from '#core/base/errors.ts';
import { chainScene } from '#core/data/chainScene.ts';
import type { FittedChain, FittedMember } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { predictSteps } from '#core/data/predictSteps.ts';
import { resolveChain, type OperatorLookup } from '#core/data/resolveChain.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What a fitted model says of n spectra. */
export interface Predicted {
  /** n values in the unit of the target; in classification n class codes, −1 for none of the classes. */
  readonly predicted: Float64Array;
  /** n × K, every row sums to 1; null in regression and for classifiers without probabilities. */
  readonly probabilities: Matrix | null;
}

/**
 * Predicts n raw spectra (x: n × p, on the chain's axis) in one pass: transforms with the models whose predictions they
 * contain, model, and in regression the inverse target transforms in reverse order; where the chain separates, each
 * sample with the lane of its own group. Every row's result depends on that row alone. `rows` is what is known of them.
 * @param flattened what this member predicts is replaced by its mean: what the model would say without it
 * @throws numerics.shape for another number of columns, chain.no-column and chain.unknown-group where it separates, and
 * whatever `resolveChain` throws.
 */
export function predictChainFully(
  chain: FittedChain,
  x: Matrix,
  lookup: OperatorLookup,
  rows?: RowFacts,
  flattened: FittedMember | null = null,
): Predicted {
  const p = chain.inputAxis.values.length;
  if (x.cols !== p)
    throw new EngineError('numerics.shape', {
      what: 'Spectra for the model',
      expected: `${p} values each`,
      found: String(x.cols),
    });
  const { steps, classCount, shared } = resolveChain(chain, lookup);
  return predictSteps(steps, chainScene(x, rows, chain.inputAxis, classCount, shared, flattened));
}

/** The predictions alone: values in the unit of the target, or class codes. See `predictChainFully`. */
export const predictChain = (chain: FittedChain, x: Matrix, lookup: OperatorLookup, rows?: RowFacts): Float64Array =>
  predictChainFully(chain, x, lookup, rows).predicted;
