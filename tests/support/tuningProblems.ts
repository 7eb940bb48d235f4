import type { Params } from '#core/tuning/dimension.ts';
import { parseFinetune } from '#core/tuning/parseFinetune.ts';
import { createStudy, type Study } from '#core/tuning/study.ts';
import { pooledRmsecv } from '#tests/support/crossValidation.ts';
import { tecator } from '#tests/support/golden.ts';
import { foldsOf, modelCalled, transformCalled } from '#tests/support/operators.ts';

/** A fixed function to be minimised, with the space that is searched and the trials that a search gets. */
export interface TuningProblem {
  readonly name: string;
  readonly space: Readonly<Record<string, unknown>>;
  readonly trials: number;
  loss(params: Params): number;
}

/** A whole study of a problem with one sampler. */
export function solve(
  problem: TuningProblem,
  sampler: string,
  seed: number,
  more: Record<string, unknown> = {},
): Study {
  const settings = parseFinetune({ n_trials: problem.trials, sampler, model_params: problem.space, ...more });
  const study = createStudy(settings, [], { direction: 'minimize', folds: 1, seed });
  for (let trial = study.ask(); trial !== null; trial = study.ask())
    study.tell(trial, { state: 'complete', values: [problem.loss(trial.modelParams)] });
  return study;
}

/** The best value of a study for each of the seeds 0 … seeds − 1. */
export const bestValues = (problem: TuningProblem, sampler: string, seeds: number): number[] =>
  Array.from({ length: seeds }, (_, seed) => solve(problem, sampler, seed).best()?.value ?? Infinity);

/** The three problems of the benchmark. */
export const tuningProblems = (): TuningProblem[] => [tecatorProblem(), ridgeAndWidth, mixedKernel];

/** RMSECV (KFold(5)) of fat in all samples of Tecator: Savitzky–Golay settings and components of a PLS. */
function tecatorProblem(): TuningProblem {
  const { x, target } = tecator();
  const y = target('fat');
  const folds = foldsOf('KFold', { n_splits: 5 }, x);
  const components = Array.from({ length: 20 }, (_, a) => a + 1);
  const known = new Map<string, number[]>();
  const rmsecv = (window: number, order: number, deriv: number): number[] => {
    const key = [window, order, deriv].join();
    const found = known.get(key);
    if (found) return found;
    const smooth = transformCalled('SavitzkyGolay', { window_length: window, polyorder: order, deriv });
    const values = pooledRmsecv(
      modelCalled('PLS', { n_components: 20, scale: false }),
      x,
      y,
      folds,
      components,
      (_, other) => smooth.fitApply(other),
    );
    known.set(key, values);
    return values;
  };
  return {
    name: 'tecator',
    space: {
      window_length: { type: 'int', low: 5, high: 41, step: 2 },
      polyorder: ['int', 2, 4],
      deriv: [0, 1, 2],
      n_components: ['int', 1, 20],
    },
    trials: 60,
    loss: (p) =>
      rmsecv(Number(p['window_length']), Number(p['polyorder']), Number(p['deriv']))[Number(p['n_components']) - 1] ??
      Infinity,
  };
}

/** A narrow valley across two logarithmic parameters, as penalty and kernel width have it, and one more of less weight. */
const ridgeAndWidth: TuningProblem = {
  name: 'rotated valley, logarithmic',
  space: { alpha: ['float_log', 1e-5, 1e3], gamma: ['float_log', 1e-6, 1e2], epsilon: ['float', 0, 1] },
  trials: 60,
  loss(p) {
    const u = Math.log10(Number(p['alpha'])) + 1;
    const v = Math.log10(Number(p['gamma'])) + 3;
    const [along, across] = [(u + v) / Math.SQRT2, (u - v) / Math.SQRT2];
    return Math.log1p(along ** 2 + 25 * across ** 2 + 4 * (Number(p['epsilon']) - 0.3) ** 2);
  },
};

/** Choices, a logarithmic number that matters for one of them only, an integer and a switch. */
const mixedKernel: TuningProblem = {
  name: 'mixed',
  space: {
    kernel: ['linear', 'rbf', 'poly'],
    C: ['float_log', 1e-3, 1e3],
    neighbours: ['int', 1, 30],
    scale: [true, false],
  },
  trials: 60,
  loss(p) {
    const kernel = { '"linear"': 1, '"rbf"': 0.2, '"poly"': 0.6 }[JSON.stringify(p['kernel'])] ?? 0;
    const penalty = p['kernel'] === 'rbf' ? Math.abs(Math.log10(Number(p['C'])) - 1) : 1;
    return kernel + 0.5 * penalty + Math.abs(Number(p['neighbours']) - 12) / 20 + (p['scale'] === true ? 0 : 0.3);
  },
};
