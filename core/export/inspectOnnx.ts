import { strFromU8 } from 'fflate';
import { EngineError } from '#core/base/errors.ts';
import { readProtobuf, type ProtobufField } from '#core/export/protobufReader.ts';

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
 * Reads the interface and the metadata of an ONNX file. Treats it as hostile: a file that is damaged, or that refers to
 * other files (external data), is refused.
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
  for (const field of readProtobuf(bytes)) {
    if (field.field === 1 && field.kind === 'integer') summary.irVersion = Number(field.value);
    if (field.kind !== 'bytes') continue;
    if (field.field === 2) summary.producer = strFromU8(field.value);
    if (field.field === 3) summary.producerVersion = strFromU8(field.value);
    if (field.field === 7) graph = field.value;
    if (field.field === 14) metadata.set(textField(field.value, 1), textField(field.value, 2));
    if (field.field === 25) refuseExternalData(field.value, 'function', 0);
  }
  if (graph === null || summary.irVersion === 0) throw new RangeError('it holds no model.');
  refuseExternalData(graph, 'graph', 0);
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

type Message = 'graph' | 'node' | 'attribute' | 'sparse' | 'function';

/** Which fields of a message hold tensors, and which hold messages that may hold some. */
const WALK: Record<Message, { tensors: readonly number[]; inner: Readonly<Record<number, Message | undefined>> }> = {
  graph: { tensors: [5], inner: { 1: 'node', 15: 'sparse' } },
  node: { tensors: [], inner: { 5: 'attribute' } },
  attribute: { tensors: [5, 10], inner: { 6: 'graph', 11: 'graph', 22: 'sparse', 23: 'sparse' } },
  sparse: { tensors: [1, 2], inner: {} },
  function: { tensors: [], inner: { 7: 'node', 11: 'attribute' } },
};

/** Deeper nesting than any exporter writes; ends a file that nests without end. */
const DEEPEST = 32;

/** External data would make the runtime open other files of this computer. */
function refuseExternalData(bytes: Uint8Array, message: Message, depth: number): void {
  if (depth > DEEPEST) throw new RangeError('its graphs are nested too deeply.');
  for (const field of readProtobuf(bytes)) {
    if (field.kind !== 'bytes') continue;
    const inner = WALK[message].inner[field.field];
    if (inner) refuseExternalData(field.value, inner, depth + 1);
    else if (WALK[message].tensors.includes(field.field) && [...readProtobuf(field.value)].some(isExternal))
      throw new RangeError('it keeps its numbers in other files. Save it as one file.');
  }
}

const isExternal = (field: ProtobufField): boolean =>
  (field.field === 14 && field.kind === 'integer' && field.value !== 0n) || field.field === 13;

function nested(bytes: Uint8Array, wanted: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (const field of readProtobuf(bytes)) if (field.field === wanted && field.kind === 'bytes') out.push(field.value);
  return out;
}

const textField = (bytes: Uint8Array, wanted: number): string => {
  const last = nested(bytes, wanted).at(-1);
  return last ? strFromU8(last) : '';
};
