import type { Axis } from '#core/data/axis.ts';
import type { FittedMember } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import { factsOf } from '#core/data/rowsByLane.ts';
import { takeRows, type Matrix } from '#core/numerics/matrix.ts';

/** What the steps of a chain can look at while they predict some rows. */
export interface ChainScene {
  /** n × p raw spectra. */
  readonly raw: Matrix;
  readonly rows: RowFacts | undefined;
  /** The axis of the raw spectra. */
  readonly axis: Axis;
  /** How the person counts row i, from 1. */
  numberOf(row: number): number;
  /** K in classification, 0 in regression. */
  readonly classCount: number;
  /** A member whose predictions are replaced by their mean. */
  readonly flattened: FittedMember | null;
  /** The result of a step or member on `input`; computed once where it occurs more than once in the chain. */
  once(of: object, input: Matrix, compute: () => Matrix): Matrix;
  /** The same for some of the rows, in the order given. */
  only(rows: Int32Array): ChainScene;
}

export function chainScene(
  raw: Matrix,
  rows: RowFacts | undefined,
  axis: Axis,
  classCount: number,
  shared: ReadonlySet<object>,
  flattened: FittedMember | null,
  numberOf: (row: number) => number = (row) => row + 1,
): ChainScene {
  const kept = new Map<object, { readonly input: Matrix; readonly output: Matrix }[]>();
  return {
    raw,
    rows,
    axis,
    numberOf,
    classCount,
    flattened,
    once(of, input, compute) {
      if (!shared.has(of)) return compute();
      const known = kept.get(of) ?? [];
      const found = known.find((one) => one.input === input);
      if (found !== undefined) return found.output;
      const output = compute();
      kept.set(of, [...known, { input, output }]);
      return output;
    },
    only: (index) =>
      chainScene(takeRows(raw, index), rows && factsOf(rows, index), axis, classCount, shared, flattened, (row) =>
        numberOf(index[row] ?? row),
      ),
  };
}
