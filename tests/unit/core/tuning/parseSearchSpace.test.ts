import { expect, test } from 'vitest';
import { countValues, levelsOf, type Dimension } from '#core/tuning/dimension.ts';
import { parseDimension } from '#core/tuning/parseDimension.ts';
import { parseSearchSpace } from '#core/tuning/parseSearchSpace.ts';
import { countPoints, paramsAt } from '#core/tuning/searchSpace.ts';

const int = (low: number, high: number, more: Partial<Dimension> = {}) => ({
  kind: 'int',
  low,
  high,
  step: 1,
  log: false,
  ...more,
});
const float = (low: number, high: number, more: object = {}) => ({
  kind: 'float',
  low,
  high,
  step: null,
  log: false,
  ...more,
});

test.each<[string, unknown, unknown]>([
  ['a range of integers', ['int', 1, 20], int(1, 20)],
  ['its name in Python', ['builtins.int', 1, 20], int(1, 20)],
  ['a range of numbers', ['float', 0.1, 1], float(0.1, 1)],
  ['logarithmic numbers', ['float_log', 1e-4, 100], float(1e-4, 100, { log: true })],
  ['the same the other way round', ['log_float', 1e-4, 100], float(1e-4, 100, { log: true })],
  ['logarithmic integers', ['int_log', 1, 1000], int(1, 1000, { log: true })],
  ['choices with a name', ['categorical', ['a', 'b']], { kind: 'categorical', choices: ['a', 'b'] }],
  ['a switch', ['bool', [true, false]], { kind: 'categorical', choices: [true, false] }],
  ['a plain list', ['linear', 'rbf', null], { kind: 'categorical', choices: ['linear', 'rbf', null] }],
  ['a list of two numbers', [1, 20], { kind: 'categorical', choices: [1, 20] }],
  ['choices that are lists', [[8, 4], [16]], { kind: 'categorical', choices: [[8, 4], [16]] }],
  ['the same choice twice', [3, 3, 5], { kind: 'categorical', choices: [3, 5] }],
  ['a map', { type: 'int', low: 2, high: 10, step: 2 }, int(2, 10, { step: 2 })],
  ['a map with min and max', { type: 'float', min: 0, max: 1, step: 0.1 }, float(0, 1, { step: 0.1 })],
  ['a logarithmic map', { type: 'float', min: 1e-5, max: 0.1, log: true }, float(1e-5, 0.1, { log: true })],
  ['a map of choices', { type: 'categorical', choices: [3, 5] }, { kind: 'categorical', choices: [3, 5] }],
  ['a map of values', { values: ['a'] }, { kind: 'categorical', choices: ['a'] }],
  ['a map without a type', { low: 1, high: 4 }, int(1, 4)],
  ['a number', 5, null],
  ['a text', 'linear', null],
])('reads %s', (_, spec, expected) => {
  expect(parseDimension('p', spec)).toEqual(expected);
});

test.each<[unknown, string]>([
  [['int', 1], 'the space of alpha needs two numbers after "int"'],
  [['int', 20, 1], 'the space of alpha begins at 20, above its end 1.'],
  [['int', 1.5, 4], 'the space of alpha is of integers'],
  [['float_log', 0, 1], 'the space of alpha is logarithmic, so it must begin above 0; it begins at 0.'],
  [[], 'the space of alpha has no choices.'],
  [
    { type: 'integer', low: 1, high: 2 },
    'has the unknown type "integer". It can be int, float, int_log, float_log or categorical.',
  ],
  [{ type: 'int', low: 1 }, 'needs low and high, two numbers.'],
  [{ type: 'int', low: 1, high: 5, stepp: 2 }, 'does not know "stepp"'],
  [{ type: 'float', low: 1, high: 5, step: 0 }, 'needs a step above 0.'],
  [{ type: 'float', low: 1, high: 5, step: 1, log: true }, 'cannot have both a step and a logarithmic axis'],
  [{ type: 'categorical' }, 'needs a list of choices.'],
])('refuses %j and names the parameter', (spec, sentence) => {
  expect(() => parseSearchSpace({ alpha: spec })).toThrow(sentence);
});

test('keeps nested parameters nested, fixed values fixed and leaves comments out', () => {
  const space = parseSearchSpace({
    _comment: 'mine',
    n_components: ['int', 1, 3],
    kernel: { width: ['float', 0, 1], inner: { name: ['a', 'b'], fixed: 7 } },
    scale: false,
  });
  expect(space.dimensions.map(({ name }) => name)).toEqual(['n_components', 'kernel__width', 'kernel__inner__name']);
  expect(paramsAt(space, { n_components: 2, kernel__width: 0.5, kernel__inner__name: 'b' })).toEqual({
    n_components: 2,
    kernel: { width: 0.5, inner: { name: 'b', fixed: 7 } },
    scale: false,
  });
});

test('searches sorted lists of fixed and of variable length', () => {
  const space = parseSearchSpace({ alphas: { type: 'sorted_tuple', length: ['int', 1, 3], min: 0, max: 2 } });
  expect(space.dimensions.map(({ name }) => name)).toEqual(['alphas_length', 'alphas_0', 'alphas_1', 'alphas_2']);
  expect(space.dimensions[1]?.dimension).toMatchObject({ kind: 'float', low: 0, high: 2 });
  const point = { alphas_length: 2, alphas_0: 1.5, alphas_1: 0.5, alphas_2: 0 };
  expect(paramsAt(space, point)).toEqual({ alphas: [0.5, 1.5] });
  const fixed = parseSearchSpace({ alphas: { type: 'sorted_tuple', length: 2, low: 1, high: 9, element_type: 'int' } });
  expect(paramsAt(fixed, { alphas_0: 5, alphas_1: 3 })).toEqual({ alphas: [3, 5] });
  expect(() => parseSearchSpace({ alphas: { type: 'sorted_tuple', length: 0 } })).toThrow('needs a length');
});

test('counts values and points', () => {
  expect(countValues({ kind: 'float', low: 0, high: 1, step: 0.1, log: false })).toBe(11);
  expect(levelsOf({ kind: 'float', low: 0, high: 1, step: 0.1, log: false })[3]).toBe(0.3);
  expect(countValues({ kind: 'float', low: 0, high: 1, step: null, log: false })).toBe(Infinity);
  expect(
    levelsOf({ kind: 'float', low: 1e-2, high: 1e7, step: null, log: true }).map((v) => Number(v).toPrecision(6)),
  ).toEqual([0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].map((v) => v.toPrecision(6)));
  expect(countPoints(parseSearchSpace({ a: ['int', 1, 4], b: ['x', 'y', 'z'], c: 5 }).dimensions)).toBe(12);
});

test('two parameters may not have one name', () => {
  expect(() => parseSearchSpace({ a__b: [1, 2], a: { b: [1, 2] } })).toThrow('a__b is given twice');
});
