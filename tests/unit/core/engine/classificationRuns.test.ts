import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importPaths } from '#core/engine/index.ts';
import { findMetric } from '#core/metrics/metricCatalog.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { openTestEngine, withTecator, type TestEngine } from '#tests/support/engineFixture.ts';
import { referenceGolden } from '#tests/support/golden.ts';
import { hasReferenceData, referenceData } from '#tests/support/referenceData.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Classification the way a person runs it: import, run, results. */
interface ByComponents {
  readonly accuracy: readonly number[];
  readonly best_n: number;
  readonly confusion: readonly (readonly number[])[];
  readonly predicted: readonly number[];
}
interface Golden {
  readonly classes: readonly string[];
  readonly n_per_class: readonly number[];
  readonly fold_of_sample: readonly number[];
  readonly plsda: ByComponents;
  readonly pcalda: ByComponents;
  readonly knn3: { readonly accuracy: number; readonly predicted: readonly number[] };
}

const imported = async (engine: TestEngine, ...paths: string[]): Promise<string> =>
  (
    await importPaths(engine.engine.parts, paths, {
      cancel: { cancelled: false, check: () => undefined },
      onProgress: () => undefined,
    })
  ).id;
const pooled = async (engine: TestEngine, runId: string, variant: number) => {
  const cv = await engine.call('results.predictions', { runId, variant, of: 'cv' });
  if (cv === null) throw new Error('There are no cross-validated predictions.');
  return cv;
};
const shareRight = ({ measured, predicted }: { measured: Float64Array; predicted: Float64Array }) =>
  measured.reduce((sum, code, k) => sum + (code === predicted[k] ? 1 : 0), 0) / measured.length;
const document = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

describe('fruit purée and coffee against scikit-learn (golden/classification.json), the same folds', () => {
  for (const [name, folder, key, target] of [
    ['fruit purée', 'fruit-puree-ftir', 'fruit_puree_snv_mod10', 'label'],
    ['coffee', 'chemotools-coffee-atr', 'chemotools_coffee_snv_mod10', 'origin'],
  ] as const)
    test(
      name,
      async () => {
        if (!hasReferenceData()) {
          console.warn(`NOT TESTED: ${name}. Set REFRACT_REFERENCE_DATA to the folder with the reference data.`);
          expect(hasReferenceData(), 'the reference data are absent').toBe(false);
          return;
        }
        const golden = (referenceGolden('classification.json') as Record<string, Golden>)[key];
        if (golden === undefined) throw new Error(`classification.json has no ${key}.`);
        const engine = await openTestEngine({ workers: 2 });
        const datasetId = await imported(engine, referenceData(folder));
        const most = golden.plsda.accuracy.length;
        const run = (...steps: string[]) =>
          engine.run({
            datasetId,
            target,
            pipeline: `metric: accuracy\n${document('SNV', `PredefinedSplit: {test_fold: [${golden.fold_of_sample.join()}]}`, ...steps)}`,
          });
        const codeOf = (label: number | string): number =>
          typeof label === 'number' ? label : golden.classes.indexOf(label);

        const plsda = await run(`PLSDA: {n_components: {_range_: [1, ${most}]}, scale: false}`);
        expect(plsda.classes).toEqual(golden.classes);
        expect(plsda.realFits).toBe(11);
        // Few of them: each has decompositions of its own.
        const few = [2, 6, golden.pcalda.best_n];
        const pcalda = await run(`PCA: {n_components: {_or_: [${few.join()}]}}`, 'LDA');
        for (const [result, expected, components] of [
          [plsda, golden.plsda, golden.plsda.accuracy.map((_, k) => k + 1)],
          [pcalda, golden.pcalda, few],
        ] as const) {
          const { rows } = await engine.call('results.variants', {
            runId: result.runId,
            sortBy: 'index',
            filter: '',
            offset: 0,
            limit: 100,
          });
          expect(rows.map(({ cv }) => cv?.accuracy)).toEqual(components.map((n) => expected.accuracy[n - 1]));
          const variant = components.lastIndexOf(expected.best_n);
          const best = await pooled(engine, result.runId, variant);
          expect([...best.predicted]).toEqual(expected.predicted.map(codeOf));
          const confusion = await engine.call('results.confusion', { runId: result.runId, variant });
          expect(confusion?.classes).toEqual(golden.classes);
          expect(confusion?.matrices.find(({ of }) => of === 'pooled')?.counts).toEqual(expected.confusion);
        }
        const knn = await run('KNeighborsClassifier: {n_neighbors: 3}');
        const near = await pooled(engine, knn.runId, 0);
        expect([...near.predicted]).toEqual(golden.knn3.predicted.map(codeOf));
        expect(knn.cv?.accuracy).toBe(golden.knn3.accuracy);
      },
      60_000,
    );
});

/** Three classes in 18 + 12 samples that differ in the height of one band, and what else a table may hold. */
async function madeUp(
  engine: TestEngine,
  labels: (k: number) => string = (k) => ['ash', 'oak', 'yew'][k % 3] ?? '',
): Promise<string> {
  const folder = await temporaryFolder();
  const axis = Array.from({ length: 20 }, (_, j) => 1000 + 10 * j);
  const noise = (k: number, j: number) => 0.03 * Math.sin(12.9898 * (k + 1) * (j + 3));
  const x = Array.from({ length: 30 }, (_, k) =>
    [
      `s${k}`,
      ...axis.map((_nm, j) => 0.5 + (1 + 0.4 * (k % 3)) * Math.exp(-(((j - 9) / 3) ** 2)) + noise(k, j)),
    ].join(),
  );
  await writeFile(join(folder, 'X.csv'), `sample_id,${axis.join()}\n${x.join('\n')}\n`);
  const y = Array.from({ length: 30 }, (_, k) => `s${k},${labels(k)},${k % 3},${(k * 7) % 30}.5`);
  await writeFile(join(folder, 'Y.csv'), `sample_id,kind,grade,content\n${y.join('\n')}\n`);
  await writeFile(
    join(folder, 'split.csv'),
    `sample_id,split\n${Array.from({ length: 30 }, (_, k) => `s${k},${k < 18 ? 'train' : 'test'}`).join('\n')}\n`,
  );
  return imported(engine, folder);
}

describe('every classifier, through the whole engine', () => {
  const models = [
    'PLSDA: {n_components: 2}',
    'OPLSDA: {n_components: 1}',
    'LDA',
    'QDA: {reg_param: 0.5}',
    'LogisticRegression',
    'SVC',
    'KNeighborsClassifier: {n_neighbors: 3}',
    'RandomForestClassifier: {n_estimators: 10, random_state: 1}',
    'ExtraTreesClassifier: {n_estimators: 10, random_state: 1}',
    'GradientBoostingClassifier: {n_estimators: 5}',
    'GaussianNB',
    'RidgeClassifier',
    'DecisionTreeClassifier',
    'SIMCA: {n_components: 1}',
  ];

  test('folds, confusion matrices, probabilities, refit, stored and predicted again', async () => {
    const engine = await openTestEngine({ workers: 2 });
    const datasetId = await madeUp(engine);
    const result = await engine.run({
      datasetId,
      target: 'kind',
      pipeline: document(
        'StratifiedKFold: {n_splits: 3, shuffle: true, random_state: 7}',
        '{PCA: {n_components: 3}}',
        `_or_: [${models.map((model) => `{${model.includes(':') ? model : `${model}: {}`}}`).join(', ')}]`,
      ),
    });
    expect(result).toMatchObject({
      task: 'classification',
      metric: 'balancedAccuracy',
      classes: ['ash', 'oak', 'yew'],
      nTrain: 18,
      nTest: 12,
      variants: models.length,
    });
    const { rows } = await engine.call('results.variants', {
      runId: result.runId,
      sortBy: 'index',
      filter: '',
      offset: 0,
      limit: 100,
    });
    for (const { variant, label, status, problem, cv, rmsecv } of rows) {
      expect(problem ?? status, label).toBe('completed');
      expect(rmsecv, label).toBeNull();
      expect(cv?.accuracy, label).toBeGreaterThan(0.6);
      const answer = await engine.call('results.confusion', { runId: result.runId, variant });
      const of = (which: RegExp) => (answer?.matrices ?? []).filter((one) => which.test(one.of));
      const [whole] = of(/^pooled$/);
      const folds = of(/^fold_/);
      expect(folds, label).toHaveLength(3);
      // The folds add up to the whole, which has every training sample once.
      const added = whole?.counts.map((line, i) =>
        line.map((_, j) => folds.reduce((sum, { counts }) => sum + (counts[i]?.[j] ?? 0), 0)),
      );
      expect(whole?.counts, label).toEqual(added);
      expect(
        whole?.counts.flat().reduce((a, b) => a + b),
        label,
      ).toBe(18);
      expect(
        whole?.counts.map((line) => line.reduce((a, b) => a + b)),
        label,
      ).toEqual([6, 6, 6]);
      const diagonal = whole?.counts.reduce((sum, line, k) => sum + (line[k] ?? 0), 0) ?? NaN;
      expect(cv?.accuracy, label).toBeCloseTo(diagonal / 18, 12);
      const predicted = await pooled(engine, result.runId, variant);
      expect(cv?.accuracy).toBe(shareRight(predicted));
      if (predicted.probabilities !== null)
        for (let k = 0; k < 18; k++) {
          const row = predicted.probabilities.subarray(3 * k, 3 * k + 3);
          expect(row[0] + row[1] + row[2], label).toBeCloseTo(1, 10);
          expect(row.indexOf(Math.max(...row)), label).toBe(predicted.predicted[k]);
        }
    }
    const jobId = 'job_0123456789';
    const again = await engine.call('models.predict', {
      model: { from: 'run', runId: result.runId },
      spectra: { from: 'dataset', datasetId },
      jobId,
    });
    const test_ = await engine.call('results.predictions', {
      runId: result.runId,
      variant: result.cvBest?.variant ?? -1,
      of: 'test',
    });
    expect(again.predicted).toHaveLength(30);
    expect([...(test_?.rows ?? [])].map((row) => again.predicted[row])).toEqual([...(test_?.predicted ?? [])]);
    expect(result.test?.accuracy).toBe(
      shareRight(test_ ?? { measured: new Float64Array(0), predicted: new Float64Array(0) }),
    );
  }, 60_000);

  test('every classification metric can rank the variants, and the stored scores are what it says', async () => {
    const engine = await openTestEngine();
    const datasetId = await madeUp(engine);
    for (const metric of ['accuracy', 'balanced_accuracy', 'f1_macro', 'mcc', 'log_loss', 'roc_auc']) {
      const result = await engine.run({
        datasetId,
        target: 'kind',
        pipeline: `metric: ${metric}\n${document('StratifiedKFold: {n_splits: 3}', 'PCA: {n_components: 4}', '_or_: [{LDA: {}}, {LogisticRegression: {C: 0.01}}, {KNeighborsClassifier: {n_neighbors: 5}}]')}`,
      });
      const own = findMetric(metric);
      const { rows } = await engine.call('results.variants', {
        runId: result.runId,
        sortBy: 'index',
        filter: '',
        offset: 0,
        limit: 10,
      });
      for (const { variant, meanScore } of rows) {
        const folds = engine.engine.parts.workspace.predictions
          .read({ runId: result.runId, variant, partition: 'validation' })
          .filter(({ record }) => record.foldId.startsWith('fold_'));
        const scores = folds.map(
          ({ arrays: { measured, predicted, probabilities } }) =>
            own?.score({
              measured,
              predicted,
              classCount: 3,
              probabilities: probabilities && matrix(measured.length, 3, probabilities),
            }) ?? NaN,
        );
        expect(meanScore, metric).toBeCloseTo(scores.reduce((a, b) => a + b, 0) / scores.length, 12);
      }
      const scores = rows.map(({ meanScore }) => meanScore ?? NaN);
      expect(result.cvBestScore, metric).toBe(own?.direction === 'lower' ? Math.min(...scores) : Math.max(...scores));
    }
  });
});

describe('targets', () => {
  const cv = 'StratifiedKFold: {n_splits: 3}';
  test('whole numbers are classes, in the order of the numbers', async () => {
    const engine = await openTestEngine();
    const datasetId = await madeUp(engine);
    const result = await engine.run({ datasetId, target: 'grade', pipeline: document(cv, 'PLSDA: {n_components: 2}') });
    expect(result.classes).toEqual(['0', '1', '2']);
    const named = await engine.run({ datasetId, target: 'kind', pipeline: document(cv, 'PLSDA: {n_components: 2}') });
    expect([...(await pooled(engine, result.runId, 0)).predicted]).toEqual([
      ...(await pooled(engine, named.runId, 0)).predicted,
    ]);
  });

  test('what fits no model is refused with what to do', async () => {
    const engine = await openTestEngine();
    const datasetId = await madeUp(engine);
    const refused = (target: string | null, ...steps: string[]) =>
      engine.run({ datasetId, target, pipeline: document(cv, ...steps) });
    await expect(refused('kind', 'PLS: {n_components: 2}')).rejects.toThrow(
      /kind holds class names, and PLS is a regression model\. Use a classifier/,
    );
    await expect(refused('content', 'PLSDA: {n_components: 2}')).rejects.toThrow(
      /content has 18 .*too many for classes.*KBinsDiscretizer|content has 30/,
    );
    await expect(refused('kind', '_or_: [{PLS: {}}, {PLSDA: {}}]')).rejects.toThrow(/Run them apart/);
    await expect(refused('species', 'PLSDA: {n_components: 2}')).rejects.toThrow(/species.*kind/s);
    await expect(
      refused('kind', 'PLSDA: {n_components: 2}').then(() =>
        engine.run({ datasetId, target: 'kind', pipeline: `metric: rmse\n${document(cv, 'LDA')}` }),
      ),
    ).rejects.toThrow(/rmse.*accuracy/s);
    const one = await madeUp(engine, () => 'ash');
    await expect(
      engine.run({ datasetId: one, target: 'kind', pipeline: document('KFold: {n_splits: 3}', 'PLSDA') }),
    ).rejects.toThrow(/belong to the class "ash".*at least two/);
  });

  test('one class alone is enough for a class model', async () => {
    const engine = await openTestEngine();
    const datasetId = await madeUp(engine, (k) => (k < 18 || k % 3 === 0 ? 'ash' : 'oak'));
    const result = await engine.run({
      datasetId,
      target: 'kind',
      pipeline: document('KFold: {n_splits: 3}', '_or_: [{DDSIMCA: {n_components: 2}}, {SIMCA: {n_components: 2}}]'),
    });
    expect(result.task).toBe('classification');
    expect(result.cv?.accuracy).toBeGreaterThan(0.5);
    const confusion = await engine.call('results.confusion', {
      runId: result.runId,
      variant: result.cvBest?.variant ?? 0,
    });
    expect(confusion?.matrices[0]?.columns.length).toBeGreaterThanOrEqual(confusion?.classes.length ?? 0);
  });

  test('KBinsDiscretizer makes the classes, from the training targets alone', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const pipeline = document(
      'StratifiedKFold: {n_splits: 4}',
      'SNV',
      'y_processing: {KBinsDiscretizer: {n_bins: 3, encode: ordinal, strategy: quantile}}',
      'PLSDA: {n_components: 8}',
    );
    const run = (trainSplit: string[], testSplit: string[]) =>
      engine.run({ datasetId: id, target: 'fat', pipeline, trainSplit, testSplit });
    const result = await run(['C'], ['T']);
    expect(result).toMatchObject({ task: 'classification', nTrain: 129, nTest: 43 });
    expect(result.classes).toHaveLength(3);
    const { measured } = await pooled(engine, result.runId, 0);
    const sizes = [0, 1, 2].map((code) => measured.filter((one) => one === code).length);
    for (const size of sizes) expect(Math.abs(size - 43)).toBeLessThanOrEqual(2);
    // Other test samples, the same classes; other training samples, other classes.
    expect((await run(['C'], ['M'])).classes).toEqual(result.classes);
    expect((await run(['M'], ['T'])).classes).not.toEqual(result.classes);
    expect(result.cv?.accuracy).toBeGreaterThan(0.7);
  });

  test('samples without a label take no part and are counted', async () => {
    const engine = await openTestEngine();
    const datasetId = await madeUp(engine, (k) => (k === 4 || k === 20 ? '' : (['ash', 'oak', 'yew'][k % 3] ?? '')));
    const result = await engine.run({
      datasetId,
      target: 'kind',
      pipeline: document('StratifiedKFold: {n_splits: 3}', 'PLSDA: {n_components: 2}'),
    });
    expect(result).toMatchObject({ nTrain: 17, nTest: 11 });
    expect(result.warnings.join(' ')).toContain('2 samples have no value of kind');
  });

  test('a class that only the test set has is named, and nothing breaks', async () => {
    const engine = await openTestEngine();
    const datasetId = await madeUp(engine, (k) => (k > 26 ? 'elm' : (['ash', 'oak', 'yew'][k % 3] ?? '')));
    const result = await engine.run({
      datasetId,
      target: 'kind',
      pipeline: document(
        'StratifiedKFold: {n_splits: 3}',
        '_or_: [{LDA: {}}, {PLSDA: {n_components: 2}}, {KNeighborsClassifier: {n_neighbors: 3}}]',
      ),
    });
    expect(result.classes).toEqual(['ash', 'elm', 'oak', 'yew']);
    expect(result.test?.n).toBe(12);
    expect(result.test?.accuracy).toBeLessThanOrEqual(9 / 12);
  });
});
