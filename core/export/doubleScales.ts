import type { OnnxNode, OnnxTensor } from '#core/export/onnxModel.ts';

/**
 * Keeps a graph in double precision under ONNX Runtime, whose optimiser merges a multiplication (or division) by one
 * constant with the matrix product beside it and keeps that factor in single precision: 1e-8 instead of 1e-16. Where
 * this would happen, the factor is written once for each column, which the optimiser leaves alone, or, behind a
 * product with one column, into the matrix.
 * (Known of MatMulScaleFusion in ONNX Runtime 1.12 to 1.23; a factor that is exact in single precision is left as it is.)
 */
export function doubleScales(
  nodes: readonly OnnxNode[],
  constants: ReadonlyMap<string, OnnxTensor>,
  constant: (data: Float64Array, shape: readonly number[]) => string,
): OnnxNode[] {
  const producer = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const out = new Map(nodes.map((node) => [node, node]));
  const matrixOf = (node: OnnxNode | undefined): OnnxTensor | null => {
    const tensor = node?.op === 'MatMul' && node.domain === '' ? constants.get(node.inputs[1] ?? '') : undefined;
    return tensor?.type === 'double' && tensor.shape.length === 2 ? tensor : null;
  };
  const spread = (node: OnnxNode, { at, factor }: Scale, cols: number): OnnxNode => ({
    ...node,
    inputs: node.inputs.map((name, k) => (k === at ? constant(new Float64Array(cols).fill(factor), [1, cols]) : name)),
  });

  for (const node of nodes) {
    // Before a product: (x · c) B.
    const matrix = matrixOf(node);
    const before = producer.get(node.inputs[0] ?? '');
    const scale = matrix && before && scaleOf(before, constants);
    if (matrix && before && scale) out.set(before, spread(before, scale, matrix.shape[0] ?? 0));
    // Behind it: (x B) · c.
    const behind = scaleOf(node, constants);
    if (behind === null) continue;
    const product = producer.get(node.inputs[1 - behind.at] ?? '');
    const scaled = matrixOf(product);
    if (product === undefined || scaled?.type !== 'double') continue;
    const cols = scaled.shape[1] ?? 0;
    if (cols > 1) out.set(node, spread(node, behind, cols));
    else {
      const data = scaled.data.map((value) => (node.op === 'Mul' ? value * behind.factor : value / behind.factor));
      out.set(node, {
        ...product,
        name: node.name,
        inputs: [product.inputs[0] ?? '', constant(data, scaled.shape)],
        outputs: node.outputs,
      });
    }
  }
  const rewritten = nodes.map((node) => out.get(node) ?? node);
  const read = new Set(rewritten.flatMap(({ inputs }) => inputs));
  // A product whose only reader took its factor is not needed any more.
  return rewritten.filter((node) => node.op !== 'MatMul' || node.outputs.some((output) => read.has(output)));
}

interface Scale {
  /** Which input is the constant. */
  readonly at: number;
  readonly factor: number;
}

/** A multiplication or division by one number that single precision cannot hold. */
function scaleOf(node: OnnxNode, constants: ReadonlyMap<string, OnnxTensor>): Scale | null {
  if (node.domain !== '' || (node.op !== 'Mul' && node.op !== 'Div')) return null;
  const at = node.inputs.findIndex((name, k) => {
    const tensor = constants.get(name);
    return tensor?.type === 'double' && tensor.data.length === 1 && (k === 1 || node.op === 'Mul');
  });
  const tensor = constants.get(node.inputs[at] ?? '');
  const factor = tensor?.data[0];
  if (factor === undefined) return null;
  const applied = node.op === 'Mul' ? factor : 1 / factor;
  return Math.fround(applied) === applied ? null : { at, factor };
}
