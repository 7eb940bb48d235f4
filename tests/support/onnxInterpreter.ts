import type { OnnxAttribute, OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';

interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** The graph needs an operator of ONNX that the interpreter does not know; the real runtime is asked elsewhere. */
export class UnknownOnnxOperator extends Error {
  constructor(op: string) {
    super(`The interpreter does not know the operator ${op}.`);
  }
}

/**
 * What a graph computes for n × p spectra, or null where it uses an operator that the interpreter does not know.
 * `tests/unit/core/export/everyOperator.test.ts` runs every graph in the real runtime.
 */
export function interpretOnnx(x: Matrix, write: (graph: OnnxGraph, input: OnnxValue) => OnnxValue): Matrix | null {
  const { graph, input, result } = onnxInterpreter(x);
  try {
    return result(write(graph, input));
  } catch (error) {
    if (error instanceof UnknownOnnxOperator) return null;
    throw error;
  }
}

/**
 * Evaluates a graph while it is written, in double precision, following the ONNX operator definitions (opset 17).
 * It knows the operators on matrices that the catalog uses most, and throws UnknownOnnxOperator for every other one.
 */
export function onnxInterpreter(input: Matrix): {
  graph: OnnxGraph;
  input: OnnxValue;
  /** The value of an output, as a matrix of the columns that it claims. */
  readonly result: (value: OnnxValue) => Matrix;
} {
  const tensors = new Map<string, Tensor>([['input', { shape: [input.rows, input.cols], data: input.data }]]);
  const add = (tensor: Tensor): string => {
    const name = `t${tensors.size}`;
    tensors.set(name, tensor);
    return name;
  };
  const read = (name: string): Tensor => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`The graph reads "${name}" before it is written.`);
    return tensor;
  };
  const graph: OnnxGraph = {
    constant: (data, shape) => {
      if (shape.reduce((a, b) => a * b, 1) !== data.length)
        throw new Error(`A constant of shape [${shape.join()}] has ${data.length} values.`);
      return add({ shape, data });
    },
    integers: (data) => add({ shape: [data.length], data: Float64Array.from(data) }),
    node: (op, inputs, attributes = {}, domain = '') => {
      if (domain !== '') throw new UnknownOnnxOperator(`${domain}.${op}`);
      return add(evaluate(op, inputs.map(read), attributes));
    },
    nodes: (op) => {
      throw new UnknownOnnxOperator(op);
    },
  };
  return {
    graph,
    input: { name: 'input', cols: input.cols },
    result: ({ name, cols }) => {
      const { shape, data } = read(name);
      if (shape.length !== 2 || shape[1] !== cols)
        throw new Error(`The output claims ${cols} columns but has shape [${shape.join()}].`);
      return matrix(shape[0] ?? 0, cols, data);
    },
  };
}

type Attributes = Readonly<Record<string, OnnxAttribute>>;

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  Sqrt: Math.sqrt,
  Abs: Math.abs,
  Exp: Math.exp,
  Log: Math.log,
  Neg: (x) => -x,
  Sign: Math.sign,
  Tanh: Math.tanh,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Reciprocal: (x) => 1 / x,
  Floor: Math.floor,
  Not: (x) => (x === 0 ? 1 : 0),
  Identity: (x) => x,
};
const BINARY: Readonly<Record<string, (x: number, y: number) => number>> = {
  Add: (x, y) => x + y,
  Sub: (x, y) => x - y,
  Mul: (x, y) => x * y,
  Div: (x, y) => x / y,
  Pow: (x, y) => x ** y,
  Max: Math.max,
  Min: Math.min,
  Greater: (x, y) => Number(x > y),
  GreaterOrEqual: (x, y) => Number(x >= y),
  Less: (x, y) => Number(x < y),
  LessOrEqual: (x, y) => Number(x <= y),
  Equal: (x, y) => Number(x === y),
  And: (x, y) => Number(x !== 0 && y !== 0),
  Or: (x, y) => Number(x !== 0 || y !== 0),
};

function evaluate(op: string, inputs: readonly Tensor[], attributes: Attributes): Tensor {
  const [a, b, ...rest] = inputs;
  if (!a) throw new Error(`${op} has no input.`);
  const unary = UNARY[op];
  if (unary) return { shape: a.shape, data: a.data.map(unary) };
  const binary = BINARY[op];
  if (binary) {
    if (rest.length > 0) throw new UnknownOnnxOperator(`${op} of ${inputs.length} inputs`);
    // One input is allowed for Max and Min.
    return b || !['Max', 'Min'].includes(op) ? broadcast(a, second(op, b), binary) : a;
  }
  switch (op) {
    case 'Cast': // between doubles, integers and truth values of this size nothing changes
      return a;
    case 'Where': {
      const [no] = rest;
      if (!no) throw new Error('Where needs three inputs.');
      const yes = broadcast(a, second(op, b), (_, y) => y);
      const both = broadcast(yes, no, (_, n) => n);
      const condition = broadcast(a, both, (c) => c);
      const wanted = broadcast(yes, both, (y) => y);
      return {
        shape: both.shape,
        data: both.data.map((n, k) => (condition.data[k] === 0 ? n : (wanted.data[k] ?? NaN))),
      };
    }
    case 'Sum':
      return inputs.reduce((sum, next) => broadcast(sum, next, (x, y) => x + y));
    case 'Softmax': {
      if (attributes['axis'] !== 1 && attributes['axis'] !== -1) throw new UnknownOnnxOperator('Softmax along rows');
      const powers = broadcast(a, reduceRows(a, Math.max, -Infinity), (x, top) => Math.exp(x - top));
      return broadcast(
        powers,
        reduceRows(powers, (x, y) => x + y, 0),
        (x, y) => x / y,
      );
    }
    case 'Gather': {
      if (attributes['axis'] !== 1) throw new UnknownOnnxOperator('Gather of rows');
      return concatenate(Array.from(second(op, b).data, (j) => columns(a, j, j + 1)));
    }
    case 'ReduceSum':
      if (second(op, b).data.join() !== '1') throw new Error('ReduceSum takes its axes as a second input: [1].');
      return reduceRows(a, (x, y) => x + y, 0);
    case 'ReduceMean': {
      if (JSON.stringify(attributes['axes']) !== '[1]')
        throw new Error('ReduceMean takes its axes as an attribute: [1].');
      const sums = reduceRows(a, (x, y) => x + y, 0);
      return { shape: sums.shape, data: sums.data.map((value) => value / (a.shape[1] ?? 0)) };
    }
    case 'ReduceMax':
      if (JSON.stringify(attributes['axes']) !== '[1]')
        throw new Error('ReduceMax takes its axes as an attribute: [1].');
      return reduceRows(a, Math.max, -Infinity);
    case 'ReduceMin':
      if (JSON.stringify(attributes['axes']) !== '[1]')
        throw new Error('ReduceMin takes its axes as an attribute: [1].');
      return reduceRows(a, Math.min, Infinity);
    case 'MatMul':
      return multiply(a, second(op, b));
    case 'Slice': {
      const [end, axes] = rest;
      if (axes?.data.join() !== '1') throw new Error('Slice must name axis 1.');
      return columns(a, second(op, b).data[0] ?? 0, end?.data[0] ?? 0);
    }
    case 'Concat':
      if (attributes['axis'] !== 1) throw new Error('Concat must name axis 1.');
      return concatenate(inputs);
    default:
      throw new UnknownOnnxOperator(op);
  }
}

function second(op: string, tensor: Tensor | undefined): Tensor {
  if (!tensor) throw new Error(`${op} needs two inputs.`);
  return tensor;
}

const size = ({ shape }: Tensor): [number, number] => [shape.at(-2) ?? 1, shape.at(-1) ?? 1];

function broadcast(a: Tensor, b: Tensor, f: (x: number, y: number) => number): Tensor {
  const [ar, ac] = size(a);
  const [br, bc] = size(b);
  // A dimension of 1 stretches, also to 0.
  const rows = ar === 1 ? br : ar;
  const cols = ac === 1 ? bc : ac;
  if ((br !== 1 && br !== rows) || (bc !== 1 && bc !== cols))
    throw new Error(`[${a.shape.join()}] and [${b.shape.join()}] do not fit.`);
  const at = (t: Tensor, r: number, c: number, i: number, j: number): number =>
    t.data[(r === 1 ? 0 : i) * c + (c === 1 ? 0 : j)] ?? NaN;
  const data = Float64Array.from({ length: rows * cols }, (_, k) => {
    const i = Math.floor(k / cols);
    const j = k % cols;
    return f(at(a, ar, ac, i, j), at(b, br, bc, i, j));
  });
  return { shape: [rows, cols], data };
}

function reduceRows(a: Tensor, f: (x: number, y: number) => number, start: number): Tensor {
  const [rows, cols] = size(a);
  const data = Float64Array.from({ length: rows }, (_, i) =>
    a.data.subarray(i * cols, (i + 1) * cols).reduce((sum, value) => f(sum, value), start),
  );
  return { shape: [rows, 1], data };
}

function multiply(a: Tensor, b: Tensor): Tensor {
  const [rows, inner] = size(a);
  const [same, cols] = size(b);
  if (inner !== same) throw new Error(`MatMul of [${a.shape.join()}] and [${b.shape.join()}].`);
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += (a.data[i * inner + k] ?? NaN) * (b.data[k * cols + j] ?? NaN);
      data[i * cols + j] = sum;
    }
  return { shape: [rows, cols], data };
}

function columns(a: Tensor, start: number, end: number): Tensor {
  const [rows, cols] = size(a);
  const parts = Array.from({ length: rows }, (_, i) => [...a.data.subarray(i * cols + start, i * cols + end)]);
  return { shape: [rows, end - start], data: Float64Array.from(parts.flat()) };
}

function concatenate(parts: readonly Tensor[]): Tensor {
  const rows = size(parts[0] ?? { shape: [], data: new Float64Array(0) })[0];
  const width = parts.reduce((sum, part) => sum + size(part)[1], 0);
  const data = Array.from({ length: rows }, (_, i) =>
    parts.flatMap((part) => [...part.data.subarray(i * size(part)[1], (i + 1) * size(part)[1])]),
  );
  return { shape: [rows, width], data: Float64Array.from(data.flat()) };
}
