import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchEffect } from '#core/augmentations/physics/batchEffect.ts';
import { instrumentalBroadening } from '#core/augmentations/physics/instrumentalBroadening.ts';
import { moisture } from '#core/augmentations/physics/moisture.ts';
import { pathLength } from '#core/augmentations/physics/pathLength.ts';
import { scatterSimulation } from '#core/augmentations/physics/scatterSimulation.ts';
import { temperature } from '#core/augmentations/physics/temperature.ts';
import type { Axis } from '#core/data/axis.ts';
import { matrix, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { spectra, syntheticSpectra } from '#tests/support/arbitraries.ts';
import { relativeError } from '#tests/support/tolerance.ts';
import { augment, meanAndDeviation } from '#tests/unit/core/augmentations/support/augment.ts';

const axis: Axis = { values: Float64Array.from({ length: 901 }, (_, j) => 1300 + j), unit: 'nm' };
const band = (centre: number, width = 20): Matrix =>
  matrix(
    1,
    901,
    Float64Array.from(axis.values, (nm) => Math.exp(-0.5 * ((nm - centre) / width) ** 2)),
  );
const topOf = ({ data }: Matrix): number =>
  axis.values[data.reduce((best, value, j) => (value > (data[best] ?? 0) ? j : best), 0)] ?? 0;
/** Full width at half of the maximum, in nm. */
const widthOf = ({ data }: Matrix): number => {
  const half = Math.max(...data) / 2;
  return data.filter((value) => value >= half).length;
};

test('scatter is an offset and a gain, within their ranges', () => {
  fc.assert(
    fc.property(spectra(2, 30), fc.integer({ min: 0, max: 999 }), (x, seed) => {
      const made = augment(scatterSimulation, {}, x, { seed });
      for (let i = 0; i < x.rows; i++) {
        const [from, to] = [rowOf(x, i), rowOf(made.x, i)];
        const b = ((to[8] ?? 0) - (to[0] ?? 0)) / ((from[8] ?? 0) - (from[0] ?? 0));
        const a = (to[0] ?? 0) - b * (from[0] ?? 0);
        expect(b >= 0.9 - 1e-6 && b <= 1.1 + 1e-6 && Math.abs(a) <= 0.1 + 1e-6).toBe(true);
        expect(
          relativeError(
            to,
            from.map((value) => a + b * value),
          ),
        ).toBeLessThan(1e-8);
      }
    }),
    { numRuns: 30 },
  );
});

test('path lengths have the stated spread around 1, and none is shorter than allowed', () => {
  const x = syntheticSpectra(3000, 15, 1);
  const lengths = (params: object) => {
    const made = augment(pathLength, { ...params }, x);
    return Array.from({ length: 3000 }, (_, i) => (made.x.data[15 * i] ?? 0) / (x.data[15 * i] ?? 1));
  };
  const { mean, deviation } = meanAndDeviation(lengths({}));
  expect(Math.abs(mean - 1)).toBeLessThan(0.004);
  expect(Math.abs(deviation / 0.05 - 1)).toBeLessThan(0.05);
  const rough = lengths({ path_length_std: 0.5, min_path_length: 0.8 });
  expect(Math.min(...rough)).toBeCloseTo(0.8, 10);
});

test('a session effect has offset, slope and gain of the stated spread', () => {
  const zero = matrix(4000, 3, new Float64Array(12_000));
  const { x } = augment(batchEffect, { offset_std: 0.02, slope_std: 0.04 }, zero);
  const rows = Array.from({ length: 4000 }, (_, i) => rowOf(x, i));
  expect(Math.abs(meanAndDeviation(rows.map((row) => row[1] ?? 0)).deviation / 0.02 - 1)).toBeLessThan(0.04);
  expect(
    Math.abs(meanAndDeviation(rows.map((row) => (row[2] ?? 0) - (row[0] ?? 0))).deviation / 0.04 - 1),
  ).toBeLessThan(0.04);
  const ones = matrix(4000, 2, new Float64Array(8000).fill(1));
  const gains = augment(batchEffect, { offset_std: 0, slope_std: 0 }, ones).x.data;
  expect(Math.abs(meanAndDeviation(gains).deviation / 0.03 - 1)).toBeLessThan(0.04);
});

test('broadening adds its variance to a Gaussian band and keeps the area', () => {
  const from = band(1700, 8);
  const { x } = augment(instrumentalBroadening, { fwhm: 30 }, from, { axis });
  const wanted = 2.3548 * Math.hypot(8, 30 / 2.3548);
  expect(Math.abs(widthOf(x) - wanted)).toBeLessThan(1.5);
  const area = (m: Matrix) => m.data.reduce((sum, value) => sum + value, 0);
  expect(area(x)).toBeCloseTo(area(from), 6);
});

test('broadening counts in the unit of the axis', () => {
  const fine: Axis = { values: axis.values.map((nm) => 1300 + (nm - 1300) / 2), unit: 'nm' };
  const [wide, narrow] = [fine, axis].map(
    (on) => augment(instrumentalBroadening, { fwhm: on === fine ? 10 : 20 }, band(1700, 8), { axis: on }).x.data,
  );
  expect(wide).toEqual(narrow);
});

describe('temperature', () => {
  test('moves, weakens and restores the water band', () => {
    const warm = augment(temperature, { temperature_delta: 10 }, band(1950), { axis }).x;
    expect(topOf(warm)).toBe(1946);
    expect(Math.max(...warm.data)).toBeCloseTo(1 - 0.03, 2);
    const cold = augment(temperature, { temperature_delta: -10 }, band(1950), { axis }).x;
    expect(topOf(cold)).toBe(1954);
    expect(Math.max(...cold.data)).toBeGreaterThan(1.02);
  });
  test('leaves other regions as they are', () => {
    const x = band(2130);
    const made = augment(temperature, { temperature_delta: 10 }, x, { axis }).x;
    expect(relativeError(made.data.subarray(780), x.data.subarray(780))).toBeLessThan(1e-6);
  });
  test('does only what is enabled', () => {
    const off = { enable_shift: false, enable_intensity: false, enable_broadening: false };
    const only = (one: object, delta: number) =>
      augment(temperature, { ...off, ...one, temperature_delta: delta }, band(1950), { axis }).x;
    expect(only({}, 50).data).toEqual(band(1950).data);
    expect(topOf(only({ enable_shift: true }, 10))).toBe(1946);
    expect(topOf(only({ enable_intensity: true }, 10))).toBe(1950);
    const broad = matrix(
      1,
      901,
      Float64Array.from(axis.values, (_, j) => (j === 650 ? 1 : 0)),
    );
    const blurred = augment(temperature, { ...off, enable_broadening: true, temperature_delta: 120 }, broad, {
      axis,
    }).x;
    expect(Math.max(...blurred.data)).toBeLessThan(0.99);
  });
  test('acts on all of the axis when asked', () => {
    const made = augment(temperature, { temperature_delta: 10, region_specific: false }, band(2130), { axis }).x;
    expect(topOf(made)).toBe(2128);
  });
  test('says so when the axis has none of its bands', () => {
    const visible: Axis = { values: Float64Array.from({ length: 20 }, (_, j) => 400 + 10 * j), unit: 'nm' };
    const x = syntheticSpectra(2, 20, 1);
    const made = augment(temperature, {}, x, { axis: visible });
    expect(made.notices).toEqual([
      'TemperatureAugmenter changes nothing: the axis holds none of its bands (1,380–2,000 nm).',
    ]);
    expect(made.x.data).toEqual(x.data);
    expect(augment(moisture, {}, x, { axis: visible }).notices[0]).toMatch('changes nothing');
  });
  test('knows wavenumbers', () => {
    const wavenumbers: Axis = { values: axis.values.map((nm) => 1e7 / nm), unit: 'cm-1' };
    const made = augment(temperature, { temperature_delta: 10 }, band(1950), { axis: wavenumbers }).x;
    expect(
      relativeError(made.data, augment(temperature, { temperature_delta: 10 }, band(1950), { axis }).x.data),
    ).toBeLessThan(1e-9);
  });
});

describe('moisture', () => {
  test('wetter samples have more free water: the band moves to shorter wavelengths', () => {
    expect(topOf(augment(moisture, { water_activity_delta: 0.4 }, band(1930), { axis }).x)).toBeLessThan(1930);
    expect(topOf(augment(moisture, { water_activity_delta: -0.4 }, band(1930), { axis }).x)).toBeGreaterThan(1930);
  });
  test('water activity stays between 0 and 1', () => {
    const far = augment(moisture, { water_activity_delta: 1 }, band(1930), { axis }).x;
    const full = augment(moisture, { water_activity_delta: 0.5 }, band(1930), { axis }).x;
    expect(far.data).toEqual(full.data);
  });
  test('more moisture raises the water bands', () => {
    const flat = matrix(1, 901, new Float64Array(901).fill(1));
    const { data } = augment(moisture, { moisture_content: 0.2, water_activity_delta: 0 }, flat, { axis }).x;
    expect(data[630]).toBeCloseTo(1.1, 3);
    expect(data[330]).toBeCloseTo(1, 3);
    expect(
      augment(moisture, { moisture_content: 0.2, enable_intensity: false, enable_shift: false }, flat, { axis }).x.data,
    ).toEqual(flat.data);
  });
});
