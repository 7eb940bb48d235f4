import { expect, test } from 'vitest';
import { halvingPruner } from '#core/tuning/pruners/halvingPruner.ts';
import { hyperbandPruner } from '#core/tuning/pruners/hyperbandPruner.ts';
import { medianPruner } from '#core/tuning/pruners/medianPruner.ts';
import type { Course, PrunerInput } from '#core/tuning/pruners/pruner.ts';
import { parseFinetune } from '#core/tuning/parseFinetune.ts';
import { createStudy } from '#core/tuning/study.ts';

const course = (number: number, losses: number[], complete = true): Course => ({ number, losses, complete });
const input = (others: Course[], losses: number[], folds = 5): PrunerInput => ({
  others,
  number: 99,
  losses,
  folds,
  seed: 1,
});
const five = [1, 2, 3, 4, 5].map((level, i) => course(i, [level, level, level]));

test('median: gives up what is above the median of the others, after the second fold', () => {
  expect(medianPruner(input(five, [3.1, 3.1]))).toBe(true);
  expect(medianPruner(input(five, [3, 3]))).toBe(false);
  expect(medianPruner(input(five, [9]))).toBe(false);
});

test('median: waits for five complete trials', () => {
  expect(medianPruner(input(five.slice(1), [9, 9]))).toBe(false);
  expect(medianPruner(input([...five.slice(1), course(7, [1, 1], false)], [9, 9]))).toBe(false);
});

test('successive halving: the best third goes on after 1 and 3 folds', () => {
  expect(halvingPruner(input(five, [2]))).toBe(false);
  expect(halvingPruner(input(five, [2.1]))).toBe(true);
  expect(halvingPruner(input(five, [9, 9]))).toBe(false);
  expect(halvingPruner(input(five, [9, 9, 9]))).toBe(true);
  expect(halvingPruner(input([], [9]))).toBe(false);
});

test('hyperband: some trials decide later than others', () => {
  const many = Array.from({ length: 60 }, (_, i) => course(i, [1, 1, 1, 1]));
  const first = Array.from({ length: 40 }, (_, number) =>
    hyperbandPruner({ ...input(many, [9], 10), number: 100 + number }),
  );
  expect(first).toContain(true);
  expect(first).toContain(false);
  // Those of the third bracket decide after nine folds only.
  const third = Array.from({ length: 40 }, (_, number) =>
    hyperbandPruner({ ...input(many, [9, 9, 9], 10), number: 100 + number }),
  );
  expect(third.filter((pruned, i) => pruned && first[i]).length).toBe(first.filter(Boolean).length);
  expect(third.filter(Boolean).length).toBeGreaterThan(first.filter(Boolean).length);
});

test.each(['median', 'successive_halving', 'hyperband'])(
  '%s never gives up the best trial, and saves folds',
  (pruner) => {
    const settings = parseFinetune({ n_trials: 60, sampler: 'random', pruner, model_params: { a: ['float', 0, 1] } });
    const study = createStudy(settings, [], { direction: 'maximize', folds: 9, seed: 4 });
    let folds = 0;
    let best = -Infinity;
    for (let trial = study.ask(); trial !== null; trial = study.ask()) {
      const score = -Math.abs(Number(trial.point['a']) - 0.4);
      best = Math.max(best, score);
      const values: number[] = [];
      let pruned = false;
      while (values.length < 9 && !pruned) {
        values.push(score);
        folds++;
        pruned = study.shouldPrune(trial, values);
      }
      study.tell(trial, { state: pruned ? 'pruned' : 'complete', values });
    }
    expect(folds).toBeLessThan(0.8 * 60 * 9);
    expect(study.best()?.value).toBeCloseTo(best, 12);
    expect(study.trials.filter(({ state }) => state === 'pruned').every(({ value }) => value === null)).toBe(true);
  },
);

test('without a pruner nothing is given up, and never after the last fold', () => {
  const study = createStudy(
    parseFinetune({ pruner: 'median', sampler: 'random', model_params: { a: ['float', 0, 1] } }),
    [],
    { direction: 'minimize', folds: 2, seed: 4 },
  );
  for (let i = 0; i < 6; i++) {
    const trial = study.ask();
    if (trial === null) throw new Error('The study has 50 trials.');
    expect(study.shouldPrune(trial, [i, i])).toBe(false);
    study.tell(trial, { state: 'complete', values: [i, i] });
  }
});
