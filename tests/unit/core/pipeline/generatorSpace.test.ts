import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatorSpace } from '#core/pipeline/generatorSpace.ts';
import { fromPlain, toPlain } from '#core/pipeline/located.ts';

const problemsOf = (value: unknown): string[] => {
  const problems: string[] = [];
  generatorSpace(fromPlain(value), { seed: 0, problem: (_, message) => problems.push(message) });
  return problems;
};
const spaceOf = (value: unknown, seed = 0) =>
  generatorSpace(fromPlain(value), { seed, problem: (_, message) => expect.unreachable(message) });
const all = (value: unknown, seed = 0): unknown[] => {
  const space = spaceOf(value, seed);
  return Array.from({ length: Number(space.count) }, (_, index) => toPlain(space.at(BigInt(index)).value));
};
const count = (value: unknown): number => Number(spaceOf(value).count);

describe('the counts of the language', () => {
  test.each([
    ['_or_ of 3', { _or_: ['A', 'B', 'C'] }, 3],
    ['pick 2 of 4', { _or_: ['A', 'B', 'C', 'D'], pick: 2 }, 6],
    ['arrange 2 of 3', { _or_: ['A', 'B', 'C'], arrange: 2 }, 6],
    ['pick 2 of 4 with a mutex pair', { _or_: ['A', 'B', 'C', 'D'], pick: 2, _mutex_: [['A', 'B']] }, 5],
    ['cartesian 2 × 2', { _cartesian_: [{ _or_: ['A', 'B'] }, { _or_: ['X', 'Y'] }] }, 4],
    ['… × range of 3', [{ _cartesian_: [{ _or_: ['A', 'B'] }, { _or_: ['X', 'Y'] }] }, { _range_: [1, 3] }], 12],
    ['grid 2 × 3', { _grid_: { a: [1, 2], b: [1, 2, 3] } }, 6],
    ['zip of 3 and 2', { _zip_: { a: [1, 2, 3], b: ['x', 'y'] } }, 2],
    ['pick (1, 3) of 3', { _or_: ['A', 'B', 'C'], pick: [1, 3] }, 7],
    ['pick as a Python tuple', { _or_: ['A', 'B', 'C'], pick: '(1, 2)' }, 6],
    ['size, the older pick', { _or_: ['A', 'B', 'C', 'D'], size: 2 }, 6],
    ['pick 2, then pick 2', { _or_: ['A', 'B', 'C'], pick: 2, then_pick: 2 }, 3],
    ['pick 2, then arrange 2', { _or_: ['A', 'B', 'C'], pick: 2, then_arrange: 2 }, 6],
    ['arrange 2, then pick 2', { _or_: ['A', 'B', 'C'], arrange: 2, then_pick: 2 }, 15],
    ['requires', { _or_: ['A', 'B', 'C', 'D'], pick: 2, _requires_: [['A', 'C']] }, 4],
    ['depends on', { _or_: ['A', 'B', 'C', 'D'], pick: 2, _depends_on_: [['A', 'C']] }, 4],
    [
      'exclude',
      {
        _or_: ['A', 'B', 'C', 'D'],
        pick: 2,
        _exclude_: [
          ['A', 'C'],
          ['D', 'B'],
        ],
      },
      4,
    ],
    ['range with a step', { _range_: [0, 20, 5] }, 5],
    ['range as a map', { _range_: { from: 10, to: 50, step: 10 } }, 5],
    ['log range', { _log_range_: [0.001, 1, 4] }, 4],
    ['count', { _or_: ['A', 'B', 'C', 'D', 'E'], count: 2 }, 2],
    ['sample', { _sample_: { distribution: 'uniform', from: 0, to: 1, num: 5 } }, 5],
    ['chain', { _chain_: ['A', 'B', 'C'] }, 3],
    ['nested alternatives', { _or_: ['A', { _or_: ['B', 'C'] }, { PLS: { n: { _range_: [1, 3] } } }] }, 6],
    ['pick of alternatives that are generators', { _or_: ['A', { _or_: ['B', 'C'] }, 'D'], pick: 2 }, 5],
    ['cartesian 27, pick 2', { _cartesian_: [0, 1, 2].map(() => ({ _or_: ['A', 'B', null] })), pick: 2 }, 351],
  ])('%s', (_, value, expected) => {
    expect(count(value)).toBe(expected);
    expect(all(value)).toHaveLength(expected);
  });

  test('a count beyond any memory comes at once', () => {
    const many = Array.from({ length: 40 }, () => ({ _range_: [1, 1000] }));
    expect(spaceOf(many).count).toBe(1000n ** 40n);
    expect(toPlain(spaceOf(many).at(1000n ** 40n - 1n).value)).toEqual(Array.from({ length: 40 }, () => 1000));
    expect(
      spaceOf({ _or_: Array.from({ length: 60 }, (_, index) => `T${index}`), arrange: [1, 10] }).count,
    ).toBeGreaterThan(10n ** 17n);
  });
});

describe('the order', () => {
  test('the first generator varies slowest', () => {
    expect(all([{ _or_: ['A', 'B'] }, { _range_: [1, 2] }])).toEqual([
      ['A', 1],
      ['A', 2],
      ['B', 1],
      ['B', 2],
    ]);
  });

  test('pick is lexicographic, arrange too', () => {
    expect(all({ _or_: ['A', 'B', 'C'], pick: 2 })).toEqual([['A', 'B'], ['A', 'C'], ['B', 'C']]); // prettier-ignore
    expect(all({ _or_: ['A', 'B', 'C'], arrange: 2 })).toEqual([['A', 'B'], ['A', 'C'], ['B', 'A'], ['B', 'C'], ['C', 'A'], ['C', 'B']]); // prettier-ignore
  });

  test('grid and zip keep the order of their parameters', () => {
    expect(all({ _grid_: { a: [1, 2], b: ['x', 'y'] } })).toEqual([{ a: 1, b: 'x' }, { a: 1, b: 'y' }, { a: 2, b: 'x' }, { a: 2, b: 'y' }]); // prettier-ignore
    expect(all({ _zip_: { a: [1, 2, 3], b: ['x', 'y'] } })).toEqual([{ a: 1, b: 'x' }, { a: 2, b: 'y' }]); // prettier-ignore
  });

  test('a random subset keeps the order of the whole, and repeats with its seed', () => {
    const letters = Array.from('ABCDEFGHIJ');
    const drawn = all({ _or_: letters, count: 4, _seed_: 7 });
    expect(drawn).toEqual([...drawn].sort());
    expect(all({ _or_: letters, count: 4, _seed_: 7 }, 99)).toEqual(drawn);
    const seeds = Array.from({ length: 20 }, (_, seed) => all({ _or_: letters, count: 4 }, seed).join(''));
    expect(new Set(seeds).size).toBeGreaterThan(10);
    expect(all({ _chain_: letters, count: 3 })).toEqual(['A', 'B', 'C']);
  });

  test('weights decide what a random subset takes', () => {
    expect(all({ _or_: ['A', 'B', 'C'], count: 1, _weights_: [0, 0, 1] })).toEqual(['C']);
  });
});

describe('values', () => {
  test('ranges include both ends and carry no binary dust', () => {
    expect(all({ _range_: [0, 1, 0.1] })).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(all({ _range_: [5, 1, -2] })).toEqual([5, 3, 1]);
    expect(all({ _log_range_: [0.001, 1, 4] })).toEqual([0.001, 0.01, 0.1, 1]);
    expect(all({ _log_range_: { from: 1, to: 256, num: 9, base: 2 } })).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    expect(all({ _log_range_: { from: 0.01, to: 100 } })).toEqual([0.01, 0.1, 1, 10, 100]);
  });

  test('samples stay within their distribution', () => {
    for (const value of all({ _sample_: { distribution: 'log_uniform', from: 0.01, to: 10, num: 50 } }))
      expect(Number(value) >= 0.01 && Number(value) <= 10).toBe(true);
    expect(new Set(all({ _sample_: { distribution: 'choice', values: ['A', 'B'], num: 30 } }))).toEqual(
      new Set(['A', 'B']),
    );
    const normal = all({ _sample_: { distribution: 'normal', mean: 5, std: 2, num: 2000 } }).map(Number);
    const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length;
    expect(Math.abs(mean - 5)).toBeLessThan(0.2);
  });

  test('a generator beside a step fills its parameter, in all three spellings', () => {
    const expected = [2, 4].map((n) => ({ model: 'PLS', n_components: n }));
    expect(all({ _range_: [2, 4, 2], param: 'n_components', model: 'PLS' })).toEqual(expected);
    expect(all({ n_components: { _range_: [2, 4, 2] }, model: 'PLS' })).toEqual(expected);
    expect(all({ _grid_: { n_components: [2, 4] }, model: 'PLS' })).toEqual(expected);
  });

  test('choices name the parameter, the place and the value', () => {
    const space = spaceOf({ pipeline: [{ _or_: ['SNV', null] }, { PLS: { n_components: { _range_: [1, 3] } } }] });
    expect(space.at(5n).choices).toEqual([
      { path: ['pipeline', 0], label: 'step', value: null, text: 'none' },
      { path: ['pipeline', 1, 'PLS', 'n_components'], label: 'n_components', value: 3, text: '3' },
    ]);
  });

  test('a choice that holds a sweep is named without it', () => {
    const space = spaceOf({ model: { _or_: [{ PLS: { n_components: { _range_: [1, 3] }, scale: false } }, 'Ridge'] } });
    expect(space.at(1n).choices.map((choice) => `${choice.label} ${choice.text}`)).toEqual([
      'model PLS scale false',
      'n_components 2',
    ]);
  });
});

test.each([
  [{ _range_: [1, 5, 0] }, /step other than 0/],
  [{ _range_: [1, 'x'] }, /needs numbers/],
  [{ _range_: [1, 5, -1] }, /never reaches/],
  [{ _log_range_: [0, 5, 3] }, /above 0/],
  [{ _or_: [] }, /list of alternatives/],
  [{ _or_: 'SNV' }, /list of alternatives/],
  [{ _or_: ['A', 'B'], pick: 3 }, /more choices than it has/],
  [{ _or_: ['A', 'B'], pick: 'two' }, /need a number/],
  [{ _or_: ['A', 'B'], pick: 1, _mutex_: [['A', 'Z']] }, /"Z".*not one of the choices/],
  [{ _or_: ['A', 'B'], pick: 2, _mutex_: [['A', 'B']] }, /No selection/],
  [{ _or_: ['A'], _range_: [1, 2] }, /Two generators/],
  [{ _range_: [1, 3], model: 'PLS' }, /which parameter/],
  [{ _sample_: { distribution: 'cauchy' } }, /uniform, log_uniform/],
  [{ _grid_: [1] }, /map of parameters/],
  [{ _or_: ['A', 'B'], count: 0 }, /whole number/],
])('%j is refused in a sentence', (value, sentence) => {
  expect(problemsOf(value).join(' ')).toMatch(sentence);
});

describe('laws', () => {
  const leaf = fc.constantFrom<unknown>('A', 'B', null, 3, { PLS: { n: 2 } });
  const generators = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.record({ SavitzkyGolay: tie('node'), deriv: leaf }),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((choices) => ({ _or_: choices })),
      fc.record({
        _or_: fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 2, maxLength: 4 }),
        pick: fc.constantFrom(1, 2, [1, 2]),
      }),
      fc.record({ _or_: fc.array(tie('node'), { minLength: 2, maxLength: 3 }), arrange: fc.constant(2) }),
      fc.record({ _range_: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 3, max: 6 })) }),
      fc.array(tie('node'), { minLength: 1, maxLength: 2 }).map((stages) => ({ _cartesian_: stages })),
    ),
  })).node;

  test('the count is the number of outcomes of an expansion that really expands', () => {
    fc.assert(
      fc.property(generators, (value) => {
        const space = spaceOf(value);
        fc.pre(space.count <= 3000n);
        expect(space.count).toBe(BigInt(expandAll(value).length));
      }),
    );
  });

  test('outcomes are those of the plain expansion, in its order', () => {
    fc.assert(
      fc.property(generators, (value) => {
        fc.pre(spaceOf(value).count <= 500n);
        expect(all(value)).toEqual(expandAll(value));
      }),
    );
  });

  test('nothing generated is left in an outcome', () => {
    fc.assert(
      fc.property(generators, fc.nat(), (value, at) => {
        const space = spaceOf(value);
        fc.pre(space.count > 0n);
        expect(JSON.stringify(toPlain(space.at(BigInt(at) % space.count).value))).not.toMatch(
          /_or_|_range_|_cartesian_/,
        );
      }),
    );
  });
});

/** The same language written the naive way: make every list. Shares no code with the real one. */
function expandAll(value: unknown): unknown[] {
  if (Array.isArray(value)) return product(value.map(expandAll));
  if (typeof value !== 'object' || value === null) return [value];
  const map = new Map<string, unknown>(Object.entries(value));
  if (map.has('_range_')) {
    const [from = 0, to = 0] = map.get('_range_') as number[]; // the arbitrary makes pairs of numbers
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }
  if (map.has('_cartesian_'))
    return product((map.get('_cartesian_') as unknown[]).map(expandAll)).map((row) =>
      row.filter((item) => item !== null),
    );
  if (map.has('_or_')) {
    const choices = map.get('_or_') as unknown[];
    const pick = map.get('pick');
    const sizes = Array.isArray(pick) ? [1, 2] : [Number(pick ?? map.get('arrange') ?? 0)];
    if (!map.has('pick') && !map.has('arrange')) return choices.flatMap(expandAll);
    return sizes
      .flatMap((size) => selections(choices.length, size, map.has('arrange')))
      .flatMap((chosen) => product(chosen.map((index) => expandAll(choices[index]))));
  }
  const keys = [...map.keys()];
  return product([...map.values()].map(expandAll)).map((values) =>
    Object.fromEntries(keys.map((key, index) => [key, values[index]])),
  );
}

const product = (lists: readonly unknown[][]): unknown[][] =>
  lists.reduce<unknown[][]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);

function selections(n: number, size: number, ordered: boolean): number[][] {
  if (size === 0) return [[]];
  return selections(n, size - 1, ordered).flatMap((before) =>
    Array.from({ length: n }, (_, index) => index)
      .filter((index) => (ordered ? !before.includes(index) : index > (before.at(-1) ?? -1)))
      .map((index) => [...before, index]),
  );
}
