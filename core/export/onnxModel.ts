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
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}

/** A double precision graph with one input n × p and one output n × q; n is free. */
export interface OnnxModel {
  readonly name: string;
  readonly producerVersion: string;
  readonly description: string;
  readonly input: { readonly name: string; readonly cols: number };
  readonly output: { readonly name: string; readonly cols: number };
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
  /** Written in this order. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Encodes an ONNX ModelProto (IR version 8, opset 17 of ai.onnx). Equal models give equal bytes.
 * Field numbers: https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto
 */
export function encodeOnnxModel(model: OnnxModel): Uint8Array {
  return writeProtobuf((proto) => {
    proto.integer(1, IR_VERSION);
    proto.text(2, 'Refract');
    proto.text(3, model.producerVersion);
    proto.text(6, model.description);
    proto.message(7, (graph) => writeGraph(graph, model));
    proto.message(8, (opset) => {
      opset.text(1, '');
      opset.integer(2, OPSET);
    });
    for (const [key, value] of Object.entries(model.metadata))
      proto.message(14, (entry) => {
        entry.text(1, key);
        entry.text(2, value);
      });
  });
}

/** IR 8 and opset 17 belong together (ONNX 1.12, 2022): old enough for any runtime in use, and all that the operators need. */
const IR_VERSION = 8;
const OPSET = 17;
/** TensorProto.DataType and AttributeProto.AttributeType. */
const DATA_TYPE = { double: 11, int64: 7 } as const;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

function writeGraph(graph: ProtobufWriter, model: OnnxModel): void {
  for (const node of model.nodes) graph.message(1, (proto) => writeNode(proto, node));
  graph.text(2, model.name);
  for (const tensor of model.constants) graph.message(5, (proto) => writeTensor(proto, tensor));
  graph.message(11, (proto) => writeValueInfo(proto, model.input));
  graph.message(12, (proto) => writeValueInfo(proto, model.output));
}

function writeNode(proto: ProtobufWriter, node: OnnxNode): void {
  for (const input of node.inputs) proto.text(1, input);
  proto.text(2, node.output);
  proto.text(3, node.name);
  proto.text(4, node.op);
  // Sorted, so that the order in which an operator wrote its attributes does not change the file.
  for (const [name, value] of Object.entries(node.attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
    proto.message(5, (attribute) => {
      attribute.text(1, name);
      if (typeof value === 'number') attribute.integer(3, value);
      else for (const item of value) attribute.integer(8, item);
      attribute.integer(20, typeof value === 'number' ? ATTRIBUTE_INT : ATTRIBUTE_INTS);
    });
}

function writeTensor(proto: ProtobufWriter, tensor: OnnxTensor): void {
  for (const length of tensor.shape) proto.integer(1, length);
  proto.integer(2, DATA_TYPE[tensor.type]);
  proto.text(8, tensor.name);
  proto.bytes(9, rawData(tensor));
}

function writeValueInfo(proto: ProtobufWriter, value: { readonly name: string; readonly cols: number }): void {
  proto.text(1, value.name);
  proto.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, DATA_TYPE.double);
      tensor.message(2, (shape) => {
        shape.message(1, (n) => n.text(2, 'n'));
        shape.message(1, (cols) => cols.integer(1, value.cols));
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
