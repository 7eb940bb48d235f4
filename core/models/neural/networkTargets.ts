import type { FitContext } from '#core/data/operator.ts';
import { classProblem } from '#core/models/classification/classProblem.ts';
import { matrix, zeros, type Matrix } from '#core/numerics/matrix.ts';
import type { NetworkOutput } from '#core/numerics/networks/activations.ts';

/** What a network should answer, and how its answers are read. */
export interface NetworkTarget {
  /** n × outputs. */
  readonly values: Matrix;
  readonly output: NetworkOutput;
  /** 0 … K − 1 among the classes that are there; null in regression. */
  readonly codes: Int32Array | null;
}

export const numericTarget = (y: Float64Array): NetworkTarget => ({
  values: matrix(y.length, 1, y),
  output: 'identity',
  codes: null,
});

/** Two classes share one output, the probability of the second; more have one each. Throws as `classProblem`. */
export function classTarget(
  operator: string,
  x: Matrix,
  y: Float64Array,
  context: FitContext,
): NetworkTarget & { readonly present: Int32Array; readonly classCount: number } {
  const { present, classCount } = classProblem(operator, x, y, context);
  const codes = Int32Array.from(y, (code) => present.indexOf(code));
  const values = zeros(x.rows, present.length === 2 ? 1 : present.length);
  codes.forEach((code, i) => {
    if (present.length === 2) values.data[i] = code;
    else values.data[i * present.length + code] = 1;
  });
  const output = present.length === 2 ? 'logistic' : 'softmax';
  return { values, output, codes, present: Int32Array.from(present), classCount };
}
