import { setImmediate as breathe } from 'node:timers/promises';
import type { CancelToken } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { predictChain, type FittedChain } from '#core/data/fittedChain.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

/** Rows between two breaths: about 10 ms for 2,000 channels. */
const CHUNK = 256;

/**
 * Predicts n spectra (x: n × p) with a fitted chain on the engine's own thread, chunk by chunk, so that calls are
 * answered meanwhile. Fitted steps treat each row for itself, so the numbers are those of one pass.
 */
export async function predictInChunks(chain: FittedChain, x: Matrix, cancel: CancelToken): Promise<Float64Array> {
  const predicted = new Float64Array(x.rows);
  for (let from = 0; from < x.rows; from += CHUNK) {
    cancel.check();
    const rows = Math.min(CHUNK, x.rows - from);
    const start = rowOf(x, from).byteOffset;
    const part = { rows, cols: x.cols, data: new Float64Array(x.data.buffer, start, rows * x.cols) };
    predicted.set(predictChain(chain, part, operatorsByKind.any), from);
    await breathe();
  }
  return predicted;
}
