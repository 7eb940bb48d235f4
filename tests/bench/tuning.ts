/** TPE and the other samplers against random search: three fixed problems, 20 seeds; prints medians and wins as JSON. */
import { bestValues, tuningProblems } from '#tests/support/tuningProblems.ts';

const SEEDS = 20;
const samplers = ['tpe', 'cmaes'] as const;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
};

const figures = tuningProblems().map((problem) => {
  const random = bestValues(problem, 'random', SEEDS);
  const rivals = samplers.map((sampler) => {
    const values = bestValues(problem, sampler, SEEDS);
    const wins = values.filter((value, seed) => value < (random[seed] ?? Infinity)).length;
    return [sampler, { median: median(values), winsAgainstRandom: wins }] as const;
  });
  return {
    problem: problem.name,
    trials: problem.trials,
    seeds: SEEDS,
    random: { median: median(random) },
    ...Object.fromEntries(rivals),
  };
});

process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
