import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { syntheticTarget, spectra } from '#tests/support/arbitraries.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, modelCalled, transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const known = golden('features.json') as { osc_then_pls: Record<string, Record<'True' | 'False', number[]>> };
const { x, target } = tecator();
const fat = target('fat');

function corrected(on: Matrix, y: Float64Array, params: Record<string, unknown>, classCount = 0): Matrix {
  const { operator, params: parsed } = transformCalled('OSC', params);
  return operator.apply(on, operator.fit(on, parsed, fitContext(on, { y, classCount })), parsed);
}

function plsPredictions(on: Matrix, y: Float64Array, n_components: number, scale: boolean): Float64Array {
  const { operator, params } = modelCalled('PLS', { n_components, scale });
  return operator.predict(on, operator.fit(on, y, params, fitContext(on)), params);
}
const centred = (m: Matrix): Matrix => {
  const means = Float64Array.from({ length: m.cols }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < m.rows; i++) sum += m.data[i * m.cols + j] ?? 0;
    return sum / m.rows;
  });
  return { ...m, data: m.data.map((value, at) => value - (means[at % m.cols] ?? 0)) };
};

describe('on Tecator', () => {
  test.each(['1', '3'])(
    'removing %s components and fitting one more is PLS with all of them (scikit-learn)',
    (count) => {
      // One PLS component sees scaled channels as OSC does only when they are not scaled again: centred spectra here.
      const spectra_ = centred(x);
      const filtered = corrected(
        spectra_,
        fat.map((value) => value - fat.reduce((a, b) => a + b, 0) / fat.length),
        {
          n_components: Number(count),
          scale: false,
        },
      );
      const predicted = plsPredictions(filtered, fat, 1, false);
      expect(relativeError(predicted.slice(0, 20), known.osc_then_pls[count]?.False ?? [])).toBeLessThan(1e-9);
    },
  );
});

test('what is removed is orthogonal to the target', () => {
  fc.assert(
    fc.property(
      spectra(8),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      fc.nat(1000),
      (some, n_components, centre, seed) => {
        const raw = syntheticTarget(some, seed);
        const mean = raw.reduce((a, b) => a + b, 0) / raw.length;
        const y = raw.map((value) => value - mean);
        const input = centre ? some : centred(some);
        const output = corrected(input, y, { n_components, scale: centre });
        const size = Math.hypot(...y);
        for (let j = 0; j < some.cols; j++) {
          let product = 0;
          let length = 0;
          for (let i = 0; i < some.rows; i++) {
            const removed = (rowOf(input, i)[j] ?? 0) - (rowOf(output, i)[j] ?? 0);
            product += removed * (y[i] ?? 0);
            length += removed * removed;
          }
          expect(Math.abs(product)).toBeLessThan(1e-9 * size * Math.max(1, Math.sqrt(length)));
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('classes: what is removed is orthogonal to the membership of every class', () => {
  const codes = fat.map((value) => (value < 10 ? 0 : value < 25 ? 1 : 2));
  const output = corrected(x, codes, { n_components: 2 }, 3);
  for (const k of [0, 1, 2]) {
    const members = [...codes.keys()].filter((i) => codes[i] === k);
    for (const j of [0, 50, 99]) {
      const mean = (m: Matrix): number => members.reduce((sum, i) => sum + (rowOf(m, i)[j] ?? 0), 0) / members.length;
      expect(Math.abs(mean(output) - mean(x))).toBeLessThan(1e-10);
    }
  }
});

describe('refuses', () => {
  test('a constant target', () => {
    expect(() =>
      corrected(
        x,
        fat.map(() => 2),
        {},
      ),
    ).toThrow('is constant');
  });
  test('a missing target', () => {
    expect(() => transformCalled('OSC').fit(x)).toThrow('the target is missing');
  });
});
