import { EngineError } from '#core/base/errors.ts';
import { predictDeployed, requiredColumns, type DeployedModel } from '#core/data/deployedModel.ts';
import type { RowFacts } from '#core/data/operator.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import type { OperatorLookup } from '#core/data/resolveChain.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';

/** Spectra with the engine's predictions, stored in a bundle so that anybody can check it. */
export interface Examples extends Predicted {
  readonly sampleIds: readonly string[];
  /** k × p raw spectra. */
  readonly spectra: Matrix;
  /** The metadata columns that the model asks for; absent where it asks for none. */
  readonly rows?: RowFacts;
}

/** Up to three spectra of x (n × p): those with the lowest, the middle and the highest prediction (or class code). */
export function chooseExamples(
  model: DeployedModel,
  x: Matrix,
  sampleIds: readonly string[],
  lookup: OperatorLookup,
  facts?: RowFacts,
): Examples {
  const { predicted, probabilities } = predictDeployed(model, x, lookup, facts);
  const order = [...predicted.keys()].sort((a, b) => (predicted[a] ?? 0) - (predicted[b] ?? 0) || a - b);
  if (order.length === 0) throw new EngineError('export.nothing-to-compare', { what: 'there are no spectra' });
  const rows = [...new Set([0, order.length >> 1, order.length - 1])].map((at) => order[at] ?? 0);
  const columns = requiredColumns(model, lookup);
  return {
    sampleIds: rows.map((row) => sampleIds[row] ?? String(row + 1)),
    spectra: takeRows(x, rows),
    predicted: takeValues(predicted, rows),
    probabilities: probabilities === null ? null : takeRows(probabilities, rows),
    ...(columns.length === 0
      ? {}
      : { rows: { metadata: Object.fromEntries(columns.map((name) => [name, valuesAt(name, rows, facts)])) } }),
  };
}

const valuesAt = (column: string, rows: readonly number[], facts: RowFacts | undefined): string[] =>
  rows.map((row) => facts?.metadata[column]?.[row] ?? '');
