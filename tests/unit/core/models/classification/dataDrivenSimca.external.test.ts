import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chiSquareQuantile } from '#core/numerics/chiSquareQuantile.ts';
import { classicChiSquare } from '#core/numerics/classicChiSquare.ts';
import { robustChiSquare } from '#core/numerics/robustChiSquare.ts';
import { referenceData } from '#tests/support/referenceData.ts';
import { withReferenceData } from '#tests/support/withReferenceData.ts';
import { relativeError } from '#tests/support/tolerance.ts';

// Results of the DD-SIMCA web application (mda.tools) on wines: distances there are given in units of their scale, so
// that our estimators must find a scale of 1, its degrees of freedom, its limits, and its decisions for other wines.
withReferenceData('the acceptance area of DD-SIMCA', () => {
  test.each([
    ['case1', classicChiSquare, 0.01],
    ['case2', robustChiSquare, 0.001],
  ] as const)('%s', (name, estimate, gamma) => {
    const train = report(`ddsimca-${name}-train.csv`);
    const h = estimate(train.column('h/h0'));
    const q = estimate(train.column('q/q0'));
    expect([h.degrees, q.degrees]).toEqual([train.figure('Nh:'), train.figure('Nq:')]);
    // The file's distances carry the rounding of its scale.
    expect(relativeError([h.scale, q.scale], [1, 1])).toBeLessThan(1e-5);
    const degrees = h.degrees + q.degrees;
    const limit = chiSquareQuantile(1 - train.figure('Alpha:'), degrees);
    // The web application approximates the quantiles of chi-square.
    expect(relativeError([limit], [train.figure('F crit (extremes):')])).toBeLessThan(1e-5);
    const outliers = chiSquareQuantile((1 - gamma) ** (1 / train.rows.length), degrees);
    expect(relativeError([outliers], [train.figure('F crit (outliers):')])).toBeLessThan(1e-3);
    for (const part of ['train', 'new', 'alt', 'full'].map((end) => report(`ddsimca-${name}-${end}.csv`))) {
      const full = part
        .column('h/h0')
        .map((value, i) => value * h.degrees + (part.column('q/q0')[i] ?? NaN) * q.degrees);
      expect(relativeError(full, part.column('f'))).toBeLessThan(1e-12);
      const decisions = Array.from(full, (f) => (f <= limit ? 'in' : 'out'));
      expect(decisions).toEqual(part.rows.map((row) => row[part.header.indexOf('decision')]));
    }
  });
});

/** A report of the web application: figures above, a table with decimal commas below. */
function report(file: string) {
  const lines = readFileSync(referenceData('golden', 'external', 'mdatools-auxfiles', file), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(';'));
  const start = lines.findIndex((line) => line.includes('f'));
  const header = lines[start] ?? [];
  const rows = lines.slice(start + 1);
  const number = (text: string | undefined): number => Number((text ?? '').replace(',', '.'));
  return {
    header,
    rows,
    column: (name: string): Float64Array => Float64Array.from(rows, (row) => number(row[header.indexOf(name)])),
    figure: (name: string): number => number(lines.find(([label]) => label === name)?.[1]),
  };
}
