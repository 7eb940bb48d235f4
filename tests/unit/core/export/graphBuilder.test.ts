import { describe, expect, test } from 'vitest';
import { graphBuilder } from '#core/export/graphBuilder.ts';
import { encodeOnnxModel } from '#core/export/onnxModel.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { fromRows } from '#core/numerics/matrix.ts';

test('integer constants, list and negative attributes reach the runtime as meant', async () => {
  const graph = graphBuilder('spectra');
  graph.scope('1_Test');
  // The last two columns, then the first: columns are addressed from the end and on a negative axis on purpose.
  const tail = graph.node('Slice', ['spectra', graph.integers([-2]), graph.integers([2 ** 31]), graph.integers([-1])]);
  const head = graph.node('Gather', ['spectra', graph.integers([0])], { axis: 1 });
  const joined = graph.node('Concat', [tail, head], { axis: -1 });
  const turned = graph.node('Transpose', [graph.node('Transpose', [joined], { perm: [1, 0] })], { perm: [1, 0] });
  graph.output(turned, 'prediction');
  const bytes = encodeOnnxModel({
    name: 'test',
    producerVersion: '0',
    description: '',
    input: { name: 'spectra', cols: 3 },
    outputs: [{ name: 'prediction', type: 'double', cols: 3 }],
    ...graph.finished(),
    metadata: {},
  });
  const session = await onnxRuntimeNode.load(bytes, 'test.onnx');
  const [out] = await session.run(fromRows([[1, 2, 3], [4, 5, 6]])); // prettier-ignore
  await session.close();
  expect(out).toEqual(Float64Array.of(2, 3, 1, 5, 6, 4));
});

describe('constants', () => {
  test('equal ones share a name; another shape, type or sign of zero does not', () => {
    const graph = graphBuilder('x');
    const first = graph.constant(Float64Array.of(1, 0), [2]);
    expect(graph.constant(Float64Array.of(1, 0), [2])).toBe(first);
    const others = [
      graph.constant(Float64Array.of(1, 0), [1, 2]),
      graph.constant(Float64Array.of(1, -0), [2]),
      graph.integers([1, 0]),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
    for (const name of [first, ...others]) graph.node('Identity', [name]);
    expect(graph.finished().constants).toHaveLength(4);
  });

  test('a wrong length and an unknown input are faults of the operator', () => {
    const graph = graphBuilder('x');
    expect(() => graph.constant(Float64Array.of(1, 2), [3])).toThrow('has 2 values');
    expect(() => graph.node('Add', ['x', 'nobody'])).toThrow('which nothing has written');
  });
});

describe('nodes', () => {
  test('that compute the same from the same are written once; other inputs, attributes or order are not the same', () => {
    const graph = graphBuilder('x');
    graph.scope('first');
    const sum = graph.node('ReduceSum', ['x'], { keepdims: 1 });
    const [top = '', at = ''] = graph.nodes('TopK', ['x', graph.integers([1])], 2, { axis: 1 });
    graph.scope('second');
    expect(graph.node('ReduceSum', ['x'], { keepdims: 1 })).toBe(sum);
    expect(graph.nodes('TopK', ['x', graph.integers([1])], 2, { axis: 1 })).toEqual([top, at]);
    const others = [
      graph.node('ReduceSum', ['x'], { keepdims: 0 }),
      graph.node('ReduceSum', ['x']),
      graph.node('ReduceMean', ['x'], { keepdims: 1 }),
      graph.node('Sub', [sum, 'x']),
      graph.node('Sub', ['x', sum]),
      graph.node('Trees', ['x'], { splits: { floats: [1, 0] } }),
      graph.node('Trees', ['x'], { splits: { floats: [1, -0] } }),
      graph.node('Trees', ['x'], { splits: { floats: [1, 0, 0] } }),
      graph.node('Trees', ['x'], { splits: { doubles: Float64Array.of(1, NaN), shape: [2] } }),
    ];
    expect(graph.node('Trees', ['x'], { splits: { doubles: Float64Array.of(1, NaN), shape: [2] } })).toBe(
      others.at(-1),
    );
    expect(new Set([sum, ...others]).size).toBe(10);
    expect(graph.finished().nodes).toHaveLength(11);
  });

  test('a scope that comes again goes on counting', () => {
    const graph = graphBuilder('x');
    const names = ['Sin', 'Cos', 'Sin'].map((op, k) => {
      graph.scope('model');
      return graph.node(op, ['x'], { k });
    });
    expect(names).toEqual(['model/Sin_0', 'model/Cos_1', 'model/Sin_2']);
  });
});
