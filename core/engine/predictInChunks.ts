import { setImmediate as breathe } from 'node:timers/promises';
import type { CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { predictDeployed, type DeployedModel } from '#core/data/deployedModel.ts';
import type { RowFacts } from '#core/data/operator.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Rows between two breaths: about 10 ms for 2,000 channels. */
const CHUNK = 256;

/**
 * Predicts n spectra (x: n × p) with a fitted model on the engine's own thread, chunk by chunk, so that calls are
 * answered meanwhile. Fitted steps treat each row for itself, so the numbers are those of one pass.
 */
export async function predictInChunks(
  model: DeployedModel,
  x: Matrix,
  cancel: CancelToken,
  rows?: RowFacts,
): Promise<Predicted> {
  const predicted = new Float64Array(x.rows);
  let probabilities: Matrix | null = null;
  for (let from = 0; from < x.rows; from += CHUNK) {
    cancel.check();
    const count = Math.min(CHUNK, x.rows - from);
    const start = rowOf(x, from).byteOffset;
    const part = { rows: count, cols: x.cols, data: new Float64Array(x.data.buffer, start, count * x.cols) };
    const found = inChunk(from, () =>
      predictDeployed(model, part, operatorsByKind.any, rows && factsOf(rows, from, count)),
    );
    predicted.set(found.predicted, from);
    if (found.probabilities !== null) {
      probabilities ??= zeros(x.rows, found.probabilities.cols);
      probabilities.data.set(found.probabilities.data, from * found.probabilities.cols);
    }
    await breathe();
  }
  return { predicted, probabilities };
}

const factsOf = ({ metadata }: RowFacts, from: number, count: number): RowFacts => ({
  metadata: Object.fromEntries(
    Object.entries(metadata).map(([name, values]) => [name, values.slice(from, from + count)]),
  ),
});

/** A sample that is refused is counted from the first of all, not of its chunk. */
function inChunk<T>(from: number, predict: () => T): T {
  try {
    return predict();
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'chain.unknown-group') throw error;
    const details = error.details as EngineError<'chain.unknown-group'>['details']; // the code says which they are
    throw new EngineError('chain.unknown-group', { ...details, sample: from + details.sample }, { cause: error });
  }
}
