import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';

/**
 * The state of every column scaler: column j becomes (x − shift[j]) / scale[j] + base. One form, so that each scaler
 * is applied, inverted and exported by the same code.
 */
export type AffineColumns = Readonly<{ shift: Float64Array; scale: Float64Array; base: number }>;

/** Applies, inverts and exports an affine column scaling. `operator` names the scaler in errors. */
export const affineColumns = (operator: string) => ({
  apply(x: Matrix, state: AffineColumns): Matrix {
    requireColumns(operator, x.cols, state);
    const { shift, scale, base } = state;
    return throughKernels(x, { held: [shift, scale] }, ({ kernels, block, cols, held: [shiftAt, scaleAt] }, rows) => {
      kernels.standardiseRows(block, rows, cols, shiftAt, scaleAt, base);
    });
  },

  invert(y: Matrix, state: AffineColumns): Matrix {
    requireColumns(operator, y.cols, state);
    const { shift, scale, base } = state;
    const out = zeros(y.rows, y.cols);
    for (let i = 0, at = 0; i < y.rows; i++)
      for (let j = 0; j < y.cols; j++, at++) out.data[at] = (y.data[at] - base) * scale[j] + shift[j];
    return out;
  },

  onnx(graph: OnnxGraph, input: OnnxValue, { shift, scale, base }: AffineColumns): OnnxValue {
    const shape = [1, input.cols];
    const shifted = graph.node('Sub', [input.name, graph.constant(shift, shape)]);
    const scaled = graph.node('Div', [shifted, graph.constant(scale, shape)]);
    const name = base === 0 ? scaled : graph.node('Add', [scaled, graph.constant(Float64Array.of(base), [])]);
    return { name, cols: input.cols };
  },

  onnxInvert(graph: OnnxGraph, input: OnnxValue, { shift, scale, base }: AffineColumns): OnnxValue {
    const shape = [1, input.cols];
    const based = base === 0 ? input.name : graph.node('Sub', [input.name, graph.constant(Float64Array.of(base), [])]);
    const unscaled = graph.node('Mul', [based, graph.constant(scale, shape)]);
    return { name: graph.node('Add', [unscaled, graph.constant(shift, shape)]), cols: input.cols };
  },
});

function requireColumns(operator: string, found: number, { shift }: AffineColumns): void {
  if (found !== shift.length)
    throw new EngineError('numerics.shape', {
      what: operator,
      expected: `${shift.length} columns, as in training`,
      found: String(found),
    });
}
