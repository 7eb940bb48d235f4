import { EngineError } from '#core/base/errors.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { resolveChain, type OperatorLookup, type ResolvedTransform } from '#core/data/resolveChain.ts';
import { joinViews } from '#core/data/views.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What a fitted model says of n spectra. */
export interface Predicted {
  /** n values in the unit of the target; in classification n class codes, −1 for none of the classes. */
  readonly predicted: Float64Array;
  /** n × K, every row sums to 1; null in regression and for classifiers without probabilities. */
  readonly probabilities: Matrix | null;
}

/**
 * Predicts n raw spectra (x: n × p, on the chain's axis) in one pass: transforms, model, and in regression the inverse
 * target transforms in reverse order. Every row's result depends on that row alone. `rows` is what is known of them.
 * @throws numerics.shape for another number of columns, and whatever `resolveChain` throws.
 */
export function predictChainFully(chain: FittedChain, x: Matrix, lookup: OperatorLookup, rows?: RowFacts): Predicted {
  const p = chain.inputAxis.values.length;
  if (x.cols !== p)
    throw new EngineError('numerics.shape', {
      what: 'Spectra for the model',
      expected: `${p} values each`,
      found: String(x.cols),
    });
  const { transforms, targets, model } = resolveChain(chain, lookup);
  const { definition, step } = model;
  const matrix = transformed(transforms, x, rows);
  const modelled = definition.predict(matrix, step.state, step.params);
  if (definition.task === 'classification')
    return { predicted: modelled, probabilities: definition.probabilities?.(matrix, step.state, step.params) ?? null };
  let y: Matrix = { rows: x.rows, cols: 1, data: modelled };
  // resolveChain made sure that every inverse exists.
  for (const target of [...targets].reverse())
    y = target.definition.invert?.(y, target.step.state, target.step.params) ?? y;
  return { predicted: y.data, probabilities: null };
}

/** The predictions alone: values in the unit of the target, or class codes. See `predictChainFully`. */
export const predictChain = (chain: FittedChain, x: Matrix, lookup: OperatorLookup, rows?: RowFacts): Float64Array =>
  predictChainFully(chain, x, lookup, rows).predicted;

function transformed(steps: readonly ResolvedTransform[], x: Matrix, rows: RowFacts | undefined): Matrix {
  return steps.reduce(
    (matrix, resolved) =>
      'lanes' in resolved
        ? joinViews(resolved.lanes.map((lane) => transformed(lane, matrix, rows)))
        : resolved.definition.apply(matrix, resolved.step.state, resolved.step.params, rows),
    x,
  );
}
