import { InferenceSession, Tensor } from 'onnxruntime-node';
import { EngineError } from '#core/base/errors.ts';
import { inspectOnnx, type OnnxPort, type OnnxSummary } from '#core/export/inspectOnnx.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** ONNX Runtime on the CPU, one thread, rows in portions so that large sets need little memory. */
export const onnxRuntimeNode: OnnxRuntime = {
  async load(bytes, file) {
    const summary = inspectOnnx(bytes, file);
    const input = theInput(summary, file);
    const columns = summary.inputs.filter(isColumn).map(({ name }) => name);
    const outputs = summary.outputs
      .filter(({ elementType }) => isReal(elementType) || elementType === INT64)
      .map(({ name, elementType }) => ({ name, integer: elementType === INT64 }));
    const wanted = outputs.map(({ name }) => name);
    if (outputs.length === 0) throw unusable(file, 'none of its outputs is a table of numbers.');
    const session = await createSession(bytes, file);
    const cols = input.shape[1];
    return {
      inputCols: typeof cols === 'number' ? cols : null,
      columns,
      metadata: summary.metadata,
      outputs,
      async run(x, texts = new Map()) {
        const portions: Float64Array[][] = [];
        for (const { start, ...portion } of inPortions(x)) {
          const feeds = columns.map((name): [string, Tensor] => {
            const own = (texts.get(name) ?? []).slice(start, start + portion.rows);
            return [name, new Tensor('string', own, [portion.rows, 1])];
          });
          portions.push(await runPortion(session, input, wanted, portion, Object.fromEntries(feeds), file));
        }
        return wanted.map((_, k) => concat(portions.map((outputs) => outputs[k] ?? new Float64Array(0))));
      },
      close: () => session.release(),
    };
  },
};

/** 32 MB of doubles at a time. */
const PORTION_VALUES = 4 * 1024 * 1024;
/** TensorProto.DataType. */
const FLOAT = 1;
const DOUBLE = 11;
const INT64 = 7;
const TEXT = 8;
const isReal = (elementType: number): boolean => elementType === FLOAT || elementType === DOUBLE;

const unusable = (file: string, problem: string): EngineError<'predict.model-output'> =>
  new EngineError('predict.model-output', { file, problem });

/** One text a row. */
const isColumn = ({ elementType, shape }: OnnxPort): boolean =>
  elementType === TEXT && shape.length === 2 && shape[1] === 1;

function theInput(summary: OnnxSummary, file: string): OnnxPort {
  const [input, ...others] = summary.inputs.filter((port) => !isColumn(port));
  if (input === undefined || others.length > 0)
    throw unusable(file, `it has ${summary.inputs.length} inputs; a model of spectra has one.`);
  if (!isReal(input.elementType) || (input.shape.length !== 2 && input.shape.length !== 0))
    throw unusable(file, `its input "${input.name}" is not a table of numbers with one spectrum a row.`);
  return input;
}

async function createSession(bytes: Uint8Array, file: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4, // its warnings go to the terminal, where nobody can act on them
    });
  } catch (error) {
    throw new EngineError('predict.model-unreadable', { file, reason: reasonOf(error) }, { cause: error });
  }
}

async function runPortion(
  session: InferenceSession,
  input: OnnxPort,
  wanted: readonly string[],
  x: Matrix,
  columns: Readonly<Record<string, Tensor>>,
  file: string,
): Promise<Float64Array[]> {
  const dims = [x.rows, x.cols];
  const tensor =
    input.elementType === DOUBLE
      ? new Tensor('float64', x.data, dims)
      : new Tensor('float32', Float32Array.from(x.data), dims);
  try {
    const answer = await session.run({ ...columns, [input.name]: tensor }, wanted);
    return wanted.map((name) => toDoubles(answer[name], name, file));
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('predict.model-output', { file, problem: reasonOf(error) }, { cause: error });
  }
}

function toDoubles(
  output: InferenceSession.OnnxValueMapType[string] | undefined,
  name: string,
  file: string,
): Float64Array {
  if (output?.data instanceof Float64Array) return output.data;
  if (output?.data instanceof Float32Array) return Float64Array.from(output.data);
  if (output?.data instanceof BigInt64Array) return Float64Array.from(output.data, Number);
  throw unusable(file, `its output "${name}" is not a table of numbers.`);
}

/** Copies, since the runtime takes neither shared memory nor views safely. An empty matrix yields nothing. */
function* inPortions(x: Matrix): Generator<Matrix & { readonly start: number }> {
  const step = Math.max(1, Math.floor(PORTION_VALUES / Math.max(1, x.cols)));
  for (let start = 0; start < x.rows; start += step) {
    const rows = Math.min(step, x.rows - start);
    const data = Float64Array.from(x.data.subarray(start * x.cols, (start + rows) * x.cols));
    yield { rows, cols: x.cols, data, start };
  }
}

function concat(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
