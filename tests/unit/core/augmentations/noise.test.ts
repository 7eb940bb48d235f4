import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gaussianAdditiveNoise } from '#core/augmentations/noise/gaussianAdditiveNoise.ts';
import { heteroscedasticNoise } from '#core/augmentations/noise/heteroscedasticNoise.ts';
import { multiplicativeNoise } from '#core/augmentations/noise/multiplicativeNoise.ts';
import { spikeNoise } from '#core/augmentations/noise/spikeNoise.ts';
import { matrix, rowOf } from '#core/numerics/matrix.ts';
import { spectra, syntheticSpectra } from '#tests/support/arbitraries.ts';
import { augment, meanAndDeviation } from '#tests/unit/core/augmentations/support/augment.ts';

const x = syntheticSpectra(40, 500, 3);
const changes = (made: { x: typeof x }, from = x) => made.x.data.map((value, i) => value - (from.data[i] ?? 0));

describe('additive noise', () => {
  test('has the stated share of the standard deviation of each spectrum', () => {
    const noise = changes(augment(gaussianAdditiveNoise, { sigma: 0.1 }, x));
    for (let i = 0; i < x.rows; i++) {
      const { mean, deviation } = meanAndDeviation(noise.subarray(i * 500, (i + 1) * 500));
      const wanted = 0.1 * meanAndDeviation(rowOf(x, i)).deviation;
      expect(Math.abs(deviation / wanted - 1)).toBeLessThan(0.15);
      expect(Math.abs(mean)).toBeLessThan(0.2 * wanted);
    }
  });
  test('has the share of all spectra together when it is applied globally', () => {
    const { deviation } = meanAndDeviation(
      changes(augment(gaussianAdditiveNoise, { sigma: 0.1, apply_on: 'global' }, x)),
    );
    expect(Math.abs(deviation / (0.1 * meanAndDeviation(x.data).deviation) - 1)).toBeLessThan(0.03);
  });
  test('grows with the strength, draw for draw', () => {
    fc.assert(
      fc.property(spectra(), fc.double({ min: 0.01, max: 2, noNaN: true }), (some, sigma) => {
        const [one, more] = [0.01, sigma].map((size) =>
          changes(augment(gaussianAdditiveNoise, { sigma: size }, some), some),
        );
        one?.forEach((value, i) => {
          expect(more?.[i]).toBeCloseTo((value * sigma) / 0.01, 8);
        });
      }),
      { numRuns: 20 },
    );
  });
  test('varies together in neighbouring channels when it is smoothed', () => {
    const correlation = (width: number) => {
      const noise = changes(augment(gaussianAdditiveNoise, { sigma: 0.1, smoothing_kernel_width: width }, x));
      let [pairs, squares] = [0, 0];
      for (let i = 0; i + 1 < noise.length; i++) {
        pairs += (noise[i] ?? 0) * (noise[i + 1] ?? 0);
        squares += (noise[i] ?? 0) ** 2;
      }
      return pairs / squares;
    };
    expect(Math.abs(correlation(1))).toBeLessThan(0.05);
    expect(correlation(13)).toBeGreaterThan(0.8);
  });
});

describe('multiplicative noise', () => {
  const many = syntheticSpectra(2000, 20, 4);
  test('keeps the shape of each spectrum; its gains have the stated spread around 1', () => {
    const { x: made } = augment(multiplicativeNoise, { sigma_gain: 0.05 }, many);
    const gains = Array.from({ length: many.rows }, (_, i) => (made.data[i * 20] ?? 0) / (many.data[i * 20] ?? 1));
    made.data.forEach((value, k) => {
      expect(value / (many.data[k] ?? 1)).toBeCloseTo(gains[Math.floor(k / 20)] ?? NaN, 10);
    });
    const { mean, deviation } = meanAndDeviation(gains);
    expect(Math.abs(mean - 1)).toBeLessThan(0.005);
    expect(Math.abs(deviation / 0.05 - 1)).toBeLessThan(0.06);
  });
  test('has a gain for each channel when asked', () => {
    const { x: made } = augment(multiplicativeNoise, { sigma_gain: 0.05, per_wavelength: true }, many);
    const { deviation } = meanAndDeviation(made.data.map((value, k) => value / (many.data[k] ?? 1)));
    expect(Math.abs(deviation / 0.05 - 1)).toBeLessThan(0.02);
  });
});

test('signal-dependent noise has the stated size at each signal', () => {
  const flat = matrix(
    4000,
    3,
    Float64Array.from({ length: 12_000 }, (_, i) => [0, 1, -4][i % 3] ?? 0),
  );
  const noise = changes(augment(heteroscedasticNoise, { noise_base: 0.01, noise_signal_dep: 0.02 }, flat), flat);
  [0.01, 0.03, 0.09].forEach((wanted, j) => {
    const { deviation } = meanAndDeviation(noise.filter((_, i) => i % 3 === j));
    expect(Math.abs(deviation / wanted - 1)).toBeLessThan(0.05);
  });
});

test('spikes change as many channels as stated, by no more than stated', () => {
  const counts = new Set<number>();
  const made = augment(
    spikeNoise,
    { n_spikes_range: [2, 4], amplitude_range: [0.5, 0.7] },
    syntheticSpectra(200, 50, 8),
  );
  const from = syntheticSpectra(200, 50, 8);
  for (let i = 0; i < 200; i++) {
    const spikes = rowOf(made.x, i)
      .map((value, j) => value - (rowOf(from, i)[j] ?? 0))
      .filter((value) => value !== 0);
    counts.add(spikes.length);
    spikes.forEach((height) => {
      expect(height).toBeGreaterThan(0.5 - 1e-9);
      expect(height).toBeLessThan(0.7 + 1e-9);
    });
  }
  expect([...counts].sort()).toEqual([2, 3, 4]);
});

test('spikes never change more channels than stated, whatever the spectra', () => {
  fc.assert(
    fc.property(spectra(), fc.integer({ min: 0, max: 999 }), (some, seed) => {
      const made = augment(spikeNoise, { n_spikes_range: [1, 3], amplitude_range: [1, 2] }, some, { seed });
      for (let i = 0; i < some.rows; i++) {
        const changed = rowOf(made.x, i).filter((value, j) => value !== rowOf(some, i)[j]);
        expect(changed.length).toBeGreaterThanOrEqual(1);
        expect(changed.length).toBeLessThanOrEqual(3);
      }
    }),
    { numRuns: 30 },
  );
});
