import { EngineError } from '#core/base/errors.ts';
import type { SplitInput } from '#core/data/operator.ts';

/** The groups of the samples as numbers. */
export interface GroupCodes {
  /** 0 … count − 1, one a sample. */
  readonly codes: Int32Array;
  readonly count: number;
  /** Sample numbers of each group, ascending. */
  readonly members: readonly Int32Array[];
}

/**
 * Numbers the groups in sorted order: by value when every label is a number, else by character, as `numpy.unique` does
 * for columns of numbers and of text. Samples without a label are one group, so that they stay together.
 * Throws `numerics.parameter` when the step names no group column.
 */
export function groupCodes(operator: string, { groups }: SplitInput): GroupCodes {
  if (groups === null)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'group',
      problem: 'is not given. Name the metadata column whose equal values stay together, as "group" of the split step.',
    });
  const labels = [...new Set(groups)];
  const numeric = labels.every((label) => label.trim() !== '' && Number.isFinite(Number(label)));
  labels.sort(numeric ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const number = new Map(labels.map((label, code) => [label, code]));
  const codes = Int32Array.from(groups, (label) => number.get(label) ?? 0); // every label is in the map
  const members: number[][] = labels.map(() => []);
  codes.forEach((code, row) => members[code].push(row));
  return { codes, count: labels.length, members: members.map((rows) => Int32Array.from(rows)) };
}

/** Throws `numerics.too-few` when there are fewer groups than the splitter needs. */
export function requireGroups(operator: string, { count }: GroupCodes, needed: number): void {
  if (count < needed)
    throw new EngineError('numerics.too-few', { operator, what: 'groups of training samples', needed, found: count });
}

/** All samples of the groups with these numbers, ascending. */
export const rowsOfGroups = ({ members }: GroupCodes, chosen: Iterable<number>): Int32Array =>
  Int32Array.from([...chosen].flatMap((code) => [...members[code]])).sort();
