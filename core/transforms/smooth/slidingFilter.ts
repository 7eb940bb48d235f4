import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { edgeIndex, type EdgeMode } from '#core/numerics/edgeIndex.ts';
import { foldWindow } from '#core/numerics/foldWindow.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';

/**
 * Applies and exports one or more weighted moving windows, one after the other. Every window has an odd number of
 * weights, symmetric or antisymmetric; weight j belongs to the channel j − half away. Beyond the ends the spectrum goes on as `mode` says.
 */
export const slidingFilter = (windows: readonly Float64Array[], mode: Exclude<EdgeMode, 'constant'>) => ({
  apply(x: Matrix): Matrix {
    const steps = windows.map((window) => {
      const { weights, sign } = foldWindow(window);
      const half = weights.length - 1;
      return { weights, sign, half, places: placesBeyond(x.cols, half, mode) };
    });
    const held = steps.flatMap(({ weights, places }) => [weights, places]);
    const scratch = x.cols + 2 * Math.max(0, ...steps.map(({ half }) => half));
    return throughKernels(x, { held, scratch }, ({ kernels, block, cols, ...room }, rows) => {
      steps.forEach(({ sign, half }, k) => {
        kernels.filterRows(block, rows, cols, room.held[2 * k], half, sign, room.held[2 * k + 1], room.scratch);
      });
    });
  },

  onnx(graph: OnnxGraph, input: OnnxValue): OnnxValue {
    const name = windows.reduce((from, weights) => {
      const half = (weights.length - 1) / 2;
      const places = extendedPlaces(input.cols, half, mode);
      const extended = graph.node('Gather', [from, graph.integers(Array.from(places))], { axis: 1 });
      return slidingSum(graph, { name: extended, cols: places.length }, weights);
    }, input.name);
    return { name, cols: input.cols };
  },
});

/** Channels that stand for the places before the first, then for those after the last one. */
const placesBeyond = (n: number, half: number, mode: EdgeMode): Float64Array =>
  Float64Array.from({ length: 2 * half }, (_, k) => edgeIndex(k < half ? k - half : n + k - half, n, mode));

/** Channels that stand for the places −half … n − 1 + half. */
export const extendedPlaces = (n: number, half: number, mode: EdgeMode): Int32Array =>
  Int32Array.from({ length: n + 2 * half }, (_, j) => edgeIndex(j - half, n, mode));

/** ONNX Runtime has no convolution in double precision, so a moving window is a sum of shifted slices. */
export function slidingSum(graph: OnnxGraph, input: OnnxValue, weights: Float64Array): string {
  const count = input.cols - weights.length + 1;
  const terms = Array.from(weights, (weight, k) => ({ weight, k })).filter(({ weight }) => weight !== 0);
  return terms
    .map(({ weight, k }) =>
      graph.node('Mul', [shifted(graph, input.name, k, count), graph.constant(Float64Array.of(weight), [])]),
    )
    .reduce((sum, term) => graph.node('Add', [sum, term]));
}

/** Columns start … start + count − 1. */
export const shifted = (graph: OnnxGraph, name: string, start: number, count: number): string =>
  graph.node('Slice', [name, graph.integers([start]), graph.integers([start + count]), graph.integers([1])]);
