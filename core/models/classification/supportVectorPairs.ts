import type { CancelToken } from '#core/base/cancellation.ts';
import type { KernelColumns } from '#core/models/kernel/kernelColumns.ts';
import { plattSigmoid, type PlattSigmoid } from '#core/numerics/plattSigmoid.ts';
import { supportVectorDual } from '#core/numerics/supportVectorDual.ts';

/** Everything that the machines of all pairs of classes share. */
export interface PairTraining {
  readonly kernel: KernelColumns;
  /** Length n: the penalty of each sample. */
  readonly penalties: Float64Array;
  readonly tolerance: number;
  readonly maxSteps: number;
  readonly cancel: CancelToken;
}

/** The machine of two classes: its decision is Σ weights · k − rho, positive for the first class. */
export interface PairMachine {
  /** Length n, 0 for samples that are no support vectors of this pair. */
  readonly weights: Float64Array;
  readonly rho: number;
  readonly settled: boolean;
}

/** Trains one machine on the samples of a first class (+1) and a second class (−1), given as row numbers. */
export function trainPair(first: readonly number[], second: readonly number[], training: PairTraining): PairMachine {
  const { kernel, penalties, tolerance, maxSteps, cancel } = training;
  const sample = Int32Array.from([...first, ...second]);
  const sign = Int8Array.from(sample, (_, t) => (t < first.length ? 1 : -1));
  const { alpha, rho, settled } = supportVectorDual(
    {
      sample,
      sign,
      p: new Float64Array(sample.length).fill(-1),
      c: Float64Array.from(sample, (row) => penalties[row]),
      ...kernel,
      tolerance,
      maxSteps,
    },
    cancel,
  );
  const weights = new Float64Array(penalties.length);
  sample.forEach((row, t) => {
    weights[row] = sign[t] * alpha[t];
  });
  return { weights, rho, settled };
}

/**
 * The probability curve of a pair from decision values of samples that their machine has not seen: five folds, in which
 * sample t of a class is in fold t mod 5.
 */
export function calibratePair(
  first: readonly number[],
  second: readonly number[],
  training: PairTraining,
): PlattSigmoid {
  const decisions: number[] = [];
  const positive: boolean[] = [];
  const inFold = (rows: readonly number[], fold: number, inside: boolean): number[] =>
    rows.filter((_, t) => (t % FOLDS === fold) === inside);
  for (let fold = 0; fold < FOLDS; fold++) {
    const rest = [inFold(first, fold, false), inFold(second, fold, false)] as const;
    const decide = decider(rest, training);
    for (const [rows, isFirst] of [
      [first, true],
      [second, false],
    ] as const)
      // prettier-ignore
      for (const row of inFold(rows, fold, true)) {
        decisions.push(decide(row));
        positive.push(isFirst);
      }
  }
  return plattSigmoid(Float64Array.from(decisions), positive);
}

/** Without samples of one class, the other one is certain. */
function decider([first, second]: readonly [number[], number[]], training: PairTraining): (row: number) => number {
  if (first.length === 0 || second.length === 0) return () => (first.length > 0 ? 1 : second.length > 0 ? -1 : 0);
  const { weights, rho } = trainPair(first, second, training);
  return (row) => {
    const column = training.kernel.column(row);
    let sum = -rho;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * column[i];
    return sum;
  };
}

const FOLDS = 5;
