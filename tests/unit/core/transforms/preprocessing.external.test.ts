import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromRows, rowOf } from '#core/numerics/matrix.ts';
import { referenceGolden, referenceSet } from '#tests/support/golden.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { hasReferenceData, referenceData } from '#tests/support/referenceData.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** Results of other packages, whose conventions at the ends or in the last digits differ from ours. */
describe('agrees with other packages', () => {
  if (!hasReferenceData()) {
    test('the reference data are not there, so chemotools and prospectr are not compared', () => {
      console.warn('Reference data missing: set REFRACT_REFERENCE_DATA to compare chemotools and prospectr.');
      expect(hasReferenceData()).toBe(false);
    });
    return;
  }
  const chemotools = (name: string): number[] =>
    readFileSync(referenceData('golden', 'external', 'chemotools-resources', name), 'utf8')
      .trim()
      .split(/[\s,]+/)
      .map(Number);
  const largestDifference = (actual: ArrayLike<number>, expected: readonly number[]): number =>
    Math.max(...expected.map((value, j) => Math.abs((actual[j] ?? NaN) - value)));

  test('airPLS of chemotools, within the tolerance of its own tests', () => {
    const params = { lam: 100, diff_order: 1, max_iter: 13, weigh_ends: true };
    const out = transformCalled('AirPLS', params).fitApply(fromRows([chemotools('spectrum.csv')]));
    expect(largestDifference(out.data, chemotools('reference_airpls.csv'))).toBeLessThan(2e-7);
  });

  test('arPLS of its authors, within the tolerance of the tests of chemotools', () => {
    const spectrum = chemotools('spectrum_arpls.csv');
    const out = transformCalled('ArPLS', { lam: 100, tol: 1e-4, max_iter: 100 }).fitApply(fromRows([spectrum]));
    const baseline = spectrum.map((value, j) => value - (out.data[j] ?? NaN));
    expect(largestDifference(baseline, chemotools('reference_arpls.csv'))).toBeLessThan(1e-6);
  });

  const sets = {
    tecator: ['tecator/X.csv', 'tecator/Y.csv', 'r_preprocess_tecator.json'],
    gasoline: ['gasoline/X.csv', 'gasoline/Y.csv', 'r_preprocess_gasoline.json'],
    corn: ['corn/X_m5.csv', 'corn/Y.csv', 'r_preprocess_corn_m5.json'],
  } as const;
  /** prospectr leaves out the channels without a full window. */
  const interior = (set: keyof typeof sets, entry: string, id: string, params: Record<string, unknown>): number => {
    const [xFile, yFile, file] = sets[set];
    const expected = (referenceGolden(file) as Record<string, { rows_1based: number[]; values: number[][] }>)[entry];
    if (!expected) throw new Error(`No ${entry} in ${file}.`);
    const out = transformCalled(id, params).fitApply(referenceSet(referenceData(xFile), referenceData(yFile)).x);
    const width = expected.values[0]?.length ?? 0;
    const cut = (out.cols - width) / 2;
    const rows = expected.rows_1based.flatMap((row) => [...rowOf(out, row - 1).subarray(cut, cut + width)]);
    return relativeError(rows, expected.values.flat());
  };

  test.each(Object.keys(sets) as (keyof typeof sets)[])('moving average of prospectr on %s', (set) => {
    expect(interior(set, 'movav_11', 'MovingAverage', { window_size: 11 })).toBeLessThan(1e-12);
  });

  // Its gap of 11 between two segments of 5 puts their middles 16 apart: 8 to either side.
  test.each(Object.keys(sets) as (keyof typeof sets)[])('gap derivative of prospectr on %s', (set) => {
    expect(interior(set, 'gapDer_m1_w11_s5', 'NorrisWilliams', { gap: 8, segment: 5 })).toBeLessThan(1e-12);
  });
});
