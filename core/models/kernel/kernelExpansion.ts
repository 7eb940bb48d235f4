import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { LinearForm } from '#core/data/operator.ts';
import { kernelNodes } from '#core/models/kernel/kernelNodes.ts';
import { kernelValue, usesDistance, type KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

/** The state of every kernel model: ŷ = b + Σ wᵢ k(x − c, vᵢ), with normalised kernels over √k(x, x). */
export interface KernelState extends Readonly<Record<string, Float64Array | number | boolean | KernelSpec>> {
  readonly kernel: KernelSpec;
  /** c, length p: the mean of the training spectra for kernels of the distance, else zeros. */
  readonly centre: Float64Array;
  /** m × p, row by row, with the centre taken off. */
  readonly vectors: Float64Array;
  /** Length m. */
  readonly weights: Float64Array;
  readonly intercept: number;
  readonly normalised: boolean;
}

/**
 * Where a kernel of this kind puts its origin. Distances do not depend on it, and near the origin the ONNX form, which
 * gets distances from products, keeps its digits.
 */
export const kernelCentre = ({ kind }: KernelSpec, x: Matrix): Float64Array =>
  usesDistance(kind) ? columnMeans(x) : new Float64Array(x.cols);

/** Puts a state together from training spectra; those whose weight is 0 are left out. */
export function kernelState(
  kernel: KernelSpec,
  x: Matrix,
  weights: Float64Array,
  intercept: number,
  normalised = false,
): KernelState {
  const centre = kernelCentre(kernel, x);
  const kept = [...weights.keys()].filter((i) => weights[i] !== 0);
  const vectors = new Float64Array(kept.length * x.cols);
  kept.forEach((i, k) => {
    const target = vectors.subarray(k * x.cols, (k + 1) * x.cols);
    target.set(rowOf(x, i));
    addScaledInto(-1, centre, target);
  });
  return { kernel, centre, vectors, weights: Float64Array.from(kept, (i) => weights[i]), intercept, normalised };
}

/** Prediction, regression vector (of linear kernels) and ONNX form. `operator` names the model in errors. */
export const kernelExpansion = (operator: string) => ({
  predict(x: Matrix, { kernel, centre, vectors, weights, intercept, normalised }: KernelState): Float64Array {
    const p = centre.length;
    requireChannels(operator, x, p);
    const moved = standardiseColumns(x, centre, null);
    return Float64Array.from({ length: x.rows }, (_, i) => {
      const row = rowOf(moved, i);
      let sum = 0;
      for (let k = 0; k < weights.length; k++)
        sum += weights[k] * kernelValue(kernel, row, vectors.subarray(k * p, (k + 1) * p));
      return intercept + (normalised ? sum / selfSize(kernel, row) : sum);
    });
  },

  linear({ kernel, centre, vectors, weights, intercept, normalised }: KernelState): LinearForm | null {
    if (kernel.kind !== 'linear' || normalised) return null;
    const p = centre.length;
    const coef = new Float64Array(p);
    weights.forEach((weight, k) => {
      addScaledInto(weight, vectors.subarray(k * p, (k + 1) * p), coef);
    });
    return { coef, intercept: intercept - dot(centre, coef) };
  },

  onnx(graph: OnnxGraph, input: OnnxValue, state: KernelState): OnnxValue {
    const { kernel, centre, vectors, weights, intercept, normalised } = state;
    if (weights.length === 0) return constantColumn(graph, input, intercept);
    const moved = graph.node('Sub', [input.name, graph.constant(centre, [1, centre.length])]);
    const k = kernelNodes(graph, moved, kernel, vectors, centre.length, losesDigits(state));
    const sum = graph.node('MatMul', [k.values, graph.constant(weights, [weights.length, 1])]);
    const scaled = normalised ? graph.node('Div', [sum, k.selfSize(SMALLEST_SELF)]) : sum;
    return { name: graph.node('Add', [scaled, graph.constant(Float64Array.of(intercept), [])]), cols: 1 };
  },
});

/** √k(x, x), as it normalises a kernel to 1 for a spectrum with itself. */
export const selfSize = (kernel: KernelSpec, x: Float64Array): number =>
  Math.sqrt(Math.max(kernelValue(kernel, x, x), SMALLEST_SELF));

/**
 * Whether distances from products would spoil the predictions. Their rounding errors grow with the size of the vectors
 * and are multiplied by the weights, which are large in models that hardly smooth; a kernel with a corner at distance 0
 * takes the root of them.
 */
function losesDigits({ kernel, vectors, weights, centre, intercept }: KernelState): boolean {
  if (!usesDistance(kernel.kind)) return false;
  if (kernel.kind === 'matern12') return true;
  const p = centre.length;
  const vector = (k: number): Float64Array => vectors.subarray(k * p, (k + 1) * p);
  let longest = 0;
  let largest = Math.abs(intercept);
  let total = 0;
  for (let k = 0; k < weights.length; k++) {
    longest = Math.max(longest, dot(vector(k), vector(k)));
    total += Math.abs(weights[k]);
    let value = intercept;
    for (let j = 0; j < weights.length; j++) value += weights[j] * kernelValue(kernel, vector(k), vector(j));
    largest = Math.max(largest, Math.abs(value));
  }
  return total * kernel.gamma * longest * Number.EPSILON > LARGEST_ERROR * largest;
}

function constantColumn(graph: OnnxGraph, input: OnnxValue, value: number): OnnxValue {
  const zero = graph.constant(new Float64Array(input.cols), [input.cols, 1]);
  const nothing = graph.node('MatMul', [input.name, zero]);
  return { name: graph.node('Add', [nothing, graph.constant(Float64Array.of(value), [])]), cols: 1 };
}

/** Relative to the largest fitted value; exports are held to 1e-9. */
const LARGEST_ERROR = 1e-11;
/** Keeps the division finite for a spectrum of zeros. */
const SMALLEST_SELF = 1e-12;
