import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resources } from '#tests/support/engineFixture.ts';
import { refract } from '#tests/support/refract.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Classes made of a reference value, from the command line to the predicted class. */
const PIPELINE = `pipeline:
  - StratifiedKFold: {n_splits: 4, shuffle: true, random_state: 3}
  - SNV
  - y_processing: {KBinsDiscretizer: {n_bins: 3, encode: ordinal}}
  - _or_: [{PLSDA: {n_components: {_range_: [2, 6]}}}, {LDA: {}}]
`;
const tecator = join(resources, 'samples', 'tecator');

test('run, results by fold, export and predict in four processes', async () => {
  const folder = await temporaryFolder();
  const pipeline = join(folder, 'classes.yaml');
  const workspace = join(folder, 'workspace');
  await writeFile(pipeline, PIPELINE);
  const args = [
    'run',
    pipeline,
    '--data',
    tecator,
    '--target',
    'fat',
    '--train-split',
    'C,M',
    '--test-split',
    'T',
    '--workspace',
    workspace,
    '--workers',
    '1',
  ];
  const run = await refract([...args, '--json']);
  expect(run.code, run.err).toBe(0);
  const result = JSON.parse(run.out) as {
    runId: string;
    classes: string[];
    cv: Record<string, number>;
    test: Record<string, number>;
    [key: string]: unknown;
  };
  expect(result).toMatchObject({
    task: 'classification',
    metric: 'balancedAccuracy',
    variants: 6,
    rmsecv: null,
    nTrain: 172,
    nTest: 43,
    nCv: 172,
  });
  expect(result.classes).toHaveLength(3);
  expect(result.cv['accuracy']).toBeGreaterThan(0.7);
  expect(result.test['n']).toBe(43);

  const folds = await refract(['results', result.runId, '--workspace', workspace, '--level', 'fold', '--json']);
  expect(folds.code, folds.err).toBe(0);
  const rows = JSON.parse(folds.out) as Record<string, unknown>[];
  // Six variants with four folds and two averages of three parts each, and the refit's two.
  expect(rows).toHaveLength(6 * (4 + 2) * 3 + 2);

  const table = join(folder, 'predicted.csv');
  const bundle = join(folder, 'model.refract');
  const exported = await refract(['export', result.runId, '--workspace', workspace, '--out', bundle, '--json']);
  expect(exported.code, exported.err).toBe(0);
  const predicted = await refract(['predict', bundle, '--data', join(tecator, 'X.csv'), '--out', table]);
  expect(predicted.code, predicted.err).toBe(0);
  const [head = '', ...lines] = (await readFile(table, 'utf8')).trim().split(/\r?\n/);
  expect(lines).toHaveLength(215);
  expect(head).toContain('fat');
  // Every line names one of the classes.
  for (const line of lines)
    expect(result.classes.filter((name) => line.includes(name)).length, line).toBeGreaterThanOrEqual(1);
}, 60_000);

test('a person reads the accuracy, and a target that fits no classifier is a sentence', async () => {
  const folder = await temporaryFolder();
  const pipeline = join(folder, 'classes.yaml');
  const args = [
    'run',
    pipeline,
    '--data',
    tecator,
    '--target',
    'fat',
    '--workspace',
    join(folder, 'workspace'),
    '--workers',
    '1',
  ];
  await writeFile(pipeline, PIPELINE);
  const run = await refract(args);
  expect(run.code, run.err).toBe(0);
  expect(run.out).toMatch(/accuracy/i);
  expect(run.out).not.toMatch(/RMSE/);

  await writeFile(pipeline, 'pipeline:\n  - StratifiedKFold\n  - LDA\n');
  const refused = await refract(args);
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/fat has \d+ different values, too many for classes.*KBinsDiscretizer/);
}, 60_000);
