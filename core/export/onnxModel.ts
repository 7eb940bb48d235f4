import type { OnnxAttribute, OnnxDomain } from '#core/data/onnxGraph.ts';
import { CHECKED_VERSION, withChecksum } from '#core/export/onnxChecksum.ts';
import { writeProtobuf, type ProtobufWriter } from '#core/export/protobufWriter.ts';

/** A constant of the graph. */
export type OnnxTensor =
  | { readonly name: string; readonly shape: readonly number[]; readonly type: 'double'; readonly data: Float64Array }
  | {
      readonly name: string;
      readonly shape: readonly number[];
      readonly type: 'int64';
      readonly data: readonly number[];
    };

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly domain: OnnxDomain;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** Doubles n × cols, or one 64-bit integer a row: n. */
export type OnnxOutput =
  | { readonly name: string; readonly type: 'double'; readonly cols: number }
  | { readonly name: string; readonly type: 'int64' };

/** A double precision graph with one input n × p, and texts n × 1 where a metadata column is asked for; n is free. */
export interface OnnxModel {
  readonly name: string;
  readonly producerVersion: string;
  readonly description: string;
  readonly input: { readonly name: string; readonly cols: number };
  /** Names of the inputs that are texts. */
  readonly columns?: readonly string[];
  readonly outputs: readonly OnnxOutput[];
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
  /** Written in this order. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Encodes an ONNX ModelProto (IR version 8, opset 17 of ai.onnx, and opset 3 of ai.onnx.ml where a node is of that
 * domain), which ends with a checksum. Equal models give equal bytes.
 * Field numbers: https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto
 */
export function encodeOnnxModel(model: OnnxModel): Uint8Array {
  const bytes = writeProtobuf((proto) => {
    proto.integer(1, IR_VERSION);
    proto.text(2, 'Refract');
    proto.text(3, model.producerVersion);
    proto.integer(5, CHECKED_VERSION);
    proto.text(6, model.description);
    proto.message(7, (graph) => writeGraph(graph, model));
    const domains = [...new Set<OnnxDomain>(['', ...model.nodes.map(({ domain }) => domain)])];
    for (const domain of domains)
      proto.message(8, (opset) => {
        opset.text(1, domain);
        opset.integer(2, OPSETS[domain]);
      });
    for (const [key, value] of Object.entries(model.metadata))
      proto.message(14, (entry) => {
        entry.text(1, key);
        entry.text(2, value);
      });
  });
  return withChecksum(bytes);
}

/** IR 8 and opset 17 belong together (ONNX 1.12, 2022): old enough for any runtime in use, and all that the operators need. */
const IR_VERSION = 8;
const OPSETS: Readonly<Record<OnnxDomain, number>> = { '': 17, 'ai.onnx.ml': 3 };
/** TensorProto.DataType and AttributeProto.AttributeType. */
const DATA_TYPE = { double: 11, int64: 7, text: 8 } as const;
const ATTRIBUTE_TYPE = { float: 1, int: 2, text: 3, tensor: 4, floats: 6, ints: 7, texts: 8 } as const;

function writeGraph(graph: ProtobufWriter, model: OnnxModel): void {
  for (const node of model.nodes) graph.message(1, (proto) => writeNode(proto, node));
  graph.text(2, model.name);
  for (const tensor of model.constants) graph.message(5, (proto) => writeTensor(proto, tensor));
  graph.message(11, (proto) => writeValueInfo(proto, { ...model.input, type: 'double' }));
  for (const name of model.columns ?? [])
    graph.message(11, (proto) => writeValueInfo(proto, { name, type: 'text', cols: 1 }));
  for (const output of model.outputs) graph.message(12, (proto) => writeValueInfo(proto, output));
}

function writeNode(proto: ProtobufWriter, node: OnnxNode): void {
  for (const input of node.inputs) proto.text(1, input);
  for (const output of node.outputs) proto.text(2, output);
  proto.text(3, node.name);
  proto.text(4, node.op);
  // Sorted, so that the order in which an operator wrote its attributes does not change the file.
  for (const [name, value] of Object.entries(node.attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
    proto.message(5, (attribute) => {
      attribute.text(1, name);
      attribute.integer(20, writeAttribute(attribute, value));
    });
  if (node.domain !== '') proto.text(7, node.domain);
}

/** Writes the value; returns its AttributeType. */
function writeAttribute(proto: ProtobufWriter, value: OnnxAttribute): number {
  if (typeof value === 'number') {
    proto.integer(3, value);
    return ATTRIBUTE_TYPE.int;
  }
  if (isList(value)) {
    for (const item of value) proto.integer(8, item);
    return ATTRIBUTE_TYPE.ints;
  }
  if ('float' in value) {
    proto.float(2, value.float);
    return ATTRIBUTE_TYPE.float;
  }
  if ('floats' in value) {
    for (const item of value.floats) proto.float(7, item);
    return ATTRIBUTE_TYPE.floats;
  }
  if ('text' in value) {
    proto.text(4, value.text);
    return ATTRIBUTE_TYPE.text;
  }
  if ('texts' in value) {
    for (const item of value.texts) proto.text(9, item);
    return ATTRIBUTE_TYPE.texts;
  }
  proto.message(5, (tensor) =>
    writeTensor(tensor, { name: '', type: 'double', shape: value.shape, data: value.doubles }),
  );
  return ATTRIBUTE_TYPE.tensor;
}

// Array.isArray does not narrow a union with readonly lists.
const isList = (value: OnnxAttribute): value is readonly number[] => Array.isArray(value);

function writeTensor(proto: ProtobufWriter, tensor: OnnxTensor): void {
  for (const length of tensor.shape) proto.integer(1, length);
  proto.integer(2, DATA_TYPE[tensor.type]);
  if (tensor.name !== '') proto.text(8, tensor.name);
  proto.bytes(9, rawData(tensor));
}

type Port = OnnxOutput | { readonly name: string; readonly type: 'text'; readonly cols: number };

function writeValueInfo(proto: ProtobufWriter, value: Port): void {
  proto.text(1, value.name);
  proto.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, DATA_TYPE[value.type]);
      tensor.message(2, (shape) => {
        shape.message(1, (n) => n.text(2, 'n'));
        if (value.type !== 'int64') shape.message(1, (cols) => cols.integer(1, value.cols));
      });
    }),
  );
}

/** raw_data is little-endian on every machine. */
function rawData(tensor: OnnxTensor): Uint8Array {
  const out = new Uint8Array(tensor.data.length * 8);
  const view = new DataView(out.buffer);
  if (tensor.type === 'double') tensor.data.forEach((value, i) => view.setFloat64(i * 8, value, true));
  else tensor.data.forEach((value, i) => view.setBigInt64(i * 8, BigInt(value), true));
  return out;
}
