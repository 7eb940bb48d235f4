import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import { applyOperator, operatorBank, transposeOperator } from '#core/models/latent/operatorBank.ts';
import { chooseIntervals } from '#core/models/latent/chooseIntervals.ts';
import { intervalBounds } from '#core/models/latent/intervalBounds.ts';
import { dot } from '#core/numerics/dot.ts';
import { columnOf, matrix, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { spectra, syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

function fitted(id: string, params: Record<string, unknown>, x: Matrix, y: Float64Array) {
  const { operator, params: full } = modelCalled(id, params);
  const context = fitContext(x);
  const state = operator.fit(x, y, full, context);
  const coef = operator.linear?.(state, full)?.coef ?? new Float64Array(0);
  return { state, coef, notices: context.notices, predicted: operator.predict(x, state, full) };
}

/** Models that are PLS in another form, with the parameters that make them so. */
const twins: [string, (n: number) => Record<string, unknown>, (n: number) => Record<string, unknown>][] = [
  ['IKPLS', (n) => ({ n_components: n }), (n) => ({ n_components: n })],
  ['SIMPLS', (n) => ({ n_components: n }), (n) => ({ n_components: n })],
  ['SIMPLS', (n) => ({ n_components: n, scale: false }), (n) => ({ n_components: n, scale: false })],
  ['SparsePLS', (n) => ({ n_components: n, alpha: 0 }), (n) => ({ n_components: n })],
  ['SparsePLS', (n) => ({ n_components: n, alpha: 0, scale: false }), (n) => ({ n_components: n, scale: false })],
  ['OPLS', (n) => ({ n_components: n, rescale: false }), (n) => ({ n_components: n + 1 })],
  ['OPLS', (n) => ({ n_components: n, rescale: false, scale: false }), (n) => ({ n_components: n + 1, scale: false })],
  ['LWPLS', (n) => ({ n_components: n, lambda_in_similarity: 1e12 }), (n) => ({ n_components: n })],
  [
    'KernelPLS',
    (n) => ({ n_components: n, kernel: 'linear', normalize_kernel: false }),
    (n) => ({ n_components: n, scale: false }),
  ],
  ['AOMPLS', (n) => ({ n_components: n, operator_index: 0 }), (n) => ({ n_components: n, scale: false })],
  ['IntervalPLS', (n) => ({ n_components: n, n_intervals: 1 }), (n) => ({ n_components: n })],
];

describe.each(twins)('%s %o', (id, own, ofPls) => {
  test('predicts as PLS', () => {
    fc.assert(
      fc.property(spectra(12, 20), fc.integer({ min: 1, max: 3 }), (x, n) => {
        const y = syntheticTarget(x, 7);
        const expected = fitted('PLS', ofPls(n), x, y).predicted;
        expect(relativeError(fitted(id, own(n), x, y).predicted, expected)).toBeLessThan(1e-7);
      }),
      { numRuns: 15 },
    );
  });
});

describe('SparsePLS', () => {
  const x = syntheticSpectra(30, 40, 5);
  const y = syntheticTarget(x, 6);
  test('one component, by hand: weights are X′y pulled towards zero', () => {
    const narrow = matrix(4, 2, Float64Array.of(1, 2, -1, 1, 1, -2, -1, -1));
    const target = Float64Array.of(3, -1, 1, -3);
    // X'y = (8, 6) after centring (all means are 0); less 5: (3, 1), so t = X (3, 1) = (5, −2, 1, −4).
    const { coef } = fitted('SparsePLS', { n_components: 1, alpha: 5, scale: false }, narrow, target);
    const factor = (15 + 2 + 1 + 12) / (25 + 4 + 1 + 16);
    expect(relativeError(coef, [3 * factor, factor])).toBeLessThan(1e-14);
  });
  test('a larger relative threshold keeps fewer channels', () => {
    const kept = [0, 0.3, 0.6, 0.9].map((alpha) => {
      const { coef } = fitted('SparsePLS', { n_components: 2, alpha, threshold: 'relative' }, x, y);
      return coef.filter((value) => value !== 0).length;
    });
    expect(kept[0]).toBe(40);
    expect(kept).toEqual(kept.toSorted((a, b) => b - a));
    expect(kept[3]).toBeLessThan(20);
  });
  test('a threshold above all of X′y leaves the mean, and says so', () => {
    const { predicted, notices } = fitted('SparsePLS', { alpha: 1e6 }, x, y);
    expect(new Set(predicted).size).toBe(1);
    expect(notices.join()).toContain('component 1');
  });
});

describe('intervals', () => {
  test('cover all channels once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), (p, n, wide) => {
        const bounds = intervalBounds(p, n, wide ? n : null);
        expect(bounds[0]?.[0]).toBe(0);
        expect(bounds.at(-1)?.[1]).toBe(p);
        bounds.forEach(([start, end], k) => {
          expect(end).toBeGreaterThan(start);
          if (k > 0) expect(start).toBe(bounds[k - 1]?.[1]);
        });
      }),
    );
  });
  const worth = (gains: number[]) => (chosen: readonly number[]) =>
    chosen.reduce((sum, k) => sum + (gains[k] ?? 0), 0) - 0.1 * chosen.length ** 2;
  test('are added while they help, and removed while they harm', () => {
    const gains = [0.05, 1, -1, 0.6, 0.2];
    expect(chooseIntervals(5, 'single', worth(gains))).toEqual([1]);
    expect(chooseIntervals(5, 'forward', worth(gains))).toEqual([1, 3]);
    expect(chooseIntervals(5, 'backward', worth(gains))).toEqual([1, 3]);
  });
  test('one is taken even when nothing can be scored', () => {
    expect(chooseIntervals(3, 'forward', () => NaN)).toEqual([0]);
  });
  test('IntervalPLS gives no weight outside them, and finds the bands of the target', () => {
    const draws = randomState(5);
    const x = matrix(
      40,
      100,
      Float64Array.from({ length: 4000 }, () => draws.normal()),
    );
    const { coef, state } = fitted('IntervalPLS', { n_components: 2, mode: 'single' }, x, columnOf(x, 55));
    const [start = 0, end = 0] = state['chosen'] as Int32Array;
    coef.forEach((value, j) => {
      expect(value !== 0).toBe(j >= start && j < end);
    });
    expect([start, end]).toEqual([50, 60]);
  });
  test('too few samples for the inner folds are refused', () => {
    const x = syntheticSpectra(4, 30, 1);
    expect(() => fitted('IntervalPLS', {}, x, syntheticTarget(x, 2))).toThrow(
      expect.objectContaining({ code: 'numerics.too-few' }),
    );
  });
});

describe('AOMPLS', () => {
  test('has the 100 and the 9 pre-treatments that its help promises', () => {
    expect([operatorBank('default').length, operatorBank('compact').length]).toEqual([100, 9]);
  });
  test('its pre-treatments are linear and their transposes are transposes', () => {
    const a = rowOf(syntheticSpectra(1, 60, 3), 0);
    const b = rowOf(syntheticSpectra(1, 60, 4), 0);
    for (const operator of operatorBank('default')) {
      const left = dot(applyOperator(operator, a), b);
      expect(Math.abs(left - dot(a, transposeOperator(operator, b)))).toBeLessThan(1e-11);
    }
  });
  test('a path gives for each limit what a fit gives', () => {
    const x = syntheticSpectra(30, 60, 8);
    const y = syntheticTarget(x, 9);
    const { operator, params } = modelCalled('AOMPLS', { operator_bank: 'compact' });
    const states = operator.path?.fit(x, y, params, [1, 4, 8], fitContext(x)) ?? [];
    [1, 4, 8].forEach((n_components, k) => {
      const single = operator.fit(x, y, { ...params, n_components }, fitContext(x));
      expect(states[k]?.['treatment']).toBe(single['treatment']);
      expect(states[k]?.['components']).toBe(single['components']);
    });
  });
  test('a sparsemax at a high temperature mixes, and with one pre-treatment left it is that one', () => {
    const x = syntheticSpectra(30, 60, 8);
    const y = syntheticTarget(x, 9);
    const mixed = fitted('AOMPLS', { operator_bank: 'compact', gate: 'sparsemax', tau: 5 }, x, y);
    expect(mixed.state['treatment']).toContain(' + ');
    const sharp = { operator_bank: 'compact', gate: 'sparsemax', tau: 1e-9, n_components: 3 };
    const one = fitted('AOMPLS', sharp, x, y);
    const name = (one.state['treatment'] as string).replace('1.00 ', '');
    const index = operatorBank('compact').findIndex((operator) => operator.name === name);
    const alone = fitted('AOMPLS', { operator_bank: 'compact', operator_index: index, n_components: 3 }, x, y);
    expect(relativeError(one.predicted, alone.predicted)).toBeLessThan(1e-9);
  });
  test('orthogonal components change the filter, not the form: one regression vector', () => {
    const x = syntheticSpectra(30, 60, 8);
    const y = syntheticTarget(x, 9);
    // Without a pre-treatment, n removed components and one predictive one are PLS with n + 1.
    const own = fitted('AOMPLS', { operator_index: 0, n_orth: 2, n_components: 1 }, x, y);
    const pls = fitted('PLS', { n_components: 3, scale: false }, x, y);
    expect(relativeError(own.coef, pls.coef)).toBeLessThan(1e-8);
  });
});

test('LWPLS follows a curve that PLS cannot', () => {
  const x = matrix(
    60,
    1,
    Float64Array.from({ length: 60 }, (_, i) => i / 10),
  );
  const y = Float64Array.from(x.data, (value) => Math.sin(value));
  const error = (predicted: Float64Array): number => Math.hypot(...predicted.map((value, i) => value - (y[i] ?? 0)));
  const local = fitted('LWPLS', { n_components: 1, lambda_in_similarity: 0.1 }, x, y).predicted;
  expect(error(local)).toBeLessThan(0.3 * error(fitted('PLS', { n_components: 1 }, x, y).predicted));
});
