import { writeProtobuf, type ProtobufWriter } from '#core/export/protobufWriter.ts';

interface HandMade {
  readonly ir?: number;
  readonly opset?: number;
  readonly input?: readonly (number | string)[];
  /** The graph a second time. */
  readonly again?: boolean;
  readonly tensor?: {
    readonly shape?: readonly number[];
    readonly type?: number;
    readonly raw?: Uint8Array | null;
    readonly floats?: readonly number[];
    readonly packed?: Uint8Array;
    readonly external?: string;
    /** False: the place of the other file without the flag that says so. */
    readonly flag?: boolean;
    readonly segment?: boolean;
  };
  readonly node?: {
    readonly op?: string;
    readonly domain?: string;
    readonly inputs?: readonly string[];
    readonly outputs?: readonly string[];
    more?(node: ProtobufWriter): void;
  };
  /** Functions of the domain "own": name, and the operators that it calls one after the other. */
  readonly functions?: readonly (readonly [string, readonly string[]])[];
}

const FLOAT = 1;
const INT64 = 7;

/** Y = X · W of three numbers, with whatever should be odd about it. W is float[3, 1]; "huge" is a constant shape. */
export function onnx(change: HandMade): Uint8Array {
  const graph = (proto: ProtobufWriter): void => {
    proto.message(7, (graph) => {
      writeNode(graph, change.node ?? {});
      graph.text(2, 'g');
      graph.message(5, (tensor) => writeTensor(tensor, change.tensor ?? {}));
      graph.message(5, (tensor) => {
        tensor.integer(1, 2);
        tensor.integer(2, INT64);
        tensor.text(8, 'huge');
        tensor.integer(7, 1_000_000);
        tensor.integer(7, 1_000_000);
      });
      writePort(graph, 11, 'X', change.input ?? ['n', 3]);
      writePort(graph, 12, 'Y', ['n', 1]);
    });
  };
  return writeProtobuf((proto) => {
    proto.integer(1, change.ir ?? 8);
    proto.text(2, 'by hand');
    graph(proto);
    if (change.again) graph(proto);
    proto.message(8, (opset) => opset.integer(2, change.opset ?? 17));
    if (change.functions)
      proto.message(8, (opset) => {
        opset.text(1, 'own');
        opset.integer(2, 1);
      });
    for (const [name, calls] of change.functions ?? [])
      proto.message(25, (body) => {
        body.text(1, name);
        body.text(4, 'v0');
        body.text(5, `v${calls.length}`);
        for (const [k, op] of calls.entries())
          body.message(7, (node) => {
            node.text(1, `v${k}`);
            node.text(2, `v${k + 1}`);
            node.text(4, op);
            if (!/^(Neg|Abs)$/.test(op)) node.text(7, 'own');
          });
        body.message(9, (opset) => opset.integer(2, 17));
        body.text(10, 'own');
      });
  });
}

function writeNode(graph: ProtobufWriter, { op, domain, inputs, outputs, more }: NonNullable<HandMade['node']>): void {
  graph.message(1, (node) => {
    for (const name of inputs ?? ['X', 'W']) node.text(1, name);
    for (const name of outputs ?? ['Y']) node.text(2, name);
    node.text(4, op ?? 'MatMul');
    if (domain !== undefined) node.text(7, domain);
    more?.(node);
  });
}

function writeTensor(tensor: ProtobufWriter, given: NonNullable<HandMade['tensor']>): void {
  for (const length of given.shape ?? [3, 1]) tensor.integer(1, length);
  tensor.integer(2, given.type ?? FLOAT);
  if (given.segment) tensor.message(3, (segment) => segment.integer(1, 0));
  for (const value of given.floats ?? []) tensor.float(4, value);
  if (given.packed) tensor.bytes(4, given.packed);
  tensor.text(8, 'W');
  if (given.external !== undefined) {
    tensor.message(13, (entry) => {
      entry.text(1, 'location');
      entry.text(2, given.external ?? '');
    });
    if (given.flag !== false) tensor.integer(14, 1);
  } else if (given.raw !== null) tensor.bytes(9, given.raw ?? new Uint8Array(new Float32Array([1, 2, 3]).buffer));
}

function writePort(graph: ProtobufWriter, field: number, name: string, shape: readonly (number | string)[]): void {
  graph.message(field, (value) => {
    value.text(1, name);
    value.message(2, (type) =>
      type.message(1, (tensor) => {
        tensor.integer(1, FLOAT);
        tensor.message(2, (dims) => {
          for (const one of shape)
            dims.message(1, (dim) => (typeof one === 'number' ? dim.integer(1, one) : dim.text(2, one)));
        });
      }),
    );
  });
}
