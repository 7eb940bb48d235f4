import type { Axis } from '#core/data/axis.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { requireChannels } from '#core/transforms/reduce/requireChannels.ts';

/** The state of every operator that keeps some channels: their numbers, ascending, of `channels` at its place. */
export type SelectedColumns = Readonly<{ columns: Int32Array; channels: number }>;

/** Keeps the channels for which `keeps` holds. */
export const columnsWhere = (channels: number, keeps: (column: number) => boolean): SelectedColumns => ({
  columns: Int32Array.from(Array.from({ length: channels }, (_, j) => j).filter(keeps)),
  channels,
});

/** Applies and exports a choice of channels. `operator` names it in errors. */
export const selectedColumns = (operator: string) => ({
  apply(x: Matrix, { columns, channels }: SelectedColumns): Matrix {
    requireChannels(operator, x.cols, channels);
    return mapRows(x, columns.length, (spectrum, out) => {
      for (let k = 0; k < columns.length; k++) out[k] = spectrum[columns[k]];
    });
  },

  outputAxis: (axis: Axis, { columns }: SelectedColumns): Axis => ({
    values: Float64Array.from(columns, (j) => axis.values[j]),
    unit: axis.unit,
  }),

  onnx: (graph: OnnxGraph, input: OnnxValue, { columns }: SelectedColumns): OnnxValue => ({
    name: graph.node('Gather', [input.name, graph.integers([...columns])], { axis: 1 }),
    cols: columns.length,
  }),
});
