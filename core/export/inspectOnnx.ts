import { strFromU8 } from 'fflate';
import { EngineError } from '#core/base/errors.ts';
import { checkOnnx } from '#core/export/checkOnnx.ts';
import { isAsExported } from '#core/export/onnxChecksum.ts';
import { readProtobuf } from '#core/export/protobufReader.ts';

export interface OnnxPort {
  readonly name: string;
  /** TensorProto.DataType (1 float, 11 double), or 0 when it is no tensor. */
  readonly elementType: number;
  /** A number, the name of a free dimension, or null where nothing is said. */
  readonly shape: readonly (number | string | null)[];
}

/** What a model file says about itself, read without running it. */
export interface OnnxSummary {
  readonly irVersion: number;
  readonly producer: string;
  readonly producerVersion: string;
  /** Constants that an old file lists among its inputs are left out. */
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Reads the interface and the metadata of an ONNX file. Treats it as hostile: a file that is damaged, or that the
 * runtime should not see (`checkOnnx`: other files, foreign operators, circles, impossible sizes), is refused.
 * @throws predict.model-unreadable
 */
export function inspectOnnx(bytes: Uint8Array, file: string): OnnxSummary {
  try {
    return readModel(bytes);
  } catch (error) {
    if (error instanceof RangeError)
      throw new EngineError('predict.model-unreadable', { file, reason: error.message }, { cause: error });
    throw error;
  }
}

function readModel(bytes: Uint8Array): OnnxSummary {
  const metadata = new Map<string, string>();
  const summary = { irVersion: 0, producer: '', producerVersion: '' };
  let graph: Uint8Array | null = null;
  let modelVersion = 0;
  for (const field of readProtobuf(bytes)) {
    if (field.field === 1 && field.kind === 'integer') summary.irVersion = Number(field.value);
    if (field.field === 5 && field.kind === 'integer') modelVersion = Number(field.value);
    if (field.kind !== 'bytes') continue;
    if (field.field === 2) summary.producer = strFromU8(field.value);
    if (field.field === 3) summary.producerVersion = strFromU8(field.value);
    if (field.field === 7) graph = field.value;
    if (field.field === 14) metadata.set(textField(field.value, 1), textField(field.value, 2));
  }
  if (graph === null || summary.irVersion === 0) throw new RangeError('it holds no model.');
  if (!isAsExported(bytes, { ...summary, modelVersion, metadata }))
    throw new RangeError('it was changed or damaged since Refract exported it. Export it again.');
  checkOnnx(bytes);
  const constants = new Set(nested(graph, 5).map((tensor) => textField(tensor, 8)));
  return {
    ...summary,
    metadata,
    inputs: nested(graph, 11)
      .map(readPort)
      .filter(({ name }) => !constants.has(name)),
    outputs: nested(graph, 12).map(readPort),
  };
}

function readPort(bytes: Uint8Array): OnnxPort {
  const tensor = nested(bytes, 2).flatMap((type) => nested(type, 1))[0];
  const elementType =
    tensor && [...readProtobuf(tensor)].find((field) => field.field === 1 && field.kind === 'integer');
  const dimensions = tensor ? nested(tensor, 2).flatMap((shape) => nested(shape, 1)) : [];
  return {
    name: textField(bytes, 1),
    elementType: Number(elementType?.kind === 'integer' ? elementType.value : 0n),
    shape: dimensions.map((dimension) => {
      const [first] = readProtobuf(dimension);
      if (first === undefined) return null;
      return first.kind === 'integer' ? Number(first.value) : strFromU8(first.value);
    }),
  };
}

function nested(bytes: Uint8Array, wanted: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (const field of readProtobuf(bytes)) if (field.field === wanted && field.kind === 'bytes') out.push(field.value);
  return out;
}

const textField = (bytes: Uint8Array, wanted: number): string => {
  const last = nested(bytes, wanted).at(-1);
  return last ? strFromU8(last) : '';
};
