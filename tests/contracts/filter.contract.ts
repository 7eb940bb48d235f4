import { expect } from 'vitest';
import { indexAxis } from '#core/data/axis.ts';
import type { AnyFilter, FilterInput, State } from '#core/data/operator.ts';
import { matrix, rowOf, takeRows, takeValues, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { expectSameBytes, type Law } from '#tests/contracts/law.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { fitContext } from '#tests/support/operators.ts';
import { stateCopy } from '#tests/support/stateCopy.ts';

/** A filter with the parameters under test, for 40 ordinary samples with metadata columns `batch` and `moisture`. */
export interface FilterSubject {
  readonly operator: AnyFilter;
  readonly params: Record<string, unknown>;
  /** Laws that cannot hold for it, with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
}

const N = 40;
const x = syntheticSpectra(N, 25, 21);
const y = syntheticTarget(x, 22);
const batch = Array.from({ length: N }, (_, i) => `b${i % 4}`);
const moisture = Array.from({ length: N }, (_, i) => String(10 + i / 10));

const inputOf = (rows: readonly number[], spectra: Matrix = takeRows(x, rows)): FilterInput => ({
  x: spectra,
  axis: indexAxis(x.cols),
  y: takeValues(y, rows),
  metadata: { batch: rows.map((i) => batch[i] ?? ''), moisture: rows.map((i) => moisture[i] ?? '') },
});
const everyone = Array.from({ length: N }, (_, i) => i);
const all = inputOf(everyone);

const fit = ({ operator, params }: FilterSubject, input: FilterInput = all): State =>
  operator.fit(input, params, fitContext(input.x, { y: input.y ?? y, metadata: input.metadata, seed: 3 }));
const keep = ({ operator, params }: FilterSubject, state: State, input: FilterInput = all): number[] => [
  ...operator.keep(input, state, params),
];

/** What every filter promises. */
export const filterLaws: readonly Law<FilterSubject>[] = [
  {
    name: 'gives the same verdict for the same input',
    holds: (subject) => expect(keep(subject, fit(subject))).toEqual(keep(subject, fit(subject))),
  },
  {
    name: 'leaves its input unharmed',
    holds(subject) {
      const target = y.slice();
      const input = { ...all, x: { ...x, data: x.data.slice() }, y: target };
      keep(subject, fit(subject, input), input);
      expectSameBytes(input.x.data, x.data);
      expectSameBytes(target, y);
    },
  },
  {
    name: 'gives the same verdict after its state was saved and loaded',
    holds(subject) {
      const state = fit(subject);
      expect(keep(subject, stateCopy(state))).toEqual(keep(subject, state));
    },
  },
  {
    name: 'judges every sample on its own, with 1 for keep and 0 for remove',
    holds(subject) {
      const state = fit(subject);
      const together = keep(subject, state);
      expect(together.every((verdict) => verdict === 0 || verdict === 1)).toBe(true);
      expect(everyone.flatMap((i) => keep(subject, state, inputOf([i])))).toEqual(together);
      expect(keep(subject, state, inputOf([], zeros(0, x.cols)))).toEqual([]);
    },
  },
  {
    name: 'keeps most ordinary samples',
    holds(subject) {
      const kept = keep(subject, fit(subject)).filter((verdict) => verdict === 1).length;
      expect(kept).toBeGreaterThanOrEqual(0.6 * N);
    },
  },
  {
    name: 'removes a spectrum with missing values, in training and later',
    holds(subject) {
      const data = x.data.slice();
      data.fill(NaN, 3 * x.cols, 4 * x.cols);
      const broken = inputOf(everyone, { ...x, data });
      expect(keep(subject, fit(subject, broken), broken)[3]).toBe(0);
      const alone = inputOf([3], matrix(1, x.cols, rowOf(broken.x, 3).slice()));
      expect(keep(subject, fit(subject), alone)).toEqual([0]);
    },
  },
];
