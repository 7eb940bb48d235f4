import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { spectraBands } from '#core/execution/spectraBands.ts';
import { spectraDensity, type DensityRequest } from '#core/execution/spectraDensity.ts';

describe('bands', () => {
  test('are the order statistics of each wavelength, exactly for small sets', () => {
    const rows = 101;
    const x = Float64Array.from({ length: rows * 2 }, (_, k) => (k % 2 === 0 ? ((k / 2) * 37) % 101 : -5));
    const bands = spectraBands({ x, rows, cols: 2 }, neverCancelled);
    expect([
      bands.min[0],
      bands.p5[0],
      bands.p25[0],
      bands.median[0],
      bands.p75[0],
      bands.p95[0],
      bands.max[0],
    ]).toEqual([0, 5, 25, 50, 75, 95, 100]);
    for (const band of Object.values(bands) as Float64Array[]) expect(band[1]).toBe(-5);
  });

  test('of large sets are right to a thousandth of the range', () => {
    const rows = 5000;
    const x = Float64Array.from({ length: rows * 3 }, (_, k) => Math.sin(k * 12.9898) * 10);
    const bands = spectraBands({ x, rows, cols: 3 }, neverCancelled);
    for (let j = 0; j < 3; j++) {
      const column = Float64Array.from({ length: rows }, (_, i) => x[i * 3 + j] ?? NaN).sort();
      const found = [bands.p5, bands.p25, bands.median, bands.p75, bands.p95].map((band) => band[j] ?? NaN);
      [0.05, 0.25, 0.5, 0.75, 0.95].forEach((q, k) => {
        expect(Math.abs((found[k] ?? NaN) - (column[Math.floor(q * (rows - 1))] ?? NaN))).toBeLessThan(20 / 1000);
      });
    }
  });
});

describe('density', () => {
  const base = { y: null, width: 40, height: 30, limit: null };
  const request = (x: number[][], axis: number[], more: Partial<DensityRequest> = {}): DensityRequest => ({
    ...base,
    x: Float64Array.from(x.flat()),
    rows: x.length,
    cols: axis.length,
    axis: Float64Array.from(axis),
    view: { left: axis[0] ?? 0, right: axis.at(-1) ?? 1, bottom: 0, top: 1 },
    ...more,
  });
  const columnSums = ({ count }: { count: Uint32Array }) =>
    Array.from({ length: 40 }, (_, c) =>
      Array.from({ length: 30 }, (_, r) => count[r * 40 + c] ?? 0).reduce((a, b) => a + b, 0),
    );

  test('a flat line fills one pixel a column', () => {
    const result = spectraDensity(request([[0.5, 0.5, 0.5]], [1, 2, 3]), neverCancelled);
    expect(columnSums(result)).toEqual(new Array<number>(40).fill(1));
    expect(result.drawn).toBe(1);
  });

  test('a steep flank has no holes', () => {
    const { count } = spectraDensity(request([[0, 0, 1, 1]], [0, 1, 1.01, 2]), neverCancelled);
    const rowsHit = Array.from({ length: 30 }, (_, r) => count.subarray(r * 40, (r + 1) * 40).some((one) => one > 0));
    expect(rowsHit.slice(1).every(Boolean)).toBe(true);
  });

  test('a reversed axis, or a reversed view, is the mirror image', () => {
    const up = spectraDensity(request([[0.1, 0.4, 0.9]], [1, 2, 3]), neverCancelled);
    const down = spectraDensity(
      request([[0.9, 0.4, 0.1]], [3, 2, 1], { view: { left: 1, right: 3, bottom: 0, top: 1 } }),
      neverCancelled,
    );
    expect(down.count).toEqual(up.count);
  });

  test('colours are means of the spectra through a pixel, and missing values colour nothing', () => {
    const { colour } = spectraDensity(request([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]], [1, 2], { y: Float64Array.of(2, 4, NaN) }), neverCancelled); // prettier-ignore
    const seen = new Set(colour?.filter((value) => !Number.isNaN(value)));
    expect([...seen]).toEqual([3]);
  });

  test('no view makes it fail or write beside the picture', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, number, number, (left, right, bottom, top) => {
        const { count } = spectraDensity(
          request([[0, 5, -1e5]], [1000, 1500, 2500], { view: { left, right, bottom, top } }),
          neverCancelled,
        );
        expect(count).toHaveLength(1200);
        for (const one of count) expect(one).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a limit draws evenly spaced spectra', () => {
    const x = Array.from({ length: 100 }, () => [0.5, 0.5]);
    expect(spectraDensity(request(x, [1, 2], { limit: 10 }), neverCancelled).drawn).toBe(10);
    expect(spectraDensity(request(x, [1, 2], { limit: 1000 }), neverCancelled).drawn).toBe(100);
  });
});
