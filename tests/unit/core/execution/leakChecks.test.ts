import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { Fold } from '#core/data/operator.ts';
import { leakChecks } from '#core/execution/leakChecks.ts';
import type { UnitData } from '#core/execution/unit.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** Each leak planted, and the nearest thing that is none. */
const N = 24;
const P = 12;
const { source, targets } = syntheticSpectra(N, P, 3);
const y = targets[0]?.values ?? new Float64Array(0);
const all = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);

/** Two folds: even and odd rows of the training data. */
const oddEven = (n: number): Fold[] => {
  const even = all(0, n).filter((k) => k % 2 === 0);
  const odd = all(0, n).filter((k) => k % 2 === 1);
  return [
    { train: even, validation: odd },
    { train: odd, validation: even },
  ];
};
/** Two folds: the first half and the second. */
const halves = (n: number): Fold[] => [
  { train: all(0, n / 2), validation: all(n / 2, n) },
  { train: all(n / 2, n), validation: all(0, n / 2) },
];
const check = (data: UnitData, folds: readonly Fold[] = oddEven(data.train.length)) =>
  leakChecks(data, folds, neverCancelled);

/** The spectra with rows copied: `[from, to]`. */
const copied = (...pairs: readonly (readonly [number, number])[]) => {
  const x = source.x.data.slice();
  for (const [from, to] of pairs) x.copyWithin(to * P, from * P, (from + 1) * P);
  return matrix(N, P, x);
};
const twice = (k: number) => k >> 1;

test('clean data: nothing is said', () => {
  expect(check(unitDataOf({ x: source.x, y }))).toEqual([]);
});

describe('identical spectra', () => {
  test('on both sides of a fold', () => {
    const [sentence, ...others] = check(unitDataOf({ x: copied([2, 3], [6, 9]), y }));
    expect(sentence).toMatch(/^2 groups of identical spectra \(for example rows 3 and 4\) are on both sides of a fold/);
    expect(others).toEqual([]);
  });

  test('on one side of every fold: nothing', () => {
    expect(check(unitDataOf({ x: copied([2, 4], [7, 9]), y }))).toEqual([]);
  });

  test('among training and test spectra', () => {
    const data = unitDataOf({ x: copied([2, 21]), y }, { train: all(0, 20), test: all(20, N) });
    expect(check(data)).toEqual([
      expect.stringMatching(/^1 test spectrum is also among the training spectra \(for example rows 3 and 22\)/),
    ]);
  });

  test('in rows that take no part in the run: nothing', () => {
    const data = unitDataOf({ x: copied([2, 21], [20, 22]), y }, { train: all(0, 20), test: new Int32Array(0) });
    expect(check(data)).toEqual([]);
  });
});

describe('rows that belong together', () => {
  const metadata = (column: string, of: (row: number) => string) => ({
    [column]: Array.from({ length: N }, (_, k) => of(k)),
  });
  const repeatedY = Float64Array.from({ length: N }, (_, k) => y[2 * twice(k)] ?? 0);

  test('repeated measurements of one sample, by their common reference value', () => {
    const data = unitDataOf({ x: source.x, y: repeatedY }, { metadata: metadata('vial', (k) => `v${twice(k)}`) });
    expect(check(data)).toEqual([
      expect.stringMatching(/"vial" share one reference value .* 12 of its groups .* Split with group: vial\./),
    ]);
    expect(check(data, halves(N)), 'folds that keep the pairs together').toEqual([]);
  });

  test('a column that is called like a group, whatever the reference values', () => {
    const data = unitDataOf({ x: source.x, y }, { metadata: metadata('Batch', (k) => `b${k % 6}`) });
    expect(check(data)).toEqual([]); // 6 batches of an even distance never part
    expect(check(data, halves(N))).toEqual([
      expect.stringMatching(/The column "Batch" names rows that belong together, but 6/),
    ]);
  });

  test('in classification too, where reference values tell nothing', () => {
    const codes = Float64Array.from({ length: N }, (_, k) => twice(k) % 2);
    const classes = { classes: ['a', 'b'] };
    const named = unitDataOf(
      { x: source.x, y: codes },
      { ...classes, metadata: metadata('patient', (k) => `p${twice(k)}`) },
    );
    expect(check(named)).toEqual([expect.stringMatching(/"patient" names rows that belong together/)]);
    const other = unitDataOf(
      { x: source.x, y: codes },
      { ...classes, metadata: metadata('colour', (k) => `c${twice(k)}`) },
    );
    expect(check(other)).toEqual([]);
  });

  test('no false alarm for classes, identifiers and properties', () => {
    const columns = {
      kind: Array.from({ length: N }, (_, k) => (k % 2 === 0 ? 'ripe' : 'green')),
      sample: Array.from({ length: N }, (_, k) => `s${k}`),
      month: Array.from({ length: N }, (_, k) => `m${k % 5}`),
      split: Array.from({ length: N }, (_, k) => (k < 20 ? 'train' : 'test')),
      empty: Array.from({ length: N }, () => ''),
    };
    expect(check(unitDataOf({ x: source.x, y }, { metadata: columns }), halves(N))).toEqual([]);
    // A column that is made from the target is a property, whichever way the rows fall.
    const level = Array.from(y, (value) => String(Math.round(value * 4)));
    expect(check(unitDataOf({ x: source.x, y }, { metadata: { level } }))).toEqual([]);
  });
});

describe('the target among the channels', () => {
  const planted = (of: (value: number) => number) => {
    const x = source.x.data.slice();
    for (let k = 0; k < N; k++) x[k * P + 5] = of(y[k] ?? 0);
    return unitDataOf({ x: matrix(N, P, x), y });
  };
  test('as it is, scaled, and turned around', () => {
    for (const of of [(v: number) => v, (v: number) => 3 * v - 2, (v: number) => -v / 100])
      expect(check(planted(of))).toEqual([expect.stringMatching(/^Channel 6 \(1010\) is the target y itself/)]);
  });

  test('a channel that only correlates with it is no leak', () => {
    let sign = 1;
    expect(check(planted((v) => v + 0.02 * (sign = -sign)))).toEqual([]);
  });

  test('only training rows are looked at, and a constant target says nothing', () => {
    const x = source.x.data.slice();
    for (let k = 0; k < 20; k++) x[k * P + 5] = y[k] ?? 0;
    const split = { train: all(0, 20), test: all(20, N) };
    expect(check(unitDataOf({ x: matrix(N, P, x), y }, split))).toHaveLength(1);
    expect(check(unitDataOf({ x: source.x, y: new Float64Array(N).fill(2) }))).toEqual([]);
  });
});

describe('through a whole run', () => {
  const document = 'pipeline:\n  - KFold: {n_splits: 3}\n  - PLS: {n_components: 2}\n';
  test('the sentence stands among the warnings of the result, once', async () => {
    const data = unitDataOf({ x: copied([0, 10]), y });
    const text = document.replace('PLS: {n_components: 2}', '_or_: [{PLS: {n_components: 2}}, {Ridge: {alpha: 1}}]');
    const { result, error } = await runInMemory(data, text);
    expect(error).toBeNull();
    expect(result?.warnings.filter((sentence) => sentence.includes('identical spectra'))).toHaveLength(1);
  });

  test('group: keeps the pairs together, and the warning is gone', async () => {
    const metadata = { vial: Array.from({ length: N }, (_, k) => `v${k % 12}`) };
    const values = Float64Array.from({ length: N }, (_, k) => y[k % 12] ?? 0);
    const data = unitDataOf({ x: source.x, y: values }, { metadata });
    const told = async (text: string) => {
      const { result, error } = await runInMemory(data, text);
      expect(error).toBeNull();
      return (result?.warnings ?? []).filter((sentence) => sentence.includes('vial'));
    };
    expect(await told(document)).toHaveLength(1);
    expect(
      await told(document.replace('- KFold: {n_splits: 3}', '- split: {KFold: {n_splits: 3}}\n    group: vial')),
    ).toEqual([]);
    expect(
      await told(document.replace('- KFold: {n_splits: 3}', '- split: {GroupKFold: {n_splits: 3}}\n    group: vial')),
    ).toEqual([]);
  });
});
