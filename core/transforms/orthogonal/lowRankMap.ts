import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { requireChannels } from '#core/transforms/reduce/requireChannels.ts';

/**
 * The state of corrections that are linear in the spectrum: x becomes (x or nothing) + base + (x − shift) L R, with L of
 * p × rank and R of rank × p, row by row. Factors instead of one p × p matrix keep states small.
 */
export type LowRankMap = Readonly<{
  /** Whether x itself stays in the sum. */
  keep: boolean;
  shift: Float64Array;
  left: Float64Array;
  right: Float64Array;
  rank: number;
  base: Float64Array;
}>;

/** L and R from the columns of L and the rows of R; without shift and base unless given. */
export function lowRankMapOf(
  channels: number,
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  options: Partial<Pick<LowRankMap, 'keep' | 'shift' | 'base'>> = {},
): LowRankMap {
  const rank = left.length;
  const columns = new Float64Array(channels * rank);
  const rows = new Float64Array(rank * channels);
  for (let k = 0; k < rank; k++) {
    for (let j = 0; j < channels; j++) columns[j * rank + k] = left[k][j];
    rows.set(right[k], k * channels);
  }
  return {
    keep: options.keep ?? true,
    shift: options.shift ?? new Float64Array(channels),
    left: columns,
    right: rows,
    rank,
    base: options.base ?? new Float64Array(channels),
  };
}

/** Applies the map to the rows for which `corrects` holds and copies the others. `operator` names it in errors. */
export function applyLowRankMap(
  operator: string,
  x: Matrix,
  { keep, shift, left, right, rank, base }: LowRankMap,
  corrects: (row: number) => boolean = () => true,
): Matrix {
  requireChannels(operator, x.cols, shift.length);
  const scores = new Float64Array(rank);
  return mapRows(x, x.cols, (spectrum, out, row) => {
    if (!corrects(row)) {
      out.set(spectrum);
      return;
    }
    scores.fill(0);
    for (let j = 0, at = 0; j < spectrum.length; j++) {
      const value = spectrum[j] - shift[j];
      for (let k = 0; k < rank; k++, at++) scores[k] += value * left[at];
    }
    for (let k = 0, at = 0; k < rank; k++) for (let j = 0; j < out.length; j++, at++) out[j] += scores[k] * right[at];
    for (let j = 0; j < out.length; j++) out[j] += keep ? spectrum[j] + base[j] : base[j];
  });
}

export function lowRankMapGraph(graph: OnnxGraph, input: OnnxValue, map: LowRankMap): OnnxValue {
  const p = input.cols;
  const shifted = graph.node('Sub', [input.name, graph.constant(map.shift, [1, p])]);
  const scores = graph.node('MatMul', [shifted, graph.constant(map.left, [p, map.rank])]);
  const change = graph.node('MatMul', [scores, graph.constant(map.right, [map.rank, p])]);
  const based = graph.node('Add', [change, graph.constant(map.base, [1, p])]);
  return { name: map.keep ? graph.node('Add', [input.name, based]) : based, cols: p };
}

/** `apply` and `onnx` of a transform whose state is such a map. */
export const lowRankTransform = (operator: string) => ({
  apply: (x: Matrix, state: LowRankMap): Matrix => applyLowRankMap(operator, x, state),
  onnx: lowRankMapGraph,
});
