import { EngineError } from '#core/base/errors.ts';
import type { RowFacts } from '#core/data/operator.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import { columnFor } from '#core/data/rowsByLane.ts';
import { readColumnInputs } from '#core/export/columnInputs.ts';
import type { OnnxRuntime, OnnxSession } from '#core/export/onnxRuntime.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';

export interface OnnxPrediction extends Predicted {
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Predicts n spectra (x: n × p) with an ONNX file, ours or foreign: it needs one input n × p (float or double) and gives
 * one number a spectrum; our classifiers give a class code and, where they have them, probabilities. A model that asks
 * for metadata columns finds them in `rows`. `file` is the name for error sentences.
 * @throws chain.no-column, chain.unknown-group, predict.model-columns, predict.model-output, predict.model-unreadable
 */
export async function predictWithOnnx(
  runtime: OnnxRuntime,
  bytes: Uint8Array,
  x: Matrix,
  file: string,
  rows?: RowFacts,
): Promise<OnnxPrediction> {
  const session = await runtime.load(bytes, file);
  try {
    return { ...(await predictInSession(session, x, file, rows)), metadata: session.metadata };
  } finally {
    await session.close();
  }
}

/** The same in a session that is already open. */
export async function predictInSession(
  session: OnnxSession,
  x: Matrix,
  file: string,
  rows?: RowFacts,
): Promise<Predicted> {
  if (session.inputCols !== null && session.inputCols !== x.cols)
    throw new EngineError('predict.model-columns', { file, expected: session.inputCols, found: x.cols });
  const values = await session.run(x, columnsFor(session, x.rows, file, rows));
  const named = (name: string): Float64Array | undefined =>
    values[session.outputs.findIndex((output) => output.name === name)];
  const refuse = (problem: string) => new EngineError('predict.model-output', { file, problem });
  if (session.metadata.has('refract.target.classes')) {
    const predicted = named('label');
    if (predicted === undefined) throw refuse('it has no output "label".');
    const data = named('probabilities');
    const cols = data === undefined || x.rows === 0 ? 0 : data.length / x.rows;
    return { predicted, probabilities: data === undefined ? null : matrix(x.rows, cols, data) };
  }
  const found = values.map((output) => output.length / x.rows);
  const predicted = values.find((output, k) => output.length === x.rows && !(session.outputs[k]?.integer ?? true));
  if (predicted === undefined)
    throw refuse(`none of its outputs has one value a spectrum (found ${found.join(', ')}).`);
  return { predicted, probabilities: null };
}

/** The texts for the graph's inputs. The graph would answer NaN for a value that it does not know; this refuses it. */
function columnsFor(session: OnnxSession, n: number, file: string, rows?: RowFacts): Map<string, readonly string[]> {
  const known = readColumnInputs(session.metadata, file);
  return new Map(
    session.columns.map((input) => {
      const described = known.find((one) => one.input === input);
      const column = described?.column ?? input;
      const values = columnFor(column, rows, n);
      const odd = described === undefined ? -1 : values.findIndex((value) => !described.values.includes(value));
      if (odd >= 0)
        throw new EngineError('chain.unknown-group', {
          kind: 'column',
          by: column,
          value: values[odd] ?? '',
          sample: odd + 1,
          known: described?.values ?? [],
        });
      return [input, values] as const;
    }),
  );
}
