import { describe, expect, test } from 'vitest';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { metricsFor } from '#core/engine/runMetrics.ts';
import type { StoredPredictions } from '#core/execution/ports.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { openTestEngine, withTecator } from '#tests/support/engineFixture.ts';
import { runInMemory, unitDataOf, type MemoryRun } from '#tests/support/runInMemory.ts';

/** Which predictions a run leaves, what their averages are, and which variants it trains again. */
const N = 40;
const { source, targets } = syntheticSpectra(N, 30, 6);
const y = targets[0]?.values ?? new Float64Array(0);
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const split = unitDataOf({ x: source.x, y }, { train: range(0, 32), test: range(32, N) });
const everything = unitDataOf({ x: source.x, y });
const codes = Float64Array.from(y, (value) => (value > 20 ? 2 : value > 8 ? 1 : 0));
const labelled = unitDataOf({ x: source.x, y: codes }, { classes: ['low', 'middle', 'high'] });
const document = (head: string, ...steps: string[]) =>
  `${head}pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
const SWEEP = 'PLS: {n_components: {_range_: [1, 6]}}';

const rowsOf = (run: MemoryRun) =>
  run.predictions.map((one) => `${one.variant} ${one.fold} ${one.partition}`).toSorted();
const of = (run: MemoryRun, fold: string | RegExp, partition: string, variant = 0): StoredPredictions[] =>
  run.predictions.filter(
    (one) =>
      one.variant === variant &&
      one.partition === partition &&
      (typeof fold === 'string' ? one.fold === fold : fold.test(one.fold)),
  );
const only = (list: readonly StoredPredictions[]): StoredPredictions => {
  const [one, another] = list;
  if (one === undefined || another !== undefined) throw new Error(`There are ${list.length} rows instead of one.`);
  return one;
};
const expectedRows = (variants: number, folds: number, partitions: readonly string[], refits: readonly number[]) =>
  [
    ...Array.from({ length: variants }, (_, variant) =>
      [...Array.from({ length: folds }, (__, k) => `fold_${k}`), 'avg', 'w_avg'].flatMap((fold) =>
        partitions.map((part) => `${variant} ${fold} ${part}`),
      ),
    ).flat(),
    ...refits.flatMap((variant) =>
      partitions.filter((part) => part !== 'validation').map((part) => `${variant} final ${part}`),
    ),
  ].toSorted();

describe('the rows of a run', () => {
  test('K folds × 3, avg × 3, w_avg × 3 for each variant, and train and test of the refit: not one more', async () => {
    const run = await runInMemory(split, document('', 'KFold: {n_splits: 4}', '_or_: [SNV, null]', SWEEP));
    const winner = run.result?.cvBest?.variant ?? -1;
    expect(rowsOf(run)).toEqual(expectedRows(12, 4, ['train', 'validation', 'test'], [winner]));
    expect(run.predictions.filter((one) => one.refit).map((one) => one.fold)).toEqual(['final', 'final']);
  });

  test('without a test set K × 2, avg × 2, w_avg × 2 and one row of the refit', async () => {
    const run = await runInMemory(
      everything,
      document('', 'KFold: {n_splits: 5}', '_or_: [{PLS: {n_components: 2}}, {Ridge: {alpha: 1}}]'),
    );
    expect(rowsOf(run)).toEqual(expectedRows(2, 5, ['train', 'validation'], [run.result?.cvBest?.variant ?? -1]));
  });

  test('a variant that fails in one fold leaves its other folds, and no averages', async () => {
    const run = await runInMemory(
      split,
      document('', 'KFold: {n_splits: 4}', '_or_: [{PLS: {n_components: 2}}, {PLS: {n_components: 27}}]'),
    );
    expect(run.error).toBeNull();
    expect(run.variants.get(1)).toMatchObject({ status: 'failed', cv: null });
    expect(rowsOf(run).filter((row) => row.startsWith('1 ') && row.includes('avg'))).toEqual([]);
  });

  test('names say what they are: model, operator, parameters', async () => {
    const run = await runInMemory(
      split,
      document('', 'KFold: {n_splits: 4}', '{model: {Ridge: {alpha: 3}}, name: mine}'),
    );
    expect(of(run, 'fold_2', 'test')[0]).toMatchObject({
      model: 'mine',
      modelClass: 'Ridge',
      params: { alpha: 3 },
      refit: false,
    });
  });
});

describe('avg and w_avg, by hand', () => {
  for (const [name, splitter, folds] of [
    ['KFold', 'KFold: {n_splits: 4}', 4],
    ['RepeatedKFold', 'RepeatedKFold: {n_splits: 4, n_repeats: 3, random_state: 5}', 12],
    [
      'ShuffleSplit, where some samples are never held out',
      'ShuffleSplit: {n_splits: 3, test_size: 0.3, random_state: 2}',
      3,
    ],
  ] as const)
    test(name, async () => {
      const run = await runInMemory(split, document('', splitter, 'PLS: {n_components: 3}'));
      const errors = of(run, /^fold_/, 'validation').map((one) => one.scores.rmse ?? NaN);
      expect(errors).toHaveLength(folds);
      for (const partition of ['train', 'validation', 'test'])
        for (const [fold, weights] of [
          ['avg', errors.map(() => 1)],
          ['w_avg', errors.map((error) => 1 / error)],
        ] as const) {
          const sums = new Map<number, { sum: number; weight: number }>();
          of(run, /^fold_/, partition).forEach((one, k) => {
            one.rows.forEach((row, at) => {
              const { sum, weight } = sums.get(row) ?? { sum: 0, weight: 0 };
              sums.set(row, {
                sum: sum + (weights[k] ?? NaN) * (one.predicted[at] ?? NaN),
                weight: weight + (weights[k] ?? NaN),
              });
            });
          });
          const stored = only(of(run, fold, partition));
          expect([...stored.rows], `${fold} ${partition}`).toEqual([...sums.keys()].toSorted((a, b) => a - b));
          stored.rows.forEach((row, at) => {
            const { sum, weight } = sums.get(row) ?? { sum: NaN, weight: 1 };
            expect(stored.predicted[at]).toBeCloseTo(sum / weight, 10);
          });
        }
    });

  test('classification: the class of the mean probabilities over the repeats', async () => {
    const run = await runInMemory(
      labelled,
      document('', 'RepeatedStratifiedKFold: {n_splits: 3, n_repeats: 4, random_state: 1}', 'LDA'),
    );
    expect(run.error).toBeNull();
    const folds = of(run, /^fold_/, 'validation');
    const stored = only(of(run, 'avg', 'validation'));
    expect(stored.rows).toHaveLength(N);
    stored.rows.forEach((row, at) => {
      const mean = [0, 1, 2].map((code) => {
        const seen = folds.flatMap((one) => {
          const place = one.rows.indexOf(row);
          return place < 0 ? [] : [one.probabilities?.[place * 3 + code] ?? NaN];
        });
        expect(seen).toHaveLength(4);
        return seen.reduce((sum, p) => sum + p / 4, 0);
      });
      mean.forEach((p, code) => {
        expect(stored.probabilities?.[at * 3 + code]).toBeCloseTo(p, 12);
      });
      expect(stored.predicted[at]).toBe(mean.indexOf(Math.max(...mean)));
    });
  });
});

describe('figures and choice', () => {
  test('every stored score is exactly what its stored arrays give, in regression and classification', async () => {
    for (const [data, text, classes] of [
      [split, document('', 'RepeatedKFold: {n_splits: 3, n_repeats: 2, random_state: 1}', SWEEP), 0],
      [labelled, document('', 'StratifiedKFold: {n_splits: 3}', 'LDA'), 3],
    ] as const) {
      const run = await runInMemory(data, text);
      const metrics = metricsFor(classes === 0 ? 'rmse' : 'accuracy', classes);
      expect(run.predictions.length).toBeGreaterThan(10);
      for (const { scores, measured, predicted, probabilities } of run.predictions)
        expect(scores).toEqual(metrics.summary({ measured, predicted, probabilities }));
    }
  });

  test('the variant’s figures come from validation alone: mean and standard error of the folds, pooled from avg', async () => {
    const run = await runInMemory(split, document('', 'KFold: {n_splits: 4}', SWEEP));
    for (const [variant, summary] of run.variants) {
      const folds = of(run, /^fold_/, 'validation', variant).map((one) => one.scores.rmse ?? NaN);
      const mean = folds.reduce((sum, one) => sum + one, 0) / 4;
      const sd = Math.sqrt(folds.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 3);
      expect(summary.meanScore).toBeCloseTo(mean, 12);
      expect(summary.scoreSe).toBeCloseTo(sd / 2, 12);
      expect(summary.cv).toEqual(only(of(run, 'avg', 'validation', variant)).scores);
      expect(summary.rmsecv).toBe(summary.cv?.rmse);
    }
    const best = [...run.variants.values()].toSorted((a, b) => (a.meanScore ?? 0) - (b.meanScore ?? 0))[0];
    expect(run.result?.cvBest?.variant).toBe(best?.variant);
    expect(run.result?.cvBestScore).toBe(best?.meanScore);
  });

  test('the refit changes no figure that the choice is made of', async () => {
    const steps = ['KFold: {n_splits: 4}', SWEEP];
    const [refitted, without] = [
      await runInMemory(split, document('', ...steps)),
      await runInMemory(split, document('refit: false\n', ...steps)),
    ];
    expect([...without.variants.values()]).toEqual([...refitted.variants.values()]);
    expect(without.result?.cvBest).toEqual(refitted.result?.cvBest);
    expect(refitted.result?.cv).toEqual(without.result?.cv);
    expect(refitted.result?.cvBestScore).not.toBe(refitted.result?.finalScore);
  });

  test('of equal scores the simpler variant wins, then the earlier', async () => {
    // Three channels of information: PLS has reached the exact answer, and more components change nothing.
    const x = matrix(
      12,
      2,
      Float64Array.from({ length: 24 }, (_, k) => (k % 2 === 0 ? k : (k * 7) % 5)),
    );
    const constant = unitDataOf({ x, y: new Float64Array(12).fill(3) });
    const { result, error } = await runInMemory(
      constant,
      document('', 'KFold: {n_splits: 3}', '_or_: [{Ridge: {alpha: 1}}, {Ridge: {alpha: 10}}, {Ridge: {alpha: 10}}]'),
    );
    expect(error).toBeNull();
    // A larger penalty is the simpler ridge; of the two equal ones the first.
    expect(result?.cvBest?.variant).toBe(1);
    expect(result?.cvBestScore).toBe(0);
  });
});

describe('which variants are trained again', () => {
  const steps = ['KFold: {n_splits: 4}', '_or_: [SNV, null]', SWEEP];
  const refits = async (head: string) => {
    const run = await runInMemory(split, document(head, ...steps));
    expect(run.error).toBeNull();
    return run;
  };
  const ranking = (run: MemoryRun, score: (variant: number) => number) =>
    [...run.variants.keys()].toSorted((a, b) => score(a) - score(b));
  const byMean = (run: MemoryRun) => ranking(run, (k) => run.variants.get(k)?.meanScore ?? NaN);
  const byRmsecv = (run: MemoryRun) => ranking(run, (k) => run.variants.get(k)?.rmsecv ?? NaN);
  const byMae = (run: MemoryRun) =>
    ranking(run, (k) => of(run, /^fold_/, 'validation', k).reduce((sum, one) => sum + (one.scores.mae ?? NaN), 0));

  test('true: the winner; false: nobody', async () => {
    expect((await refits('refit: true\n')).finals.map((one) => one.variant)).toEqual(
      byMean(await refits('')).slice(0, 1),
    );
    const none = await refits('refit: false\n');
    expect(none.finals).toEqual([]);
    expect(none.ensemble).toHaveLength(4);
    expect(none.result).toMatchObject({ foldEnsemble: 4, finalScore: null, refits: [] });
  });

  test('one criterion: the best three by it, the winner first', async () => {
    const run = await refits('refit: {top_k: 3, ranking: rmsecv}\n');
    const wanted = byRmsecv(run).slice(0, 3);
    expect(run.result?.ranking).toBe('rmsecv');
    expect(run.finals.map((one) => one.variant)).toEqual([...wanted]);
    expect(run.result?.refits.map((one) => one.variant)).toEqual([...wanted]);
    expect(run.result?.finalScore).toBe(run.result?.refits[0]?.finalScore);
  });

  test('a ranking of the document stays the one that chooses, and the criterion adds its own', async () => {
    const run = await refits('ranking: mean_val\nrefit: {top_k: 3, ranking: rmsecv}\n');
    const wanted = new Set([byMean(run)[0], ...byRmsecv(run).slice(0, 3)]);
    expect(run.result?.ranking).toBe('mean_val');
    expect(run.finals.map((one) => one.variant)).toEqual([...wanted]);
  });

  test('a list of criteria: each adds its own, nobody twice, each with its reason', async () => {
    const run = await refits(
      'refit: [{top_k: 2, ranking: mean_val}, {top_k: 2, metric: mae}, {top_k: 1, ranking: rmsecv}]\n',
    );
    const wanted = new Set([...byMean(run).slice(0, 2), ...byMae(run).slice(0, 2), ...byRmsecv(run).slice(0, 1)]);
    expect(run.finals.map((one) => one.variant)).toEqual([...wanted]);
    expect(rowsOf(run).filter((row) => row.includes('final'))).toHaveLength(2 * wanted.size);
    for (const one of run.result?.refits ?? []) expect(one.criterion).not.toBe('');
  });

  test('one standard error: the simplest within it is deployed, the minimum stays beside it', async () => {
    const best = await refits('');
    const run = await refits('refit: {rule: one_standard_error}\n');
    const winner = best.result?.cvBest;
    const limit = (winner?.score ?? NaN) + (best.variants.get(winner?.variant ?? -1)?.scoreSe ?? NaN);
    const group = best.variants.get(winner?.variant ?? -1)?.fitGroup;
    const within = [...best.variants.values()].filter(
      (one) => one.fitGroup === group && (one.meanScore ?? Infinity) <= limit,
    );
    const simplest = within.toSorted((a, b) => Number(a.params['n_components']) - Number(b.params['n_components']))[0];
    expect(within.length, 'the data leave a choice').toBeGreaterThan(1);
    expect(run.result?.cvBest?.variant).toBe(simplest?.variant);
    expect(run.finals.map((one) => one.variant)).toEqual([simplest?.variant]);
    expect(best.result?.oneStandardError?.variant).toBe(simplest?.variant);
  });

  test('keepFoldArtifacts keeps the fold models beside the refitted one', async () => {
    const run = await refits('refit: {keepFoldArtifacts: true}\n');
    expect(run.finals).toHaveLength(1);
    expect(run.ensemble).toHaveLength(4);
  });

  test('refit_params replace the model’s own in the refit alone', async () => {
    const run = await runInMemory(
      split,
      document(
        'refit: {defaultRefitParams: {fit_intercept: false, alpha: 9}}\n',
        'KFold: {n_splits: 4}',
        '{model: {Ridge: {alpha: 2}}, refit_params: {alpha: 5}}',
      ),
    );
    expect(run.error).toBeNull();
    expect(run.result?.finalParams).toMatchObject({ alpha: 5, fit_intercept: false });
    expect(run.variants.get(0)?.params).toMatchObject({ alpha: 2, fit_intercept: true });
  });
});

test('in the workspace too: the rows by level, and each score from its stored arrays', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const { runId } = await engine.run({
    datasetId: id,
    target: 'fat',
    trainSplit: ['C', 'M'],
    testSplit: ['T'],
    pipeline: document(
      'refit: {top_k: 2}\n',
      'RepeatedKFold: {n_splits: 3, n_repeats: 2, random_state: 0}',
      'SNV',
      'PLS: {n_components: {_range_: [3, 5]}}',
    ),
  });
  const { predictions } = engine.engine.parts.workspace;
  const stored = predictions.read({ runId });
  expect(stored).toHaveLength(3 * (6 * 3 + 6) + 2 * 2);
  const metrics = metricsFor('rmse');
  for (const { record, arrays } of stored) expect(record.scores).toEqual(metrics.summary(arrays));
  const folds = await engine.call('results.folds', { runId, variant: 1 });
  expect(new Set(folds.map(({ fold }) => fold)).size).toBeGreaterThanOrEqual(8);
  const cv = await engine.call('results.predictions', { runId, variant: 1, of: 'cv' });
  expect(cv?.predicted).toHaveLength(172);
});
