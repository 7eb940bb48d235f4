import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { joined } from '#core/numerics/joined.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { orthonormalPolynomials } from '#core/numerics/orthonormalPolynomials.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';

/** Each spectrum minus its least squares polynomial over the channels, applied and exported. */
export const polynomialResidual = (operator: string, parameter: string, order: number) => ({
  apply(x: Matrix): Matrix {
    const basis = polynomialBasis(operator, parameter, x.cols, order);
    // One polynomial after the other on what is left: more accurate than all at once.
    return throughKernels(x, { held: [joined(basis)] }, ({ kernels, block, cols, held: [at] }, rows) => {
      kernels.projectRows(block, rows, cols, at, basis.length);
    });
  },

  onnx(graph: OnnxGraph, input: OnnxValue): OnnxValue {
    let { name } = input;
    for (const polynomial of polynomialBasis(operator, parameter, input.cols, order)) {
      const along = graph.node('MatMul', [name, graph.constant(polynomial, [input.cols, 1])]);
      name = graph.node('Sub', [name, graph.node('Mul', [along, graph.constant(polynomial, [1, input.cols])])]);
    }
    return { name, cols: input.cols };
  },
});

/** Polynomials of degree 0 … order, orthonormal over the channels. Throws when there are too few channels. */
export function polynomialBasis(
  operator: string,
  parameter: string,
  channels: number,
  order: number,
): readonly Float64Array[] {
  if (channels <= order)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter,
      problem: `is ${order}, but the spectra have only ${channels} channels. Choose a lower order.`,
    });
  return orthonormalPolynomials(channels, order).values;
}
