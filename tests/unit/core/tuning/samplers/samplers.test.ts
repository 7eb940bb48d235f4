import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import { evolutionPath, startEvolution } from '#core/tuning/samplers/evolution.ts';
import { parzenEstimator } from '#core/tuning/samplers/parzenEstimator.ts';
import { parseSearchSpace } from '#core/tuning/parseSearchSpace.ts';
import { bestValues, solve, tuningProblems } from '#tests/support/tuningProblems.ts';

const problem = (
  space: Record<string, unknown>,
  trials: number,
  loss: (params: Record<string, unknown>) => number,
) => ({
  name: 'test',
  space,
  trials,
  loss,
});

describe('grid', () => {
  test('visits everything, the last parameter fastest', () => {
    const study = solve(
      problem({ a: ['x', 'y'], b: ['int', 1, 3] }, 6, () => 0),
      'grid',
      1,
    );
    expect(study.trials.map(({ point }) => JSON.stringify(Object.values(point)))).toEqual([
      '["x",1]',
      '["x",2]',
      '["x",3]',
      '["y",1]',
      '["y",2]',
      '["y",3]',
    ]);
  });

  test('takes ten levels of a continuous range', () => {
    const study = solve(
      problem({ a: ['float', 0, 9] }, 50, () => 0),
      'grid',
      1,
    );
    expect(study.trials.map(({ point }) => point['a'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('spreads over the grid when the trials do not suffice', () => {
    const points = solve(
      problem({ a: ['int', 1, 100] }, 20, () => 0),
      'grid',
      1,
    ).trials.map(({ point }) => Number(point['a']));
    expect(new Set(points).size).toBe(20);
    expect(Math.max(...points)).toBeGreaterThan(80);
    expect(Math.min(...points)).toBeLessThan(20);
  });

  test('refuses a grid without end', () => {
    const huge = problem({ a: ['int', 1, 5000], b: ['int', 1, 5000] }, 20, () => 0);
    expect(() => solve(huge, 'grid', 1)).toThrow('the grid has 25000000 points');
  });
});

describe('random', () => {
  test('is even over values, and over magnitudes on a logarithmic axis', () => {
    const { trials } = solve(
      problem({ a: ['int', 1, 4], b: ['float_log', 1e-3, 1e3] }, 2000, () => 0),
      'random',
      3,
    );
    const share = (test: (point: Record<string, unknown>) => boolean) =>
      trials.filter(({ point }) => test(point)).length / trials.length;
    for (const value of [1, 2, 3, 4]) expect(Math.abs(share(({ a }) => a === value) - 0.25)).toBeLessThan(0.04);
    expect(Math.abs(share(({ b }) => Number(b) < 1) - 0.5)).toBeLessThan(0.04);
    expect(Math.abs(share(({ b }) => Number(b) < 0.1) - 1 / 3)).toBeLessThan(0.04);
  });
});

describe('binary', () => {
  test('finds the minimum of every valley in few trials', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (a, b, steep) => {
          const [high, place] = [Math.max(a, b), Math.min(a, b)];
          // Left and right of the minimum the slopes differ, as they do for components.
          const study = solve(
            problem({ k: ['int', 1, high] }, 400, ({ k }) =>
              Number(k) < place ? steep * (place - Number(k)) : Number(k) - place,
            ),
            'binary',
            0,
          );
          expect(study.best()?.point).toEqual({ k: place });
          expect(study.trials.length).toBeLessThanOrEqual(1 + Math.ceil(1.4405 * Math.log2(high + 1)));
        },
      ),
    );
  });

  test('goes towards the fits that succeed', () => {
    const study = solve(
      problem({ k: ['int', 1, 60] }, 50, ({ k }) => (Number(k) > 9 ? Infinity : (Number(k) - 5) ** 2)),
      'binary',
      0,
    );
    expect(study.best()?.point).toEqual({ k: 5 });
  });

  test('searches several parameters one after the other', () => {
    const study = solve(
      problem(
        { k: ['int', 1, 40], kind: ['a', 'b', 'c'], w: ['int', 3, 31] },
        100,
        ({ k, kind, w }) => (Number(k) - 11) ** 2 + (kind === 'c' ? 0 : 5) + Math.abs(Number(w) - 20),
      ),
      'binary',
      0,
    );
    expect(study.best()?.point).toEqual({ k: 11, kind: 'c', w: 20 });
    expect(study.trials.length).toBeLessThan(45);
  });
});

describe('tpe', () => {
  test.each(tuningProblems())('has a better median than random search over 20 seeds: $name', (each) => {
    const median = (values: number[]) => {
      const sorted = values.sort((a, b) => a - b);
      return ((sorted[9] ?? NaN) + (sorted[10] ?? NaN)) / 2;
    };
    expect(median(bestValues(each, 'tpe', 20))).toBeLessThan(median(bestValues(each, 'random', 20)));
  });

  test('its densities are densities', () => {
    const { dimensions } = parseSearchSpace({ a: ['int', 1, 12], b: ['x', 'y', 'z'], c: ['float', 0, 2] });
    const points = [
      { a: 2, b: 'x', c: 0.1 },
      { a: 9, b: 'y', c: 1.9 },
      { a: 12, b: 'y', c: 1 },
    ];
    const { logDensity } = parzenEstimator(dimensions, points, [1, 0.5, 1]);
    let total = 0;
    const cells = 200;
    for (let a = 1; a <= 12; a++)
      for (const b of ['x', 'y', 'z'])
        for (let i = 0; i < cells; i++) total += Math.exp(logDensity({ a, b, c: (2 * (i + 0.5)) / cells })) / cells;
    expect(total).toBeCloseTo(1, 4);
  });

  test('it draws as its density says', () => {
    const { dimensions } = parseSearchSpace({ a: ['int', 1, 6], b: ['x', 'y'] });
    const { draw, logDensity } = parzenEstimator(
      dimensions,
      [
        { a: 2, b: 'x' },
        { a: 5, b: 'y' },
      ],
      [1, 1],
    );
    const random = randomState(5);
    const draws = Array.from({ length: 20_000 }, () => JSON.stringify(draw(random)));
    for (let a = 1; a <= 6; a++)
      for (const b of ['x', 'y']) {
        const share = draws.filter((text) => text === JSON.stringify({ a, b })).length / draws.length;
        expect(Math.abs(share - Math.exp(logDensity({ a, b })))).toBeLessThan(0.012);
      }
  });
});

describe('cmaes', () => {
  test('its generations converge on a stretched and turned bowl', () => {
    const random = randomState(1);
    const loss = (p: Float64Array) => {
      const [a, b, c] = [(p[0] ?? 0) - 0.3, (p[1] ?? 0) - 0.6, (p[2] ?? 0) - 0.5];
      return (a + b) ** 2 + 1e4 * (a - b) ** 2 + 100 * c ** 2;
    };
    let evolution = startEvolution(new Float64Array(3).fill(0.5));
    for (let g = 0; g < 200; g++) {
      const positions = Array.from({ length: evolution.size }, () => evolution.draw(random));
      evolution = evolutionPath(
        evolution,
        positions.sort((a, b) => loss(a) - loss(b)),
      );
    }
    expect(loss(evolution.mean)).toBeLessThan(1e-10);
    expect([...evolution.lengths].sort((a, b) => b - a)[0]).toBeGreaterThan(10 * Math.min(...evolution.lengths));
  });

  test('begins at the best point of the phases before', () => {
    const settings = {
      phases: [
        { n_trials: 20, sampler: 'random' },
        { n_trials: 40, sampler: 'cmaes' },
      ],
    };
    const bowl = problem(
      { a: ['float', 0, 1], b: ['float', 0, 1] },
      60,
      ({ a, b }) => (Number(a) - 0.9) ** 2 + (Number(b) - 0.1) ** 2,
    );
    const { trials } = solve(bowl, 'cmaes', 2, settings);
    const mean = (phase: number) => {
      const own = trials.filter((trial) => trial.phase === phase);
      return own.reduce((sum, { value }) => sum + (value ?? 0), 0) / own.length;
    };
    expect(mean(1)).toBeLessThan(mean(0) / 2);
  });

  test('takes choices at random when there is nothing else', () => {
    const study = solve(
      problem({ a: ['x', 'y', 'z'] }, 10, () => 0),
      'cmaes',
      1,
    );
    expect(study.trials).toHaveLength(3);
  });
});
