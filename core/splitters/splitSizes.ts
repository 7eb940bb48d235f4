import { EngineError } from '#core/base/errors.ts';

/** How many samples of n go to validation and to training. */
export interface SplitSizes {
  readonly validation: number;
  readonly train: number;
}

/**
 * scikit-learn's rules: a number below 1 is a fraction, otherwise a count; the validation part is rounded up, the
 * training part down; a part that is not given is what the other leaves, and `standard` is held out when neither is.
 *
 * @param n samples, or groups where `what` says so
 */
export function splitSizes(
  operator: string,
  n: number,
  testSize: number | null,
  trainSize: number | null,
  { standard = 0.1, what = 'samples' }: { standard?: number; what?: string } = {},
): SplitSizes {
  const asCount = (size: number, round: (value: number) => number): number => (size < 1 ? round(size * n) : size);
  const wanted = testSize ?? (trainSize === null ? standard : null);
  const givenTrain = trainSize === null ? null : asCount(trainSize, Math.floor);
  const validation = wanted === null ? n - (givenTrain ?? 0) : asCount(wanted, Math.ceil);
  const train = givenTrain ?? n - validation;
  if (validation < 1 || train < 1 || validation + train > n)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: trainSize === null ? 'test_size' : 'test_size, train_size',
      problem: `asks for ${train} training and ${validation} validation ${what}, but there are ${n}. Each part needs at least one.`,
    });
  return { validation, train };
}
