import { indexAxis, type Axis } from '#core/data/axis.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { requireChannels } from '#core/transforms/reduce/requireChannels.ts';

/** The state of every projection: (x − shift) W with W of p × outputs, row by row in `weights`. */
export type Projection = Readonly<{ shift: Float64Array; weights: Float64Array; outputs: number }>;

/** W from its columns, each divided by its scale. */
export function projectionOf(
  shift: Float64Array,
  columns: readonly Float64Array[],
  scale: (column: number) => number = () => 1,
): Projection {
  const outputs = columns.length;
  const weights = new Float64Array(shift.length * outputs);
  columns.forEach((column, k) => {
    for (let j = 0; j < shift.length; j++) weights[j * outputs + k] = column[j] / scale(k);
  });
  return { shift, weights, outputs };
}

/** Applies and exports a projection on components. `operator` names it in errors. */
export const projection = (operator: string) => ({
  apply(x: Matrix, { shift, weights, outputs }: Projection): Matrix {
    requireChannels(operator, x.cols, shift.length);
    return mapRows(x, outputs, (spectrum, out) => {
      for (let j = 0, at = 0; j < shift.length; j++) {
        const value = spectrum[j] - shift[j];
        for (let k = 0; k < outputs; k++, at++) out[k] += value * weights[at];
      }
    });
  },

  outputAxis: (_: Axis, { outputs }: Projection): Axis => indexAxis(outputs),

  onnx(graph: OnnxGraph, input: OnnxValue, { shift, weights, outputs }: Projection): OnnxValue {
    const shifted = graph.node('Sub', [input.name, graph.constant(shift, [1, shift.length])]);
    const name = graph.node('MatMul', [shifted, graph.constant(weights, [shift.length, outputs])]);
    return { name, cols: outputs };
  },
});
