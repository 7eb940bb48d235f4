import { describe, expect, test } from 'vitest';
import { graphBuilder, type GraphBuilder } from '#core/export/graphBuilder.ts';
import { encodeOnnxModel } from '#core/export/onnxModel.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { fromRows } from '#core/numerics/matrix.ts';

const x = fromRows([[1.1, 2.3, 3.7], [0.2, 5.5, -1.25]]); // prettier-ignore
const B = [0.3, -0.7, 0.11, 0.9, 0.123, 0.77];

async function run(write: (graph: GraphBuilder) => string, cols: number) {
  const graph = graphBuilder('spectra');
  graph.scope('1_Test');
  graph.output(write(graph), 'prediction');
  const finished = graph.finished();
  const bytes = encodeOnnxModel({
    name: 'test',
    producerVersion: '0',
    description: '',
    input: { name: 'spectra', cols: 3 },
    outputs: [{ name: 'prediction', type: 'double', cols }],
    ...finished,
    metadata: {},
  });
  const session = await onnxRuntimeNode.load(bytes, 'test.onnx');
  const [out = new Float64Array()] = await session.run(x);
  await session.close();
  return { out, nodes: finished.nodes };
}
const product = (cols: number, factor: number): number[] =>
  [0, 1].flatMap((i) =>
    Array.from({ length: cols }, (_, k) =>
      [0, 1, 2].reduce((sum, j) => sum + factor * (x.data[3 * i + j] ?? NaN) * (B[j * cols + k] ?? NaN), 0),
    ),
  );
const one = (graph: GraphBuilder, value: number) => graph.constant(Float64Array.of(value), []);
const matrixOf = (graph: GraphBuilder, cols: number) =>
  graph.constant(Float64Array.from(B.slice(0, 3 * cols)), [3, cols]);

describe('a factor beside a matrix product stays in double precision', () => {
  test.each([
    ['before it', 2, (g: GraphBuilder) => g.node('MatMul', [g.node('Mul', ['spectra', one(g, 0.01)]), matrixOf(g, 2)])],
    ['behind it', 2, (g: GraphBuilder) => g.node('Div', [g.node('MatMul', ['spectra', matrixOf(g, 2)]), one(g, 100)])],
    [
      'behind one column',
      1,
      (g: GraphBuilder) => g.node('Mul', [one(g, 0.01), g.node('MatMul', ['spectra', matrixOf(g, 1)])]),
    ],
  ])('%s', async (_, cols, write) => {
    const { out } = await run(write, cols);
    product(cols, 0.01).forEach((value, k) => expect(Math.abs((out[k] ?? NaN) / value - 1)).toBeLessThan(1e-14));
  });

  test('a product that is read elsewhere too stays', async () => {
    const { out, nodes } = await run((g) => {
      const y = g.node('MatMul', ['spectra', matrixOf(g, 1)]);
      return g.node('Add', [y, g.node('Mul', [y, one(g, 0.01)])]);
    }, 1);
    expect(nodes.filter(({ op }) => op === 'MatMul')).toHaveLength(2);
    product(1, 1.01).forEach((value, k) => expect(Math.abs((out[k] ?? NaN) / value - 1)).toBeLessThan(1e-14));
  });
});

test('a factor that single precision holds, or that stands alone, is left as it is', async () => {
  const halves = await run((g) => g.node('MatMul', [g.node('Mul', ['spectra', one(g, 0.5)]), matrixOf(g, 2)]), 2);
  expect(halves.nodes.map(({ op }) => op)).toEqual(['Mul', 'MatMul', 'Identity']);
  const alone = await run((g) => g.node('Mul', ['spectra', one(g, 0.01)]), 3);
  expect(alone.nodes.map(({ op }) => op)).toEqual(['Mul', 'Identity']);
  alone.out.forEach((value, k) => expect(value).toBe((x.data[k] ?? NaN) * 0.01));
});
