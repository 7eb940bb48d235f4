import { expect } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { AnySplitter, Fold, SplitInput } from '#core/data/operator.ts';
import { takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { expectSameBytes, type Law } from '#tests/contracts/law.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';

/** A splitter with the parameters under test, for 23 samples with a metadata column `batch`. */
export interface SplitterSubject {
  readonly operator: AnySplitter;
  readonly params: Record<string, unknown>;
  /** Laws that cannot hold for it, with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
}

const N = 23;
const x = syntheticSpectra(N, 20, 17);
const y = syntheticTarget(x, 18);
const batch = Array.from({ length: N }, (_, i) => `b${i % 4}`);

const groupOf = (row: number): string => `g${row % 8}`;

function split(
  { operator, params }: SplitterSubject,
  on: Matrix = x,
  target: Float64Array = y,
  part: Partial<SplitInput> = {},
): Fold[] {
  const metadata = { batch: batch.slice(0, on.rows) };
  const groups = operator.groups === undefined ? null : Array.from({ length: on.rows }, (_, i) => groupOf(i));
  const input = { n: on.rows, x: on, y: target, classCount: 0, groups, metadata, cancel: neverCancelled, ...part };
  return operator.split(input, params);
}

const rows = (folds: readonly Fold[]): number[][] =>
  folds.flatMap(({ train, validation }) => [[...train], [...validation]]);

/** What every splitter promises. */
export const splitterLaws: readonly Law<SplitterSubject>[] = [
  {
    name: 'gives the same folds for the same input',
    holds: (subject) => expect(rows(split(subject))).toEqual(rows(split(subject))),
  },
  {
    name: 'leaves its input unharmed',
    holds(subject) {
      const spectra = { ...x, data: x.data.slice() };
      const target = y.slice();
      split(subject, spectra, target);
      expectSameBytes(spectra.data, x.data);
      expectSameBytes(target, y);
    },
  },
  {
    name: 'keeps training and validation apart, both with samples, without repeats and inside the table',
    holds(subject) {
      const folds = split(subject);
      expect(folds.length).toBeGreaterThan(0);
      for (const { train, validation } of folds) {
        expect(train.length).toBeGreaterThan(0);
        expect(validation.length).toBeGreaterThan(0);
        const all = [...train, ...validation];
        expect(new Set(all).size).toBe(all.length);
        expect(all.every((row) => Number.isInteger(row) && row >= 0 && row < N)).toBe(true);
      }
    },
  },
  {
    name: 'looks at the spectra only when it says so',
    when: ({ operator }) => operator.usesSpectra !== true,
    holds: (subject) => expect(rows(split(subject, syntheticSpectra(N, 20, 99)))).toEqual(rows(split(subject))),
  },
  {
    name: 'keeps the samples of a group together',
    when: ({ operator }) => operator.groups !== undefined,
    holds(subject) {
      for (const { train, validation } of split(subject)) {
        const trained = new Set(Array.from(train, groupOf));
        expect(Array.from(validation, groupOf).filter((group) => trained.has(group))).toEqual([]);
      }
    },
  },
  {
    name: 'asks for groups that it cannot do without',
    when: ({ operator }) => operator.groups === 'required',
    holds(subject) {
      expect(() => split(subject, x, y, { groups: null })).toThrow(/Name the metadata column/);
    },
  },
  {
    name: 'splits classes as well as numbers, even when a class is missing',
    holds(subject) {
      const codes = Float64Array.from({ length: N }, (_, i) => (i % 3 === 2 ? 3 : i % 3));
      for (const { train, validation } of split(subject, x, codes, { classCount: 4 }))
        expect(Math.min(train.length, validation.length)).toBeGreaterThan(0);
    },
  },
  {
    name: 'counts its folds from the parameters, where they alone tell',
    holds(subject) {
      const count = subject.operator.countFolds(subject.params);
      if (count !== null) expect(split(subject)).toHaveLength(count);
      expect(subject.operator.describe(subject.params)).toContain(subject.operator.id);
    },
  },
  {
    name: 'refuses no sample and one sample, with a sentence',
    holds(subject) {
      expect(() => split(subject, zeros(0, 20), new Float64Array(0))).toThrow(EngineError);
      expect(() => split(subject, takeRows(x, [0]), y.slice(0, 1))).toThrow(EngineError);
    },
  },
];
