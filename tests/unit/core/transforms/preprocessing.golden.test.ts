import { describe, expect, test } from 'vitest';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { golden, referenceGolden, referenceSet, tecator } from '#tests/support/golden.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { hasReferenceData, referenceData } from '#tests/support/referenceData.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface Processed {
  rows: number[];
  values: number[][];
  shape: [number, number];
  sum: number;
  sum_of_squares: number;
}

const RTOL = 1e-10;
const run = (id: string, params?: Record<string, unknown>) => (x: Matrix) => transformCalled(id, params).fitApply(x);
const savgol = (window_length: number, deriv: number, delta = 1) =>
  run('SavitzkyGolay', { window_length, polyorder: 2, deriv, delta });

/** Name in the golden file → our operators. */
const cases: Record<string, (x: Matrix) => Matrix> = {
  snv_ddof1: run('SNV', { ddof: 1 }),
  snv_ddof0: run('SNV'),
  msc_mean_reference: run('MSC'),
  savgol_w11_p2_d0_interp: savgol(11, 0),
  savgol_w11_p2_d1_interp: savgol(11, 1),
  savgol_w11_p2_d2_interp: savgol(11, 2),
  savgol_w15_p2_d0_interp: savgol(15, 0),
  savgol_w15_p2_d1_interp: savgol(15, 1),
  savgol_w15_p2_d2_interp: savgol(15, 2),
  savgol_w15_p2_d1_interp_delta2: savgol(15, 1, 2),
  detrend_linear_scipy: run('Detrend'),
  detrend_poly2: run('Detrend', { polyorder: 2 }),
  snv_ddof1_then_detrend_poly2: (x) => run('Detrend', { polyorder: 2 })(run('SNV', { ddof: 1 })(x)),
  snv_ddof1_then_savgol_w15_p2_d2: (x) => savgol(15, 2)(run('SNV', { ddof: 1 })(x)),
  mean_center: run('MeanCenter'),
  autoscale_ddof1: run('StandardScaler', { ddof: 1 }),
  vector_norm_l2: run('VectorNormalization'),
};

describe('agrees with SciPy, NumPy and scikit-learn on Tecator', () => {
  const { x } = tecator();
  const expected = (golden('preprocess-tecator.json') as { cases: Record<string, Processed> }).cases;
  test('every case of the golden file is tested', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(expected).sort());
  });
  test.each(Object.entries(cases))('%s', (name, process) => {
    compare(`tecator ${name}`, process(x), expected[name]);
  });
});

describe('agrees on gasoline and corn', () => {
  if (!hasReferenceData()) {
    test('the reference data are not there, so gasoline and corn are not compared', () => {
      console.warn('Reference data missing: set REFRACT_REFERENCE_DATA to compare gasoline and corn.');
      expect(hasReferenceData()).toBe(false);
    });
    return;
  }
  const sets = {
    gasoline: ['gasoline/X.csv', 'gasoline/Y.csv', 'preprocess_gasoline.json'],
    corn: ['corn/X_m5.csv', 'corn/Y.csv', 'preprocess_corn_m5.json'],
  } as const;
  test.each(Object.entries(sets))('%s', (set, [xFile, yFile, file]) => {
    const { x } = referenceSet(referenceData(xFile), referenceData(yFile));
    const expected = referenceGolden(file) as Record<string, Processed>;
    for (const [name, process] of Object.entries(cases)) compare(`${set} ${name}`, process(x), expected[name]);
  });
});

function compare(label: string, actual: Matrix, expected: Processed | undefined): void {
  if (!expected) throw new Error(`No golden values for ${label}.`);
  expect([actual.rows, actual.cols]).toEqual(expected.shape);
  const rows = expected.rows.flatMap((row) => [...actual.data.subarray(row * actual.cols, (row + 1) * actual.cols)]);
  const difference = relativeError(rows, expected.values.flat());
  console.info(`${label}: largest relative difference ${difference.toExponential(1)}`);
  expect(difference).toBeLessThan(RTOL);
  // The sums cover the spectra that the file does not list.
  const squares = actual.data.reduce((sum, value) => sum + value * value, 0);
  expect(Math.abs(squares / expected.sum_of_squares - 1)).toBeLessThan(RTOL);
  const sum = columnMeans(actual).reduce((total, mean) => total + mean * actual.rows, 0);
  const size = actual.data.reduce((total, value) => total + Math.abs(value), 0);
  expect(Math.abs(sum - expected.sum) / size).toBeLessThan(RTOL);
}
