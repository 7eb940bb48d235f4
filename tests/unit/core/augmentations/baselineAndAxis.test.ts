import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearBaselineDrift } from '#core/augmentations/baseline/linearBaselineDrift.ts';
import { polynomialBaselineDrift } from '#core/augmentations/baseline/polynomialBaselineDrift.ts';
import { interpolateInto } from '#core/augmentations/interpolateInto.ts';
import { smoothMagnitudeWarp } from '#core/augmentations/magnitude/smoothMagnitudeWarp.ts';
import { channelSpacing } from '#core/augmentations/spectralAxis.ts';
import { localWavelengthWarp } from '#core/augmentations/wavelength/localWavelengthWarp.ts';
import { wavelengthShift } from '#core/augmentations/wavelength/wavelengthShift.ts';
import { wavelengthStretch } from '#core/augmentations/wavelength/wavelengthStretch.ts';
import { catalog } from '#core/catalog/operators.ts';
import { indexAxis, type Axis } from '#core/data/axis.ts';
import type { AnyAugmentation } from '#core/data/operator.ts';
import { matrix, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { syntheticSpectra } from '#tests/support/arbitraries.ts';
import { augment } from '#tests/unit/core/augmentations/support/augment.ts';

const rising: Axis = { values: Float64Array.from({ length: 301 }, (_, j) => 1000 + 2 * j), unit: 'nm' };
const falling: Axis = { values: rising.values.slice().reverse(), unit: 'nm' };

/** One band at a place of the axis, the same in each row. */
const bands = (axis: Axis, centre: number, rows = 40): Matrix =>
  matrix(
    rows,
    axis.values.length,
    Float64Array.from({ length: rows * axis.values.length }, (_, k) =>
      Math.exp(-(((axis.values[k % axis.values.length] ?? 0) - centre) ** 2) / 450),
    ),
  );

/** The place of the top, by the parabola through the three highest channels. */
function topOf(spectrum: Float64Array, { values }: Axis): number {
  const top = spectrum.reduce((best, value, j) => (value > (spectrum[best] ?? 0) ? j : best), 0);
  const [a, b, c] = [spectrum[top - 1] ?? 0, spectrum[top] ?? 0, spectrum[top + 1] ?? 0];
  return (values[top] ?? 0) + ((0.5 * (a - c)) / (a - 2 * b + c)) * ((values[top + 1] ?? 0) - (values[top] ?? 0));
}

describe.each([
  ['rising', rising],
  ['falling', falling],
] as const)('on a %s axis', (_, axis) => {
  test('a shift moves a band by what it says', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (shift) => {
        const { x } = augment(wavelengthShift, { shift_range: [shift, shift] }, bands(axis, 1300, 1), { axis });
        expect(Math.abs(topOf(rowOf(x, 0), axis) - (1300 + shift))).toBeLessThan(0.25);
      }),
      { numRuns: 40 },
    );
  });

  test('shifts fill their range', () => {
    const { x } = augment(wavelengthShift, { shift_range: [-5, 15] }, bands(axis, 1300, 300), { axis });
    const tops = Array.from({ length: 300 }, (__, i) => topOf(rowOf(x, i), axis) - 1300);
    expect(Math.min(...tops)).toBeGreaterThan(-5.3);
    expect(Math.min(...tops)).toBeLessThan(-4);
    expect(Math.max(...tops)).toBeGreaterThan(14);
    expect(Math.max(...tops)).toBeLessThan(15.3);
  });

  test('a stretch moves bands away from the middle, in proportion', () => {
    for (const centre of [1150, 1300, 1450]) {
      const { x } = augment(wavelengthStretch, { stretch_range: [1.05, 1.05] }, bands(axis, centre, 1), { axis });
      expect(Math.abs(topOf(rowOf(x, 0), axis) - (1300 + 1.05 * (centre - 1300)))).toBeLessThan(0.3);
    }
  });

  test('a warp moves bands by no more than its largest shift, and differently along the axis', () => {
    const both = bands(axis, 1150, 60);
    bands(axis, 1450, 60).data.forEach((value, i) => (both.data[i] = (both.data[i] ?? 0) + value));
    const { x } = augment(localWavelengthWarp, { max_shift: 8, n_control_points: 4 }, both, { axis });
    const at1300 = Math.floor(axis.values.length / 2);
    let apart = 0;
    for (let i = 0; i < 60; i++) {
      const halves = [
        rowOf(x, i).map((value, j) => (j < at1300 ? value : 0)),
        rowOf(x, i).map((value, j) => (j > at1300 ? value : 0)),
      ];
      const shifts = halves
        .map((half) => topOf(half, axis))
        .sort((a, b) => a - b)
        .map((top, k) => top - (k === 0 ? 1150 : 1450));
      for (const shift of shifts) expect(Math.abs(shift)).toBeLessThan(8 * 1.6);
      apart += Math.abs((shifts[0] ?? 0) - (shifts[1] ?? 0)) / 60;
    }
    expect(apart).toBeGreaterThan(2);
  });
});

test('a linear drift is a line with offset and slope in their ranges', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
      const x = syntheticSpectra(3, 60, 2);
      const axis: Axis = { values: Float64Array.from({ length: 60 }, (_, j) => 900 + 5 * j), unit: 'nm' };
      const made = augment(linearBaselineDrift, { offset_range: [0.1, 0.3], slope_range: [-0.002, 0.001] }, x, {
        axis,
        seed,
      });
      for (let i = 0; i < 3; i++) {
        const line = rowOf(made.x, i).map((value, j) => value - (rowOf(x, i)[j] ?? 0));
        const slope = ((line[59] ?? 0) - (line[0] ?? 0)) / (59 * 5);
        const offset = ((line[59] ?? 0) + (line[0] ?? 0)) / 2;
        line.forEach((value, j) => {
          expect(value).toBeCloseTo((line[0] ?? 0) + slope * 5 * j, 10);
        });
        expect(slope).toBeGreaterThan(-0.002 - 1e-9);
        expect(slope).toBeLessThan(0.001 + 1e-9);
        expect(offset).toBeGreaterThan(0.1 - 1e-9);
        expect(offset).toBeLessThan(0.3 + 1e-9);
      }
    }),
    { numRuns: 25 },
  );
});

test('a polynomial drift has its degree: the difference of one order more is zero', () => {
  const x = syntheticSpectra(5, 80, 2);
  for (const degree of [0, 1, 2, 4]) {
    const made = augment(polynomialBaselineDrift, { degree }, x);
    for (let i = 0; i < 5; i++) {
      let drift = Array.from(rowOf(made.x, i), (value, j) => value - (rowOf(x, i)[j] ?? 0));
      for (let order = 0; order <= degree; order++) drift = drift.slice(1).map((value, j) => value - (drift[j] ?? 0));
      expect(Math.max(...drift.map(Math.abs))).toBeLessThan(1e-12);
    }
  }
});

test('the coefficients of a polynomial drift keep to their ranges', () => {
  const x = matrix(50, 3, new Float64Array(150));
  const { x: made } = augment(polynomialBaselineDrift, { degree: 1, coeff_ranges: [[2, 3], [-1, 0]] }, x); // prettier-ignore
  for (let i = 0; i < 50; i++) {
    const [low = 0, middle = 0, high = 0] = rowOf(made, i);
    expect(middle >= 2 && middle <= 3).toBe(true);
    expect((high - low) / 2 <= 1e-12 && (high - low) / 2 >= -1 - 1e-12).toBe(true);
  }
});

test('a magnitude warp is a smooth gain near its range', () => {
  const flat = matrix(30, 200, new Float64Array(6000).fill(2));
  const { x } = augment(smoothMagnitudeWarp, { gain_range: [0.9, 1.1], n_control_points: 5 }, flat);
  for (let i = 0; i < 30; i++) {
    const gain = rowOf(x, i).map((value) => value / 2);
    // A cubic spline may run beyond its control points a little, and it never jumps.
    expect(Math.min(...gain)).toBeGreaterThan(0.8);
    expect(Math.max(...gain)).toBeLessThan(1.2);
    gain.forEach((value, j) => {
      if (j > 0) expect(Math.abs(value - (gain[j - 1] ?? 0))).toBeLessThan(0.02);
    });
  }
});

test('an axis that turns is refused, and so is one of another length', () => {
  const x = syntheticSpectra(2, 4, 1);
  const turning: Axis = { values: Float64Array.of(1, 2, 3, 1), unit: 'nm' };
  expect(() => augment(wavelengthShift, {}, x, { axis: turning })).toThrow(
    'must only rise or only fall, but it turns at channel 4',
  );
  expect(() => augment(wavelengthShift, { lambda_axis: [1, 2, 3] }, x)).toThrow(
    'expected 4 values, one a channel, found 3',
  );
  const own = augment(wavelengthShift, { lambda_axis: [1, 2, 3, 4], shift_range: [1, 1] }, x, { axis: turning });
  expect(rowOf(own.x, 0)[1]).toBe(rowOf(x, 0)[0]);
});

test('effects at certain bands need an axis with a unit', () => {
  for (const id of ['TemperatureAugmenter', 'MoistureAugmenter']) {
    const operator = catalog.get(id);
    if (operator.kind !== 'augmentation') throw new Error('It is one.');
    expect(() => augment(operator, {}, syntheticSpectra(2, 20, 1), { axis: indexAxis(20) })).toThrow('has no unit');
  }
});

test('the distance of channels is the middle one', () => {
  expect(channelSpacing(Float64Array.of(10, 8, 6, 1))).toBe(2);
  expect(channelSpacing(Float64Array.of(1, 2, 4))).toBe(1.5);
  expect(channelSpacing(Float64Array.of(7))).toBe(1);
});

test('interpolation is flat beyond the ends and exact on the channels', () => {
  const out = new Float64Array(5);
  interpolateInto(Float64Array.of(3, 2, 1), Float64Array.of(30, 20, 10), Float64Array.of(9, 3, 2.5, 1, -4), out);
  expect([...out]).toEqual([30, 30, 25, 10, 10]);
});

test('drifts do not look at the spectrum, and a warp is a gain of each channel that does not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), fc.double({ min: 0.5, max: 4, noNaN: true }), (seed, height) => {
      const [flat, some] = [matrix(3, 40, new Float64Array(120).fill(height)), syntheticSpectra(3, 40, 2)];
      const made = (operator: AnyAugmentation, x: Matrix) => augment(operator, {}, x, { seed }).x.data;
      const [drift, same] = [made(polynomialBaselineDrift, flat), made(polynomialBaselineDrift, some)];
      const [gain, warped] = [made(smoothMagnitudeWarp, flat), made(smoothMagnitudeWarp, some)];
      some.data.forEach((value, k) => {
        expect((same[k] ?? NaN) - value).toBeCloseTo((drift[k] ?? NaN) - height, 10);
        expect(warped[k]).toBeCloseTo((value * (gain[k] ?? NaN)) / height, 10);
      });
    }),
    { numRuns: 20 },
  );
});
