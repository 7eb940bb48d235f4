import { writeProtobuf, type ProtobufWriter } from '#core/export/protobufWriter.ts';

interface Foreign {
  readonly coef: readonly number[];
  readonly op?: string;
  /** Columns of the output. */
  readonly outputs?: number;
  /** As exporters for IR versions below 4 do. */
  readonly weightsAsInputs?: boolean;
  readonly extraInput?: boolean;
  readonly external?: string;
  readonly externalInNode?: string;
  /** Wraps this many graphs into each other's nodes. */
  readonly nesting?: number;
}

const FLOAT = 1;

/** A single precision linear model as other software writes it: no metadata, IR 3 style inputs when asked. */
export function foreignOnnx(model: Foreign): Uint8Array {
  const { coef, outputs = 1 } = model;
  const weights = Float32Array.from({ length: coef.length * outputs }, (_, k) => coef[Math.floor(k / outputs)] ?? 0);
  const port = (graph: ProtobufWriter, field: number, name: string, dims: readonly (number | string)[]): void =>
    graph.message(field, (value) => {
      value.text(1, name);
      value.message(2, (type) =>
        type.message(1, (tensor) => {
          tensor.integer(1, FLOAT);
          tensor.message(2, (shape) => {
            for (const d of dims)
              shape.message(1, (dim) => (typeof d === 'number' ? dim.integer(1, d) : dim.text(2, d)));
          });
        }),
      );
    });
  const externalTensor = (tensor: ProtobufWriter, location: string): void => {
    tensor.message(13, (entry) => {
      entry.text(1, 'location');
      entry.text(2, location);
    });
    tensor.integer(14, 1);
  };
  return writeProtobuf((proto) => {
    proto.integer(1, model.weightsAsInputs ? 3 : 8);
    proto.text(2, 'elsewhere');
    proto.message(7, (graph) => {
      graph.message(1, (node) => {
        node.text(1, 'X');
        node.text(1, 'W');
        node.text(2, 'Y');
        node.text(4, model.op ?? 'MatMul');
        if (model.externalInNode !== undefined)
          node.message(5, (attribute) =>
            attribute.message(5, (tensor) => externalTensor(tensor, model.externalInNode ?? '')),
          );
        if (model.nesting !== undefined) nest(node, model.nesting);
      });
      graph.text(2, 'g');
      graph.message(5, (tensor) => {
        tensor.integer(1, coef.length);
        tensor.integer(1, outputs);
        tensor.integer(2, FLOAT);
        tensor.text(8, 'W');
        if (model.external === undefined) tensor.bytes(9, new Uint8Array(weights.buffer));
        else externalTensor(tensor, model.external);
      });
      port(graph, 11, 'X', ['batch', coef.length]);
      if (model.weightsAsInputs) port(graph, 11, 'W', [coef.length, outputs]);
      if (model.extraInput) port(graph, 11, 'Z', [1]);
      port(graph, 12, 'Y', ['batch', outputs]);
    });
    proto.message(8, (opset) => opset.integer(2, 13));
  });
}

function nest(node: ProtobufWriter, levels: number): void {
  if (levels > 0)
    node.message(5, (attribute) =>
      attribute.message(6, (graph) => graph.message(1, (inner) => nest(inner, levels - 1))),
    );
}
