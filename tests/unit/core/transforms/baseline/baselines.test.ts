import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';
import { gain, offset, spectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** Every baseline that is subtracted, with parameters for short spectra. */
const baselines: Record<string, Record<string, unknown>> = {
  PolynomialBaseline: {},
  ModPoly: { poly_order: 3 },
  IModPoly: { poly_order: 3 },
  AsLS: { lam: 1e3 },
  IASLS: { lam: 1e3 },
  AirPLS: { lam: 1e3 },
  ArPLS: { lam: 1e3 },
  SNIP: { max_half_window: 6 },
  RollingBall: { half_window: 5 },
  RubberBand: {},
};
const scaled = (x: Matrix, factor: number): Matrix => ({ ...x, data: x.data.map((value) => factor * value) });
const tilted = (x: Matrix, level: number, slope: number): Matrix => ({
  ...x,
  data: x.data.map((value, at) => value + level + slope * (at % x.cols)),
});
const seen = (actual: Matrix, expected: Matrix, x: Matrix): number =>
  relativeError(actual.data, expected.data) * (Math.max(...expected.data.map(Math.abs)) / Math.max(...x.data));

describe.each(Object.entries(baselines))('%s', (id, params) => {
  const baseline = transformCalled(id, params);
  test('follows the unit of the spectrum', () => {
    // A power of two scales without rounding, so that no comparison with the curve can turn over.
    fc.assert(
      fc.property(spectra(), fc.constantFrom(0.25, 2, 1024), (x, factor) => {
        const expected = scaled(baseline.fitApply(x), factor);
        expect(relativeError(baseline.fitApply(scaled(x, factor)).data, expected.data)).toBeLessThan(1e-12);
      }),
    );
  });
  test('removes a straight line altogether', () => {
    // The windows of a rolling ball are cut at the ends, so only a level line is its own track.
    const slope = id === 'RollingBall' ? 0 : 0.03;
    const line = fromRows([Array.from({ length: 40 }, (_, j) => 2 + slope * j)]);
    const out = baseline.fitApply(line);
    expect(Math.max(...out.data.map(Math.abs))).toBeLessThan(1e-9);
  });
});

test.each(['PolynomialBaseline', 'RubberBand', 'SNIP'])('%s does not see a straight line under the spectrum', (id) => {
  const baseline = transformCalled(id, baselines[id]);
  fc.assert(
    fc.property(spectra(), offset(), gain(), (x, level, slope) => {
      const below = tilted(x, level, 0.01 * slope);
      expect(seen(baseline.fitApply(below), baseline.fitApply(x), x)).toBeLessThan(1e-9);
    }),
  );
});

test('the rubber band leaves nothing negative, and is at home after one pass', () => {
  const band = transformCalled('RubberBand');
  fc.assert(
    fc.property(spectra(), (x) => {
      const once = band.fitApply(x);
      expect(Math.min(...once.data)).toBeGreaterThan(-1e-12);
      expect(relativeError(band.fitApply(once).data, once.data)).toBeLessThan(1e-10);
    }),
  );
});

test('baselines find the background under a band', () => {
  const p = 200;
  const background = Array.from({ length: p }, (_, j) => 3 + 0.01 * j + 0.4 * Math.sin(j / 60));
  const bands = Array.from({ length: p }, (_, j) => 2 * Math.exp(-(((j - 80) / 5) ** 2)));
  const x = fromRows([background.map((value, j) => value + (bands[j] ?? NaN))]);
  const settings: Record<string, Record<string, unknown>> = {
    ...baselines,
    ModPoly: { poly_order: 5 },
    IModPoly: { poly_order: 5 },
    AsLS: { lam: 1e4 },
    IASLS: { lam: 1e4, p: 0.05 },
    AirPLS: { lam: 1e4 },
    ArPLS: { lam: 1e4 },
    SNIP: { max_half_window: 20 },
    RollingBall: { half_window: 20, smooth_half_window: 5 },
  };
  for (const id of ['ModPoly', 'IModPoly', 'AsLS', 'IASLS', 'AirPLS', 'ArPLS', 'SNIP', 'RollingBall']) {
    const out = transformCalled(id, settings[id]).fitApply(x);
    const worst = Math.max(...bands.map((band, j) => Math.abs((out.data[j] ?? NaN) - band)));
    expect(worst, id).toBeLessThan(0.17);
  }
});

describe('what cannot be corrected', () => {
  test('too few channels for the polynomial or the differences', () => {
    const short = fromRows([[1, 2, 3]]);
    expect(() => transformCalled('ModPoly').fitApply(short)).toThrow(
      expect.objectContaining({ code: 'numerics.parameter' }),
    );
    expect(() => transformCalled('AsLS', { diff_order: 3 }).fitApply(short)).toThrow(
      expect.objectContaining({ code: 'numerics.too-few' }),
    );
  });
  test.each(['ModPoly', 'IModPoly', 'AsLS', 'IASLS', 'AirPLS', 'ArPLS'])('%s names a spectrum with gaps', (id) => {
    const row = Array.from({ length: 30 }, (_, j) => 1 + (j % 7));
    const x = fromRows([row, row.map((value, j) => (j === 12 ? NaN : value))]);
    expect(() => transformCalled(id).fitApply(x)).toThrow(
      expect.objectContaining({ code: 'numerics.degenerate', details: { what: 'Baseline', row: 1 } }),
    );
  });
  test('SNIP and the rolling ball take windows wider than the spectrum', () => {
    const x = fromRows([[1, 5, 2], [4, 4, 4]]); // prettier-ignore
    expect(transformCalled('SNIP').fitApply(x).data.every(Number.isFinite)).toBe(true);
    expect(transformCalled('RollingBall').fitApply(x).data.every(Number.isFinite)).toBe(true);
  });
});
