import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFinetune } from '#core/tuning/parseFinetune.ts';
import { createStudy, type Study } from '#core/tuning/study.ts';
import type { Suggestion, Trial, TrialOutcome } from '#core/tuning/trial.ts';

const TASK = { direction: 'minimize', folds: 5, seed: 7 } as const;
const space = {
  alpha: ['float_log', 1e-3, 1e3],
  components: ['int', 1, 15],
  width: { type: 'float', low: 0, high: 1, step: 0.25 },
  kernel: ['linear', 'rbf'],
};

/** Scores of five folds that depend on the parameters; some trials fail, some folds are hard. */
function scoresOf({ point }: Suggestion): number[] {
  const [alpha, components] = [Number(point['alpha'] ?? 1), Number(point['components'] ?? 5)];
  const base = Math.abs(Math.log10(alpha) - 1) + (components - 8) ** 2 / 10 + (point['kernel'] === 'rbf' ? 0 : 0.5);
  return [0.3, 0.1, 0, 0.2, 0.1].map((hard) => base + hard);
}

/** Runs up to `limit` trials, with the pruner. */
function advance(study: Study, limit = Infinity, outcome?: (trial: Suggestion) => TrialOutcome): Study {
  for (let done = 0; done < limit; done++) {
    const trial = study.ask();
    if (trial === null) return study;
    study.tell(trial, outcome?.(trial) ?? computed(study, trial));
  }
  return study;
}

function computed(study: Study, trial: Suggestion): TrialOutcome {
  if (trial.number % 11 === 6) return { state: 'failed', values: [] };
  const values: number[] = [];
  for (const score of scoresOf(trial)) {
    values.push(score);
    if (study.shouldPrune(trial, values)) return { state: 'pruned', values };
  }
  return { state: 'complete', values };
}

const start = (
  params: Record<string, unknown>,
  history: readonly Trial[] = [],
  task: Parameters<typeof createStudy>[2] = TASK,
) => createStudy(parseFinetune({ model_params: space, ...params }), history, task);

const samplers = ['auto', 'grid', 'random', 'tpe', 'cmaes', 'binary'];
const pruners = ['none', 'median', 'successive_halving', 'hyperband'];

describe.each(samplers)('sampler %s', (sampler) => {
  test('goes on after an interruption as if there had been none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...pruners),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 1000 }),
        (pruner, stop, seed) => {
          const params = { sampler, pruner, seed, n_trials: 40 };
          const whole = advance(start(params)).trials;
          const stored = JSON.parse(JSON.stringify(advance(start(params), stop).trials)) as Trial[];
          expect(advance(start(params, stored)).trials).toEqual(whole);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('tries no point twice, keeps to the space and to the number of trials', () => {
    const { trials } = advance(start({ sampler, n_trials: 60 }));
    expect(new Set(trials.map(({ point }) => JSON.stringify(point))).size).toBe(trials.length);
    expect(trials.length).toBeLessThanOrEqual(60);
    for (const { point } of trials) {
      expect(Number(point['alpha'])).toBeGreaterThanOrEqual(1e-3);
      expect(Number(point['alpha'])).toBeLessThanOrEqual(1e3);
      expect(Number.isInteger(point['components'])).toBe(true);
      expect([0, 0.25, 0.5, 0.75, 1]).toContain(point['width']);
      expect(['linear', 'rbf']).toContain(point['kernel']);
    }
  });

  test('asking again gives the same trial', () => {
    const study = advance(start({ sampler }), 15);
    expect(study.ask()).toEqual(study.ask());
  });

  test('looks for the largest value where that is the best', () => {
    const small = { components: ['int', 1, 12] };
    const least = advance(start({ sampler, model_params: small, n_trials: 12 }), Infinity, (trial) => ({
      state: 'complete',
      values: scoresOf(trial),
    }));
    const task = { ...TASK, direction: 'maximize' } as const;
    const most = advance(start({ sampler, model_params: small, n_trials: 12 }, [], task), Infinity, (trial) => ({
      state: 'complete',
      values: scoresOf(trial).map((score) => -score),
    }));
    expect(most.best()?.point).toEqual({ components: 8 });
    expect(most.trials.map(({ point }) => point)).toEqual(least.trials.map(({ point }) => point));
  });
});

test.each(['random', 'tpe', 'cmaes', 'grid'])('%s ends when a finite space is used up', (sampler) => {
  const study = advance(start({ sampler, n_trials: 100, model_params: { a: ['int', 1, 4], b: ['x', 'y', 'z'] } }));
  expect(study.trials).toHaveLength(12);
  expect(study.ask()).toBeNull();
});

test('a forced trial comes first, with the rest of the parameters drawn', () => {
  const study = start({ sampler: 'tpe', force_params: { components: 3, alpha: 1e6 } });
  const trial = study.ask();
  expect(trial).toMatchObject({ number: 0, sampler: 'forced', modelParams: { components: 3, alpha: 1e6 } });
  expect(['linear', 'rbf']).toContain(trial?.point['kernel']);
  expect(advance(study).trials.filter(({ sampler }) => sampler === 'forced')).toHaveLength(1);
});

test('phases share the trials', () => {
  const { trials } = advance(
    start({
      phases: [
        { n_trials: 12, sampler: 'random' },
        { n_trials: 8, sampler: 'tpe' },
      ],
    }),
  );
  expect(trials.map(({ sampler }) => sampler)).toEqual([
    ...Array<string>(12).fill('random'),
    ...Array<string>(8).fill('tpe'),
  ]);
  expect(trials.map(({ phase }) => phase)).toEqual([...Array<number>(12).fill(0), ...Array<number>(8).fill(1)]);
});

test('a phase that has nothing left hands over to the next', () => {
  const phases = [
    { n_trials: 50, sampler: 'binary' },
    { n_trials: 5, sampler: 'random' },
  ];
  const { trials } = advance(start({ phases, model_params: { components: ['int', 1, 40] } }));
  expect(trials.filter(({ phase }) => phase === 0).length).toBeLessThan(12);
  expect(trials.filter(({ phase }) => phase === 1)).toHaveLength(5);
});

test('the seed of the settings overrules the one of the run', () => {
  const first = (params: Record<string, unknown>, seed: number) =>
    start({ sampler: 'random', ...params }, [], { ...TASK, seed }).ask();
  expect(first({}, 1)).not.toEqual(first({}, 2));
  expect(first({ seed: 5 }, 1)).toEqual(first({ seed: 5 }, 2));
});

test('training parameters are searched and handed over apart', () => {
  const trial = start({ sampler: 'random', train_params: { epochs: ['int', 5, 50], verbose: 0 } }).ask();
  expect(trial?.trainParams).toEqual({ epochs: trial?.point['train_epochs'], verbose: 0 });
  expect(trial?.modelParams).not.toHaveProperty('epochs');
});

test('a fold that failed fails the trial, unless the best of the others is asked for', () => {
  const told = (evalMode: string) => {
    const study = start({ sampler: 'random', eval_mode: evalMode });
    const trial = study.ask();
    if (trial === null) throw new Error('There is a first trial.');
    return study.tell(trial, { state: 'complete', values: [2, null, 1, NaN] });
  };
  expect(told('mean')).toMatchObject({ state: 'failed', value: null, values: [2, null, 1, null] });
  expect(told('best')).toMatchObject({ state: 'failed', value: null });
  expect(told('robust_best')).toMatchObject({ state: 'complete', value: 1 });
});

test('the earliest of equally good trials is the best', () => {
  const study = advance(start({ sampler: 'random', n_trials: 5 }), Infinity, ({ number }) => ({
    state: 'complete',
    values: [number === 1 || number === 3 ? 1 : 2],
  }));
  expect(study.best()?.number).toBe(1);
  expect(start({}).best()).toBeNull();
});

test.each<[Partial<Trial>, string]>([
  [{ number: 3 }, 'Trial 1 of the stored study has the number 4.'],
  [{ point: { components: 3 } }, 'has no alpha'],
  [{ point: { alpha: 'x', components: 3, width: 0, kernel: 'rbf' } }, 'has alpha = "x", which is not in its space.'],
  [{ point: { alpha: 1, components: 3, width: 0, kernel: 'poly' } }, 'has kernel = "poly", which is not in its space.'],
  [{ point: { alpha: 1, components: 3, width: 0, kernel: 'rbf', depth: 1 } }, 'has depth, which is not searched.'],
])('refuses the trials of another study: %j', (change, sentence) => {
  const trial: Trial = {
    number: 0,
    phase: 0,
    sampler: 'random',
    point: { alpha: 1, components: 3, width: 0, kernel: 'rbf' },
    state: 'complete',
    values: [1],
    value: 1,
  };
  expect(start({}, [trial]).trials).toHaveLength(1);
  expect(() => start({}, [{ ...trial, ...change }])).toThrow(sentence);
});
