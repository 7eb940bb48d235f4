import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brentMinimum } from '#core/numerics/brentMinimum.ts';
import { fromRows, matrix } from '#core/numerics/matrix.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, transformCalled } from '#tests/support/operators.ts';
import { interpretOnnx } from '#tests/support/onnxInterpreter.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface Power {
  lambda: number;
  values: number[];
  inverse_of: number[];
  inverse: (number | null)[];
}
interface Quantiles {
  n_quantiles: number;
  new: number[];
  values: number[];
  shares: number[];
  inverse: number[];
}
const known = golden('features.json') as { power: Record<string, Power>; quantile: Record<string, Quantiles> };
const { target } = tecator();
const fat = target('fat');
const targets: Record<string, Float64Array> = {
  fat,
  moisture: target('moisture'),
  shifted_fat: fat.map((value) => value - 20),
  log_fat: fat.map(Math.log),
  fat_11: fat,
  ties: fat.map((value) => 5 * roundedToEven(value / 5)),
  ties_20: fat.map((value) => 5 * roundedToEven(value / 5)),
};
/** As NumPy rounds. */
function roundedToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
const column = (values: ArrayLike<number>) => matrix(values.length, 1, Float64Array.from(values));

function fitted(id: string, params: Record<string, unknown>, y: ArrayLike<number>) {
  const { operator, params: parsed } = transformCalled(id, params);
  const state = operator.fit(column(y), parsed, fitContext(column(y)));
  return {
    state,
    apply: (values: ArrayLike<number>) => operator.apply(column(values), state, parsed).data,
    invert: (values: ArrayLike<number>) => operator.invert?.(column(values), state, parsed).data ?? [],
    graph: (values: ArrayLike<number>) =>
      interpretOnnx(column(values), (graph, input) => operator.onnx?.(graph, input, state, parsed) ?? input)?.data,
    inverseGraph: (values: ArrayLike<number>) =>
      interpretOnnx(column(values), (graph, input) => operator.onnxInvert?.(graph, input, state, parsed) ?? input)
        ?.data,
  };
}

describe('PowerTransformer and BoxCox agree with scikit-learn', () => {
  test.each(Object.entries(known.power))('%s', (name, expected) => {
    const [which = '', method = ''] = name.split(' ');
    const y = targets[which] ?? [];
    const operators = [fitted('PowerTransformer', { method }, y)];
    if (method === 'box-cox') operators.push(fitted('BoxCox', {}, y));
    for (const power of operators) {
      // The likelihood is flat at its maximum: eight digits of the exponent are what doubles can tell.
      expect(relativeError((power.state['lambda'] ?? []) as Float64Array, [expected.lambda])).toBeLessThan(1e-6);
      expect(relativeError(power.apply(Array.from(y).slice(0, 10)), expected.values)).toBeLessThan(1e-6);
      const finite = expected.inverse.flatMap((value, k) => (value === null || Number.isNaN(value) ? [] : [k]));
      const inverse = power.invert(expected.inverse_of);
      expect(
        relativeError(
          finite.map((k) => inverse[k] ?? NaN),
          finite.map((k) => expected.inverse[k] ?? NaN),
        ),
      ).toBeLessThan(1e-6);
    }
  });
});

describe('power transforms', () => {
  const skewed = fc.array(
    fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100),
    { minLength: 5, maxLength: 40 },
  );

  test('are undone exactly, and keep the order', () => {
    fc.assert(
      fc.property(skewed, fc.boolean(), (logs, positive) => {
        const y = logs.map((value) => (positive ? Math.exp(value) : Math.sinh(value)));
        fc.pre(new Set(y).size > 3);
        const power = fitted(positive ? 'BoxCox' : 'PowerTransformer', {}, y);
        const there = power.apply(y);
        expect(relativeError(power.invert(there), y)).toBeLessThan(1e-7);
        const order = (values: ArrayLike<number>) =>
          Array.from(values, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
        const sorted = order(y).map((i) => there[i] ?? NaN);
        for (let k = 1; k < sorted.length; k++) expect(sorted[k]).toBeGreaterThanOrEqual((sorted[k - 1] ?? 0) - 1e-9);
      }),
      { numRuns: 50 },
    );
  });
  test('compute the same in a graph, also for a logarithm and beyond the pole', () => {
    for (const [id, y, new_] of [
      ['BoxCox', fat, [0.1, 1, 30]],
      ['PowerTransformer', fat.map((value) => value - 20), [-30, -1, 0, 2, 60]],
    ] as const) {
      const power = fitted(id, {}, y);
      const actual = power.graph(new_);
      if (actual) expect(relativeError(actual, power.apply(new_))).toBeLessThan(1e-11);
      const wide = [-8, -1, 0, 1, 8];
      const back = power.inverseGraph(wide);
      if (back) expect(relativeError(back, power.invert(wide))).toBeLessThan(1e-9);
      expect(Array.from(power.invert(wide)).every(Number.isFinite)).toBe(true);
    }
  });
  test('leave a constant target as it is', () => {
    const constant = fitted('PowerTransformer', { standardize: false }, [3, 3, 3]);
    expect([...constant.apply([3, 5])].map((value) => Number(value.toPrecision(12)))).toEqual([3, 5]);
  });
  test('Box–Cox refuses values that are not positive', () => {
    expect(() => fitted('BoxCox', {}, [1, 0, 2])).toThrow(
      'must all be above 0 for a Box–Cox transform. Use YeoJohnson.',
    );
    expect(() => fitted('BoxCox', {}, [1, 3, 2]).apply([-1])).toThrow('not above 0');
  });
  test('take other columns apart', () => {
    const two = fromRows([
      [1, 10],
      [2, 100],
      [4, 1000],
      [3, 10000],
    ]);
    const { operator, params } = transformCalled('BoxCox');
    const state = operator.fit(two, params, fitContext(two));
    const alone = fitted('BoxCox', {}, [10, 100, 1000, 10000]).apply([10, 100, 1000, 10000]);
    const out = operator.apply(two, state, params);
    expect(
      relativeError(
        [1, 3, 5, 7].map((at) => out.data[at] ?? NaN),
        alone,
      ),
    ).toBeLessThan(1e-12);
  });
});

describe('QuantileTransformer agrees with scikit-learn', () => {
  test.each(Object.entries(known.quantile))('%s', (name, expected) => {
    const quantiles = fitted('QuantileTransformer', { n_quantiles: expected.n_quantiles }, targets[name] ?? fat);
    expect(relativeError(quantiles.apply(expected.new), expected.values)).toBeLessThan(1e-12);
    expect(relativeError(quantiles.invert(expected.shares), expected.inverse)).toBeLessThan(1e-12);
    expect(relativeError(quantiles.inverseGraph(expected.shares) ?? expected.inverse, expected.inverse)).toBeLessThan(
      1e-12,
    );
    expect(relativeError(quantiles.graph(expected.new) ?? expected.values, expected.values)).toBeLessThan(1e-12);
  });
});

test('brentMinimum finds minima of parabolas and quartics wherever they are', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (at, width) => {
        const parabola = brentMinimum((t) => ((t - at) / width) ** 2, -2, 2);
        expect(Math.abs(parabola - at)).toBeLessThan(1e-6 * Math.max(1, Math.abs(at)));
        const quartic = brentMinimum((t) => ((t - at) / width) ** 4 + ((t - at) / width) ** 2, -2, 2);
        expect(Math.abs(quartic - at)).toBeLessThan(1e-5 * Math.max(1, Math.abs(at)));
      },
    ),
  );
});
