import { EngineError } from '#core/base/errors.ts';
import type { SplitInput } from '#core/data/operator.ts';
import { binTarget } from '#core/splitters/binTarget.ts';

/** What a stratified splitter keeps in proportion. */
export interface Strata {
  /** 0 … count − 1, one a sample, ascending with the class code or the target; every stratum has members. */
  readonly codes: Int32Array;
  readonly count: number;
  /** Members of each stratum. */
  readonly sizes: Int32Array;
}

/**
 * The classes of the samples. A numeric target has none: where scikit-learn takes whole numbers as classes, so do we if
 * each of them occurs at least `least` times; any other target is cut at its quantiles into as many bins as hold `least`
 * samples each, ten at most.
 *
 * @param least members that the splitter needs of each stratum
 */
export function strata({ y, classCount }: SplitInput, least: number): Strata {
  if (classCount > 0) return compact(y);
  const values = compact(y);
  if (y.every(Number.isInteger) && values.sizes.every((size) => size >= least)) return values;
  const bins = Math.max(1, Math.min(MOST_BINS, Math.floor(y.length / least)));
  return compact(binTarget(y, bins, 'quantile'));
}

/** Numbers the distinct values in ascending order. */
export function compact(labels: ArrayLike<number>): Strata {
  const distinct = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const number = new Map(distinct.map((value, code) => [value, code]));
  const codes = Int32Array.from(labels, (value) => number.get(value) ?? 0); // every value is in the map
  const sizes = new Int32Array(distinct.length);
  for (const code of codes) sizes[code]++;
  return { codes, count: distinct.length, sizes };
}

/** Throws `numerics.parameter` when no class has a member for each fold, as scikit-learn. */
export function requireMembers(operator: string, { sizes }: Strata, folds: number): void {
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  if (largest < folds)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'n_splits',
      problem: `is ${folds}, but the largest class has only ${largest} training ${largest === 1 ? 'sample' : 'samples'}. Use fewer folds.`,
    });
}

/** More bins than this say little more about a distribution, and leave few samples in each. */
const MOST_BINS = 10;
