import { EngineError } from '#core/base/errors.ts';
import type { OnnxRuntime, OnnxSession } from '#core/export/onnxRuntime.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export interface OnnxPrediction {
  /** n predictions. */
  readonly values: Float64Array;
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Predicts n spectra (x: n × p) with an ONNX file, ours or foreign: it needs one input n × p (float or double) and gives
 * one number a spectrum. `file` is the name for error sentences.
 * @throws predict.model-columns, predict.model-output, predict.model-unreadable
 */
export async function predictWithOnnx(
  runtime: OnnxRuntime,
  bytes: Uint8Array,
  x: Matrix,
  file: string,
): Promise<OnnxPrediction> {
  const session = await runtime.load(bytes, file);
  try {
    return { values: await predictInSession(session, x, file), metadata: session.metadata };
  } finally {
    await session.close();
  }
}

/** The same in a session that is already open. */
export async function predictInSession(session: OnnxSession, x: Matrix, file: string): Promise<Float64Array> {
  if (session.inputCols !== null && session.inputCols !== x.cols)
    throw new EngineError('predict.model-columns', { file, expected: session.inputCols, found: x.cols });
  const outputs = await session.run(x);
  const values = outputs.find((output) => output.length === x.rows);
  if (values === undefined)
    throw new EngineError('predict.model-output', {
      file,
      problem: `none of its outputs has one value a spectrum (found ${outputs.map((o) => o.length / x.rows).join(', ')}).`,
    });
  return values;
}
