import { describe, expect, test } from 'vitest';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { rmse } from '#core/metrics/regressionMetrics.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { openTestEngine, withTecator } from '#tests/support/engineFixture.ts';
import { runInMemory, unitDataOf, type MemoryRun } from '#tests/support/runInMemory.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** `finetune_params` through whole runs. */
const N = 40;
const { source, targets } = syntheticSpectra(N, 24, 8);
const y = targets[0]?.values ?? new Float64Array(0);
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const rows = { train: range(0, 32), test: range(32, N) };
const data = unitDataOf({ x: source.x, y }, rows);

const settings = (given: Record<string, unknown>): string =>
  JSON.stringify({ n_trials: 6, seed: 3, model_params: { n_components: ['int', 1, 10] }, ...given });
const document = (given: Record<string, unknown>, ...before: string[]) =>
  `pipeline:\n${[...before, 'KFold: {n_splits: 4}', `{model: {PLS: {scale: false}}, finetune_params: ${settings(given)}}`].map((step) => `  - ${step}\n`).join('')}`;
const trialsOf = (run: MemoryRun) => run.trials.map(({ trial }) => trial);
const mean = (values: readonly (number | null)[]) =>
  values.reduce<number>((sum, one) => sum + (one ?? NaN), 0) / values.length;

/** The fold scores of plain PLS with these parameters, as a run without finetuning finds them. */
async function plain(params: Readonly<Record<string, unknown>>, ...before: string[]) {
  const text = `refit: false\npipeline:\n${[...before, 'KFold: {n_splits: 4}', `PLS: ${JSON.stringify({ scale: false, ...params })}`].map((step) => `  - ${step}\n`).join('')}`;
  const run = await runInMemory(data, text);
  return run.predictions
    .filter((one) => one.fold.startsWith('fold_') && one.partition === 'validation')
    .map((one) => rmse(one.measured, one.predicted));
}

describe('every sampler searches, stores its trials and deploys the best', () => {
  for (const sampler of ['auto', 'grid', 'random', 'tpe', 'cmaes', 'binary'])
    test(sampler, async () => {
      const run = await runInMemory(data, document({ sampler }));
      expect(run.error).toBeNull();
      const trials = trialsOf(run);
      expect(trials.length).toBeGreaterThanOrEqual(3);
      expect(trials.map(({ number }) => number)).toEqual(trials.map((_, k) => k));
      const best = trials.toSorted((a, b) => (a.value ?? Infinity) - (b.value ?? Infinity))[0];
      expect(run.result?.cvBest?.params).toMatchObject({ ...best?.point, scale: false });
      expect(run.result?.cvBestScore).toBeCloseTo(best?.value ?? NaN, 12);
      expect(run.result?.finalParams).toMatchObject({ ...best?.point });
      expect(run.finals[0]?.chain.steps.at(-1)).toMatchObject({ id: 'PLS', params: { ...best?.point } });
    });
});

test('the value of a trial is the mean validation score of its folds, as a plain run with these parameters has it', async () => {
  const run = await runInMemory(data, document({ sampler: 'random' }));
  for (const { point, value, values } of trialsOf(run)) {
    const expected = await plain(point);
    expect(values).toHaveLength(4);
    values.forEach((one, k) => {
      expect(one).toBeCloseTo(expected[k] ?? NaN, 10);
    });
    expect(value).toBeCloseTo(mean(expected), 10);
  }
});

test('eval_mode: the mean, the best fold, or the best after the worst is left out', async () => {
  const values = async (eval_mode: string) =>
    trialsOf(await runInMemory(data, document({ sampler: 'random', eval_mode })));
  const [byMean, byBest] = [await values('mean'), await values('best')];
  for (const { value, values: folds } of byMean) expect(value).toBeCloseTo(mean(folds), 12);
  for (const { value, values: folds } of byBest) expect(value).toBe(Math.min(...folds.map((one) => one ?? NaN)));
  const robust = await values('robust_best');
  expect(robust.map(({ value }) => value)).not.toContain(null);
  expect(robust[0]?.values).toEqual(byMean[0]?.values);
});

test('a metric of its own decides, in its own direction', async () => {
  const run = await runInMemory(data, document({ sampler: 'random', metric: 'r2' }));
  const trials = trialsOf(run);
  const best = trials.toSorted((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity))[0];
  expect(Math.max(...trials.map(({ value }) => value ?? -Infinity))).toBeLessThanOrEqual(1);
  expect(run.result?.cvBest?.params).toMatchObject({ ...best?.point });
});

test('test samples change no trial and no choice', async () => {
  const x = source.x.data.slice();
  const wild = y.slice();
  for (let row = 32; row < N; row++) {
    wild[row] = 1e6 * row;
    for (let j = 0; j < 24; j++) x[row * 24 + j] = 1e4 * Math.cos(row * j);
  }
  const poisoned = unitDataOf({ x: matrix(N, 24, x), y: wild }, rows);
  for (const given of [{ sampler: 'tpe' }, { sampler: 'cmaes' }, { approach: 'individual', sampler: 'random' }]) {
    const [clean, spoiled] = [
      await runInMemory(data, document(given, 'SNV')),
      await runInMemory(poisoned, document(given, 'SNV')),
    ];
    const told = (run: MemoryRun) => run.trials.map(({ fold, trial }) => ({ fold, trial }));
    expect(told(spoiled)).toEqual(told(clean));
    expect(spoiled.result?.cvBest).toEqual(clean.result?.cvBest);
    expect(spoiled.result?.rmsep).not.toBe(clean.result?.rmsep);
  }
});

test('force_params are the first trial', async () => {
  const run = await runInMemory(data, document({ sampler: 'tpe', force_params: { n_components: 9 } }));
  expect(trialsOf(run)[0]).toMatchObject({ number: 0, sampler: 'forced', point: { n_components: 9 } });
});

test('phases: one sampler after the other, each with its number of trials', async () => {
  const given = {
    n_trials: undefined,
    phases: [
      { n_trials: 3, sampler: 'random' },
      { n_trials: 2, sampler: 'tpe' },
    ],
    model_params: { tol: ['float_log', 1e-9, 1e-3], n_components: ['int', 1, 10] },
  };
  const trials = trialsOf(await runInMemory(data, document(given)));
  expect(trials.map(({ phase, sampler }) => `${phase} ${sampler}`)).toEqual([
    '0 random',
    '0 random',
    '0 random',
    '1 tpe',
    '1 tpe',
  ]);
});

describe('the number of fits', () => {
  test('trials × folds and one refit: the best trial’s folds are not fitted again, and the refit searches nothing', async () => {
    const pool = inProcessPool();
    const run = await runInMemory(data, document({ sampler: 'random', n_trials: 5 }), { pool });
    expect(pool.fits).toHaveLength(5 * 4 + 1);
    expect(run.result?.realFits).toBe(21);
    const refit = pool.fits.at(-1);
    expect(refit?.fold.train).toHaveLength(32);
    expect(pool.fits.filter((unit) => unit.fold.train.length === 32)).toHaveLength(1);
    expect(refit?.steps.at(-1)).toMatchObject({ params: run.result?.cvBest?.params });
  });

  for (const pruner of ['median', 'successive_halving', 'hyperband'])
    test(`${pruner} gives up trials after some of their folds, and never the best`, async () => {
      const pool = inProcessPool();
      const run = await runInMemory(
        data,
        document({
          sampler: 'random',
          n_trials: 10,
          pruner,
          model_params: { n_components: { type: 'int', low: 1, high: 12 }, tol: ['float_log', 1e-9, 1e-3] },
        }),
        { pool },
      );
      expect(run.error).toBeNull();
      const trials = trialsOf(run);
      const pruned = trials.filter(({ state }) => state === 'pruned');
      expect(pruned.length).toBeGreaterThan(0);
      for (const { values, value } of pruned) {
        expect(values.length).toBeLessThan(4);
        expect(value).toBeNull();
      }
      const fits = trials.reduce((sum, { values }) => sum + values.length, 0);
      expect(pool.fits).toHaveLength(fits + 1);
      const complete = trials.filter(({ state }) => state === 'complete');
      expect(run.result?.cvBestScore).toBeCloseTo(Math.min(...complete.map(({ value }) => value ?? NaN)), 12);
      expect(run.events.at(-1)).toMatchObject({ type: 'run.completed', fraction: 1 });
    });
});

describe('approaches', () => {
  const two = '_or_: [SNV, MSC]';
  test('grouped: a study for each preprocessing', async () => {
    const run = await runInMemory(data, document({ approach: 'grouped', sampler: 'random' }, two));
    expect(run.trials.map(({ group }) => group).toSorted()).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    for (const variant of [0, 1]) {
      const best = run.trials
        .filter(({ group }) => group === variant)
        .toSorted((a, b) => (a.trial.value ?? 0) - (b.trial.value ?? 0))[0];
      expect(run.variants.get(variant)?.tuned).toMatchObject({ ...best?.trial.point });
      expect(run.variants.get(variant)?.meanScore).toBeCloseTo(best?.trial.value ?? NaN, 12);
    }
  });

  test('single: one study for all, judged on the folds of all', async () => {
    const run = await runInMemory(data, document({ approach: 'single', sampler: 'random' }, two));
    expect(run.trials).toHaveLength(6);
    for (const { trial } of run.trials) {
      expect(trial.values).toHaveLength(8);
      expect(trial.value).toBeCloseTo(
        mean([...(await plain(trial.point, 'SNV')), ...(await plain(trial.point, 'MSC'))]),
        10,
      );
    }
    expect(run.variants.get(0)?.tuned).toEqual(run.variants.get(1)?.tuned);
  });

  test('individual: a study for each fold; the refit takes the parameters of the best fold', async () => {
    const run = await runInMemory(data, document({ approach: 'individual', sampler: 'grid', n_trials: 10 }));
    expect(run.error).toBeNull();
    const best = [0, 1, 2, 3].map((fold) => {
      const own = run.trials.filter((one) => one.fold === fold).map(({ trial }) => trial);
      expect(own).toHaveLength(10);
      for (const { values } of own) expect(values).toHaveLength(1);
      return own.toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0))[0];
    });
    best.forEach((trial, fold) => {
      const stored = run.predictions.find((one) => one.fold === `fold_${fold}` && one.partition === 'validation');
      expect(stored?.params).toMatchObject({ ...trial?.point });
      expect(stored?.scores.rmse).toBeCloseTo(trial?.value ?? NaN, 12);
    });
    const champion = best.toSorted((a, b) => (a?.value ?? 0) - (b?.value ?? 0))[0];
    expect(run.result?.finalParams).toMatchObject({ ...champion?.point });
    expect(run.result?.cvBestScore).toBeCloseTo(mean(best.map((one) => one?.value ?? NaN)), 12);
  });
});

test('nested spaces, choices and training parameters reach the model', async () => {
  const text = `pipeline:\n  - KFold: {n_splits: 3}\n  - {model: SVR, finetune_params: ${JSON.stringify({ n_trials: 6, sampler: 'random', seed: 1, model_params: { kernel: ['rbf', 'linear'], C: { type: 'float', low: 0.1, high: 100, log: true }, epsilon: ['float', 0.01, 0.5] } })}}\n`;
  const run = await runInMemory(data, text);
  expect(run.error).toBeNull();
  const points = trialsOf(run).map(({ point }) => point);
  expect(new Set(points.map((point) => point['kernel']))).toEqual(new Set(['rbf', 'linear']));
  for (const point of points) {
    expect(Number(point['C'])).toBeGreaterThanOrEqual(0.1);
    expect(Number(point['C'])).toBeLessThanOrEqual(100);
  }
  expect(run.result?.finalParams).toMatchObject(
    points.find((point) => point['C'] === run.result?.finalParams?.['C']) ?? { missing: true },
  );
});

test('a sweep beside a search: each value of the sweep is searched and has its own figures', async () => {
  const text = `pipeline:\n  - KFold: {n_splits: 3}\n  - {model: {PLS: {n_components: {_range_: [1, 3]}}}, finetune_params: ${JSON.stringify({ n_trials: 2, sampler: 'grid', model_params: { scale: [true, false] } })}}\n`;
  const run = await runInMemory(data, text);
  expect(run.error).toBeNull();
  expect([...run.variants.values()].map(({ status, problem }) => problem ?? status)).toEqual([
    'completed',
    'completed',
    'completed',
  ]);
  for (const [variant, { tuned, meanScore }] of run.variants) {
    const scores = await Promise.all(
      [true, false].map(async (scale) => {
        const one = await runInMemory(
          data,
          `refit: false\npipeline:\n  - KFold: {n_splits: 3}\n  - PLS: {n_components: ${variant + 1}, scale: ${String(scale)}}\n`,
        );
        return { scale, score: one.variants.get(0)?.meanScore ?? NaN };
      }),
    );
    const best = scores.toSorted((a, b) => a.score - b.score)[0];
    expect(tuned).toMatchObject({ n_components: variant + 1, scale: best?.scale });
    expect(meanScore).toBeCloseTo(best?.score ?? NaN, 10);
  }
});

test('a parameter that the model refuses fails the trial with a sentence, not the run', async () => {
  const run = await runInMemory(
    data,
    document({ sampler: 'grid', n_trials: 3, model_params: { n_components: [2, 3, -1] } }),
  );
  expect(run.error).toBeNull();
  expect(
    trialsOf(run)
      .map(({ state }) => state)
      .toSorted(),
  ).toEqual(['complete', 'complete', 'failed']);
  const all = await runInMemory(
    data,
    document({ sampler: 'grid', n_trials: 2, model_params: { n_components: [-1, 0] } }),
  );
  expect((all.error as Error).message).toMatch(/Trial 1, fold 1: .*components/);
});

test('two workers find what one finds', async () => {
  const text = document({ sampler: 'tpe', n_trials: 8 }, '_or_: [SNV, MSC]');
  const [one, two] = [await runInMemory(data, text), await runInMemory(data, text, { pool: inProcessPool(3) })];
  const told = (run: MemoryRun) =>
    run.trials
      .map(({ group, trial }) => ({ group, trial }))
      .toSorted((a, b) => a.group - b.group || a.trial.number - b.trial.number);
  expect(told(two)).toEqual(told(one));
  expect([...two.variants]).toEqual([...one.variants]);
  expect(two.finals).toEqual(one.finals);
});

describe('a study in a workspace', () => {
  const pipeline = document({ sampler: 'tpe', n_trials: 8 }, 'SNV');
  const start = (datasetId: string, more: object = {}) => ({
    datasetId,
    target: 'fat',
    trainSplit: ['C', 'M'],
    testSplit: ['T'],
    pipeline,
    ...more,
  });

  test('the same study again fits nothing; afresh it gives the same trials', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const first = await engine.run(start(id));
    const trialsOfRun = async (runId: string) =>
      (await engine.call('results.trials', { runId, variant: 0 })).trials.map(({ milliseconds: _, ...trial }) => trial);
    const again = await engine.run(start(id));
    expect(again.cache?.crossRun).toMatchObject({ misses: 0 });
    expect(again.cache?.checkBeforeFit.misses).toBe(0);
    expect(again.cvBest).toEqual(first.cvBest);
    expect(again.finalScore).toBe(first.finalScore);
    expect(await trialsOfRun(again.runId)).toEqual(await trialsOfRun(first.runId));
    const reused = engine.events.filter((event) => event.type === 'trial.completed' && event.runId === again.runId);
    expect(reused.map((event) => event.type === 'trial.completed' && event.reused)).toEqual(
      Array.from({ length: 8 }, () => true),
    );

    const afresh = await engine.run(start(id, { cache: false }));
    expect(await trialsOfRun(afresh.runId)).toEqual(await trialsOfRun(first.runId));
    expect(afresh.finalScore).toBe(first.finalScore);
  });

  test('more trials than before go on from those there are; another workspace knows nothing of them', async () => {
    const folder = await temporaryFolder();
    const engine = await openTestEngine({ folder });
    const { id } = await withTecator(engine);
    await engine.run(start(id));
    const other = await openTestEngine();
    const elsewhere = await other.run(start((await withTecator(other)).id));
    expect(elsewhere.cache?.crossRun).toMatchObject({ hits: 0 });
    const changed = await engine.run(
      start(id, {
        pipeline: document({ sampler: 'tpe', n_trials: 8, model_params: { n_components: ['int', 1, 9] } }, 'SNV'),
      }),
    );
    const trials = engine.events.filter((event) => event.type === 'trial.completed' && event.runId === changed.runId);
    expect(trials.some((event) => event.type === 'trial.completed' && event.reused)).toBe(false);
  });

  test('cancelled in the middle and run again: the trials go on and end as in an undisturbed study', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const long = { ...start(id), pipeline: document({ sampler: 'tpe', n_trials: 30 }, 'SNV'), name: 'long' };
    const { runId } = await engine.call('runs.start', long);
    while (engine.events.filter((event) => event.type === 'trial.completed').length < 4)
      await new Promise((resolve) => setTimeout(resolve, 2));
    await engine.call('runs.cancel', { runId });
    await engine.ended(runId);
    const done = engine.engine.parts.workspace.trials.ofRun(runId).length;
    expect(done).toBeGreaterThanOrEqual(4);
    expect(done, 'the study was over before it could be cancelled').toBeLessThan(30);

    const resumed = await engine.run(long);
    const reused = engine.events.filter(
      (event) => event.type === 'trial.completed' && event.runId === resumed.runId && event.reused,
    );
    expect(reused).toHaveLength(done);
    const other = await openTestEngine();
    const undisturbed = await other.run({ ...long, datasetId: (await withTecator(other)).id });
    const points = (of: typeof engine, id_: string) =>
      of.engine.parts.workspace.trials.ofRun(id_).map(({ trial }) => trial);
    expect(points(engine, resumed.runId)).toEqual(points(other, undisturbed.runId));
    expect(resumed.cvBest).toEqual(undisturbed.cvBest);
    expect(resumed.rmsep).toBe(undisturbed.rmsep);
  });
});
