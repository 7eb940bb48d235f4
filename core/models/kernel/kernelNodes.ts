import type { OnnxGraph } from '#core/data/onnxGraph.ts';
import { usesDistance, type KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { dot } from '#core/numerics/dot.ts';

/** Names of values in a graph. */
export interface KernelNodes {
  /** n × m: the kernel of every row with every vector. */
  readonly values: string;
  /** n × 1: √max(k(x, x), smallest), for kernels of products. */
  selfSize(smallest: number): string;
}

/**
 * Writes a kernel into a graph.
 *
 * @param x name of a matrix n × p
 * @param vectors m × p, row by row
 * @param exact whether distances are taken from differences: many nodes, but no digits lost
 */
export function kernelNodes(
  graph: OnnxGraph,
  x: string,
  kernel: KernelSpec,
  vectors: Float64Array,
  p: number,
  exact: boolean,
): KernelNodes {
  const squares = (): string => rowSums(graph, graph.node('Mul', [x, x]));
  if (!usesDistance(kernel.kind))
    return {
      values: ofProduct(graph, kernel, products(graph, x, vectors, p)),
      selfSize(smallest) {
        const self = ofProduct(graph, kernel, squares());
        return graph.node('Sqrt', [graph.node('Max', [self, scalar(graph, smallest)])]);
      },
    };
  const s = graph.node('Mul', [
    exact
      ? byDifferences(graph, x, vectors, p)
      : byProducts(graph, products(graph, x, vectors, p), squares(), vectors, p),
    scalar(graph, kernel.gamma),
  ]);
  return { values: ofDistance(graph, kernel, s), selfSize: () => scalar(graph, 1) };
}

/** x·v of every row with every vector. */
function products(graph: OnnxGraph, x: string, vectors: Float64Array, p: number): string {
  const m = vectors.length / p;
  const columns = new Float64Array(vectors.length);
  for (let k = 0; k < m; k++) for (let j = 0; j < p; j++) columns[j * m + k] = vectors[k * p + j];
  return graph.node('MatMul', [x, graph.constant(columns, [p, m])]);
}

/** Squared distances as x·x − 2 x·v + v·v: one product of matrices. */
function byProducts(graph: OnnxGraph, product: string, squares: string, vectors: Float64Array, p: number): string {
  const own = Float64Array.from({ length: vectors.length / p }, (_, k) => {
    const vector = vectors.subarray(k * p, (k + 1) * p);
    return dot(vector, vector);
  });
  const twice = graph.node('Mul', [product, scalar(graph, -2)]);
  const sum = graph.node('Add', [graph.node('Add', [twice, squares]), graph.constant(own, [1, own.length])]);
  // Rounding leaves distances of equal spectra slightly below 0.
  return graph.node('Max', [sum, scalar(graph, 0)]);
}

/** Squared distances vector by vector. */
function byDifferences(graph: OnnxGraph, x: string, vectors: Float64Array, p: number): string {
  const columns = Array.from({ length: vectors.length / p }, (_, k) => {
    const difference = graph.node('Sub', [x, graph.constant(vectors.slice(k * p, (k + 1) * p), [1, p])]);
    return rowSums(graph, graph.node('Mul', [difference, difference]));
  });
  return graph.node('Concat', columns, { axis: 1 });
}

const rowSums = (graph: OnnxGraph, x: string): string =>
  graph.node('ReduceSum', [x, graph.integers([1])], { keepdims: 1 });

const scalar = (graph: OnnxGraph, value: number): string => graph.constant(Float64Array.of(value), []);

function ofProduct(graph: OnnxGraph, { kind, gamma, degree, coef0 }: KernelSpec, product: string): string {
  if (kind === 'linear') return product;
  const scaled = graph.node('Mul', [product, scalar(graph, gamma)]);
  const inner = graph.node('Add', [scaled, scalar(graph, coef0)]);
  if (kind === 'sigmoid') return graph.node('Tanh', [inner]);
  // A product chain, because a power of a negative number is not defined everywhere.
  let power = inner;
  for (let k = 1; k < degree; k++) power = graph.node('Mul', [power, inner]);
  return power;
}

function ofDistance(graph: OnnxGraph, { kind, degree }: KernelSpec, s: string): string {
  const decay = (r: string): string => graph.node('Exp', [graph.node('Mul', [r, scalar(graph, -1)])]);
  const root = (factor: number): string => graph.node('Sqrt', [graph.node('Mul', [s, scalar(graph, factor)])]);
  switch (kind) {
    case 'matern12':
      return decay(root(1));
    case 'matern32': {
      const r = root(3);
      return graph.node('Mul', [graph.node('Add', [r, scalar(graph, 1)]), decay(r)]);
    }
    case 'matern52': {
      const r = root(5);
      const third = graph.node('Mul', [graph.node('Mul', [r, r]), scalar(graph, 1 / 3)]);
      const factor = graph.node('Add', [graph.node('Add', [r, scalar(graph, 1)]), third]);
      return graph.node('Mul', [factor, decay(r)]);
    }
    case 'rational_quadratic': {
      const base = graph.node('Add', [graph.node('Mul', [s, scalar(graph, 1 / degree)]), scalar(graph, 1)]);
      return graph.node('Exp', [graph.node('Mul', [graph.node('Log', [base]), scalar(graph, -degree)])]);
    }
    default:
      return decay(s);
  }
}
