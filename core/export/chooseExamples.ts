import { EngineError } from '#core/base/errors.ts';
import { predictChain, type FittedChain, type OperatorLookup } from '#core/data/fittedChain.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';

/** Spectra with the engine's predictions, stored in a bundle so that anybody can check it. */
export interface Examples {
  readonly sampleIds: readonly string[];
  /** k × p raw spectra. */
  readonly spectra: Matrix;
  /** k predictions. */
  readonly expected: Float64Array;
}

/** Up to three spectra of x (n × p): those with the lowest, the middle and the highest prediction. */
export function chooseExamples(
  chain: FittedChain,
  x: Matrix,
  sampleIds: readonly string[],
  lookup: OperatorLookup,
): Examples {
  const predicted = predictChain(chain, x, lookup);
  const order = [...predicted.keys()].sort((a, b) => (predicted[a] ?? 0) - (predicted[b] ?? 0) || a - b);
  if (order.length === 0) throw new EngineError('export.nothing-to-compare', { what: 'there are no spectra' });
  const rows = [...new Set([0, order.length >> 1, order.length - 1])].map((at) => order[at] ?? 0);
  return {
    sampleIds: rows.map((row) => sampleIds[row] ?? String(row + 1)),
    spectra: takeRows(x, rows),
    expected: takeValues(predicted, rows),
  };
}
