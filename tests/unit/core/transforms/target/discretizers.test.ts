import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix } from '#core/numerics/matrix.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, transformCalled } from '#tests/support/operators.ts';
import { interpretOnnx } from '#tests/support/onnxInterpreter.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const known = golden('features.json') as {
  bins: { target: string; strategy: string; n_bins: number; edges: number[]; codes: number[] }[];
};
const fat = tecator().target('fat');
/** As NumPy rounds. */
function roundedToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
const targets: Record<string, Float64Array> = {
  fat,
  skewed: fat.map((value) => Math.exp(value / 8)),
  ties: fat.map((value) => 5 * roundedToEven(value / 5)),
};
const column = (values: ArrayLike<number>) => matrix(values.length, 1, Float64Array.from(values));

function fitted(id: string, params: Record<string, unknown>, y: ArrayLike<number>, classCount = 0) {
  const { operator, params: parsed } = transformCalled(id, params);
  const context = fitContext(column(y), { classCount });
  const state = operator.fit(column(y), parsed, context);
  return {
    state,
    notices: context.notices,
    names: operator.classNames?.(state, parsed) ?? [],
    apply: (values: ArrayLike<number>) => [...operator.apply(column(values), state, parsed).data],
    invert: (values: ArrayLike<number>) => [...(operator.invert?.(column(values), state, parsed).data ?? [])],
    inverseGraph: (values: ArrayLike<number>) => [
      ...(interpretOnnx(column(values), (graph, input) => operator.onnxInvert?.(graph, input, state, parsed) ?? input)
        ?.data ?? []),
    ],
    graph: (values: ArrayLike<number>) =>
      interpretOnnx(column(values), (graph, input) => operator.onnx?.(graph, input, state, parsed) ?? input)?.data,
  };
}

describe('KBinsDiscretizer agrees with scikit-learn', () => {
  test.each(known.bins)('$target $strategy $n_bins', ({ target, strategy, n_bins, edges, codes }) => {
    const y = targets[target] ?? fat;
    const bins = fitted('KBinsDiscretizer', { n_bins, strategy }, y);
    expect(relativeError((bins.state['limits'] ?? []) as Float64Array, edges.slice(1, -1))).toBeLessThan(1e-12);
    expect(bins.apply(y)).toEqual(codes);
    const centres = edges.slice(1).map((edge, k) => (edge + (edges[k] ?? 0)) / 2);
    expect(relativeError(bins.invert(centres.map((_, k) => k)), centres)).toBeLessThan(1e-12);
    expect(bins.names).toHaveLength(edges.length - 1);
  });
  test('says when classes coincide', () => {
    const { notices, names } = fitted('KBinsDiscretizer', { n_bins: 5 }, [1, 1, 1, 1, 1, 1, 1, 2]);
    expect(notices).toEqual(['KBinsDiscretizer: only 1 of 5 classes are left, because limits coincide.']);
    expect(names).toEqual(['all']);
  });
});

describe('RangeDiscretizer', () => {
  const { apply, invert, names } = fitted('RangeDiscretizer', { bins: [10, 25] }, fat);
  test('puts a value at a limit into the upper class', () => {
    expect(apply([9.99, 10, 24.9, 25, 1e6, -5])).toEqual([0, 1, 1, 2, 2, 0]);
  });
  test('names the classes, and gives their middle', () => {
    expect(names).toEqual(['< 10', '10 – 25', '≥ 25']);
    expect(invert([0, 1, 2])).toEqual([9, 17.5, 26]);
  });
  test('needs ascending limits, at least one', () => {
    expect(() => fitted('RangeDiscretizer', {}, fat)).toThrow('Name at least one limit');
    expect(() => fitted('RangeDiscretizer', { bins: [3, 3] }, fat)).toThrow('must ascend');
  });
  test('counts the limits at or below each value', () => {
    const limits = fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(limits, fc.array(fc.integer({ min: -25, max: 25 }), { minLength: 1 }), (bins, values) => {
        const sorted = bins.sort((a, b) => a - b);
        const codes = fitted('RangeDiscretizer', { bins: sorted }, values).apply(values);
        expect(codes).toEqual(values.map((value) => sorted.filter((limit) => limit <= value).length));
      }),
    );
  });
});

describe('LabelEncoder', () => {
  test('numbers values in ascending order, and names them', () => {
    const { apply, invert, names } = fitted('LabelEncoder', {}, [30, 10, 20, 10]);
    expect(apply([10, 20, 30])).toEqual([0, 1, 2]);
    expect(invert([2, 0])).toEqual([30, 10]);
    expect(names).toEqual(['10', '20', '30']);
  });
  test('leaves codes of classes alone, also when a fold lacks one', () => {
    expect(fitted('LabelEncoder', {}, [0, 2, 0, 2], 3).apply([0, 1, 2])).toEqual([0, 1, 2]);
  });
  test('gives every value back, numbered in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 }), (values) => {
        const { apply, invert, names } = fitted('LabelEncoder', {}, values);
        expect(invert(apply(values))).toEqual(values);
        expect(apply([...new Set(values)].sort((a, b) => a - b))).toEqual([...names.keys()]);
      }),
    );
  });
  test('refuses a value that training did not have', () => {
    expect(() => fitted('LabelEncoder', {}, [1, 2]).apply([3])).toThrow('3 of the target did not occur');
  });
});

test('graphs give the codes, and for codes the same values', () => {
  for (const [id, params] of [
    ['RangeDiscretizer', { bins: [5, 10, 25] }],
    ['KBinsDiscretizer', { n_bins: 4 }],
    ['LabelEncoder', {}],
  ] as const) {
    const bins = fitted(id, params, fat);
    const codes = [0, 1, 2, 3];
    expect(relativeError(bins.inverseGraph(codes), bins.invert(codes))).toBeLessThan(1e-12);
    const some = fat.slice(0, 20);
    const actual = bins.graph(some);
    if (actual) expect(relativeError(actual, bins.apply(some))).toBeLessThan(1e-12);
  }
});
