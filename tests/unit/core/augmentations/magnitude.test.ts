import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandMasking } from '#core/augmentations/magnitude/bandMasking.ts';
import { bandPerturbation } from '#core/augmentations/magnitude/bandPerturbation.ts';
import { channelDropout } from '#core/augmentations/magnitude/channelDropout.ts';
import { deadBand } from '#core/augmentations/magnitude/deadBand.ts';
import { localClipping } from '#core/augmentations/magnitude/localClipping.ts';
import { randomOperation } from '#core/augmentations/magnitude/randomOperation.ts';
import { rotateTranslate } from '#core/augmentations/magnitude/rotateTranslate.ts';
import { matrix, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { spectra, syntheticSpectra } from '#tests/support/arbitraries.ts';
import { augment, meanAndDeviation } from '#tests/unit/core/augmentations/support/augment.ts';

/** Channels of a row that differ from the original. */
const changed = (made: Matrix, from: Matrix, row: number): number[] =>
  Array.from(rowOf(made, row).keys()).filter((j) => rowOf(made, row)[j] !== rowOf(from, row)[j]);
const x = syntheticSpectra(60, 100, 9);
const runs = (channels: readonly number[]): number =>
  channels.filter((j, k) => k === 0 || j !== (channels[k - 1] ?? 0) + 1).length;

test('a band perturbation changes bands of the stated width only', () => {
  const { x: made } = augment(
    bandPerturbation,
    { n_bands: 1, bandwidth_range: [6, 9], gain_range: [2, 2], offset_range: [1, 1] },
    x,
  );
  for (let i = 0; i < x.rows; i++) {
    const channels = changed(made, x, i);
    expect(channels.length).toBeGreaterThanOrEqual(6);
    expect(channels.length).toBeLessThanOrEqual(9);
    expect(runs(channels)).toBe(1);
    for (const j of channels) expect(rowOf(made, i)[j]).toBeCloseTo(2 * (rowOf(x, i)[j] ?? 0) + 1, 12);
  }
});

describe('band masking', () => {
  test('sets bands to zero', () => {
    const { x: made } = augment(bandMasking, { mode: 'zero', n_bands_range: [1, 1], bandwidth_range: [5, 5] }, x);
    for (let i = 0; i < x.rows; i++) expect(rowOf(made, i).filter((value) => value === 0)).toHaveLength(5);
  });
  test('leaves straight lines as they are, and never leaves the range of the spectrum', () => {
    fc.assert(
      fc.property(spectra(), fc.integer({ min: 0, max: 500 }), (some, seed) => {
        const { x: made } = augment(bandMasking, { bandwidth_range: [1, 40] }, some, { seed });
        for (let i = 0; i < some.rows; i++) {
          expect(Math.max(...rowOf(made, i))).toBeLessThanOrEqual(Math.max(...rowOf(some, i)) + 1e-12);
          expect(Math.min(...rowOf(made, i))).toBeGreaterThanOrEqual(Math.min(...rowOf(some, i)) - 1e-12);
        }
      }),
    );
    const line = matrix(
      30,
      50,
      Float64Array.from({ length: 1500 }, (_, k) => 3 + 0.5 * (k % 50)),
    );
    const { x: made } = augment(bandMasking, {}, line);
    for (let i = 0; i < 30; i++)
      for (const j of changed(made, line, i)) {
        const atEnd = changed(made, line, i).includes(0) || changed(made, line, i).includes(49);
        expect(atEnd || Math.abs((rowOf(made, i)[j] ?? 0) - (rowOf(line, i)[j] ?? 0)) < 1e-12).toBe(true);
      }
  });
});

describe('channel dropout', () => {
  test('drops the stated share of channels', () => {
    const { x: made } = augment(channelDropout, { mode: 'zero', dropout_prob: 0.2 }, x);
    const share = made.data.filter((value) => value === 0).length / made.data.length;
    expect(Math.abs(share - 0.2)).toBeLessThan(0.02);
  });
  test('joins the neighbours of dropped channels: a line stays a line', () => {
    const line = matrix(
      20,
      50,
      Float64Array.from({ length: 1000 }, (_, k) => 3 + 0.5 * (k % 50)),
    );
    const { x: made } = augment(channelDropout, { dropout_prob: 0.5 }, line);
    for (let i = 0; i < 20; i++)
      rowOf(made, i)
        .subarray(10, 40)
        .forEach((value, j) => {
          expect(value).toBeCloseTo(3 + 0.5 * (j + 10), 10);
        });
  });
  test('leaves a spectrum alone when all channels would go', () => {
    expect(augment(channelDropout, { dropout_prob: 1 }, x).x.data).toEqual(x.data);
  });
});

test('clipping lowers the top tenth of a region and nothing else', () => {
  const { x: made } = augment(localClipping, { width_range: [20, 20] }, x);
  for (let i = 0; i < x.rows; i++) {
    const channels = changed(made, x, i);
    expect(channels).toHaveLength(2);
    for (const j of channels) expect(rowOf(made, i)[j] ?? 0).toBeLessThan(rowOf(x, i)[j] ?? 0);
  }
});

test('a dead band is noise around zero of the stated size', () => {
  const { x: made } = augment(deadBand, { width_range: [40, 40], noise_std: 0.02 }, x);
  const noise = Array.from({ length: x.rows }, (_, i) => changed(made, x, i).map((j) => rowOf(made, i)[j] ?? 0));
  expect(noise.every((values) => values.length === 40)).toBe(true);
  const { mean, deviation } = meanAndDeviation(noise.flat());
  expect(Math.abs(mean)).toBeLessThan(0.002);
  expect(Math.abs(deviation / 0.02 - 1)).toBeLessThan(0.06);
});

test('dead bands come with the stated probability, in the same place for a batch', () => {
  const { x: made } = augment(deadBand, { probability: 0.3 }, syntheticSpectra(1000, 40, 1));
  const from = syntheticSpectra(1000, 40, 1);
  const share = Array.from({ length: 1000 }, (_, i) => changed(made, from, i).length > 0).filter(Boolean).length / 1000;
  expect(Math.abs(share - 0.3)).toBeLessThan(0.05);
  const batch = augment(deadBand, { variation_scope: 'batch' }, x).x;
  for (let i = 1; i < x.rows; i++) expect(changed(batch, x, i)).toEqual(changed(batch, x, 0));
});

test('rotation adds two straight lines', () => {
  const { x: made } = augment(rotateTranslate, {}, x);
  for (let i = 0; i < x.rows; i++) {
    const added = Array.from(rowOf(made, i), (value, j) => value - (rowOf(x, i)[j] ?? 0));
    const bends = added
      .slice(2)
      .filter((value, j) => Math.abs(value - 2 * (added[j + 1] ?? 0) + (added[j] ?? 0)) > 1e-9);
    // One place where the lines meet lies between two channels, so that two second differences see it.
    expect(bends.length).toBeLessThanOrEqual(2);
  }
});

test('a random operation multiplies, adds or subtracts, the same for all spectra by default', () => {
  const { x: made } = augment(randomOperation, {}, x);
  const factors = rowOf(made, 0).map((value, j) => value / (rowOf(x, 0)[j] ?? 1));
  expect(Math.min(...factors)).toBeGreaterThan(0.97 - 1e-9);
  expect(Math.max(...factors)).toBeLessThan(1.03 + 1e-9);
  rowOf(made, 7).forEach((value, j) => {
    expect(value / (rowOf(x, 7)[j] ?? 1)).toBeCloseTo(factors[j] ?? NaN, 12);
  });
  const two = { operator_range: [2, 2] };
  expect(augment(randomOperation, { ...two, operator_func: '_operator.add' }, x).x.data).toEqual(
    x.data.map((value) => value + 2),
  );
  expect(augment(randomOperation, { ...two, operator_func: 'sub' }, x).x.data).toEqual(
    x.data.map((value) => value - 2),
  );
  expect(() => randomOperation.params.parse({ operator_func: 'truediv' })).toThrow();
});

test('clipping only lowers, and never below the smallest value of the spectrum', () => {
  fc.assert(
    fc.property(spectra(), fc.integer({ min: 0, max: 999 }), (some, seed) => {
      const { x: made } = augment(localClipping, { n_regions: 3 }, some, { seed });
      for (let i = 0; i < some.rows; i++) {
        const lowest = Math.min(...rowOf(some, i));
        expect(rowOf(made, i).every((value, j) => value <= (rowOf(some, i)[j] ?? NaN) && value >= lowest)).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});
