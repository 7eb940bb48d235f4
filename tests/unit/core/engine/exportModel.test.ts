import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { transforms } from '#core/catalog/operators.ts';
import type { CallInput } from '#core/contract/contract.ts';
import { predictChain } from '#core/data/predictChain.ts';
import { loadEnsemble } from '#core/engine/finalModel.ts';
import { openModelFile } from '#core/engine/openModelFile.ts';
import type { OnnxRuntime } from '#core/export/onnxRuntime.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { grantOf, openTestEngine, withTecator, type TestEngine } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

type Grant = CallInput<'models.export'>['file'];
const split = { target: 'fat', trainSplit: ['C', 'M'], testSplit: ['T'] };
const document = (...steps: string[]) =>
  `pipeline:\n  - KFold: {n_splits: 3}\n${steps.map((step) => `  - ${step}\n`).join('')}`;

function exportTo(engine: TestEngine, runId: string, path: string) {
  const { grant, paths } = grantOf(path);
  const format = path.endsWith('.onnx') ? 'onnx' : 'refract';
  return engine.send('models.export', { runId, file: grant as Grant, format }, paths);
}

describe('a file that is exported agrees with the engine, relative 1e-9', () => {
  const cases = [
    ['PLS: {n_components: 12, scale: true}'],
    ['SNV', 'SavitzkyGolay: {window_length: 11, polyorder: 2, deriv: 1}', 'PLS: {n_components: 8, scale: false}'],
    ['MSC', 'StandardScaler', 'Ridge: {alpha: 0.01}'],
    ['Detrend', 'MinMaxScaler', 'y_processing: MinMaxScaler', 'PCR: {n_components: 10}'],
  ];
  test('as ONNX and as a bundle, for several pipelines', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const folder = await temporaryFolder();
    for (const steps of cases) {
      const { runId } = await engine.run({ ...split, datasetId: id, pipeline: document(...steps) });
      for (const name of ['model.onnx', 'model.refract']) {
        const reply = await exportTo(engine, runId, join(folder, name));
        expect(reply, steps.join()).toMatchObject({
          ok: true,
          value: { name, verification: { samples: 43, tolerance: 1e-9 } },
        });
        const { verification } = (reply.ok ? reply.value : {}) as { verification?: { maxRelativeDifference: number } };
        expect(verification?.maxRelativeDifference).toBeLessThanOrEqual(1e-9);
      }
    }
    expect((await readdir(folder)).toSorted()).toEqual(['model.onnx', 'model.refract']);
  });
});

describe('a file that does not agree', () => {
  /** A runtime whose predictions are off by a millionth. */
  const crooked: OnnxRuntime = {
    ...onnxRuntimeNode,
    async load(...args: Parameters<OnnxRuntime['load']>) {
      const session = await onnxRuntimeNode.load(...args);
      return {
        ...session,
        async run(...input: Parameters<typeof session.run>) {
          const outputs = await session.run(...input);
          return outputs.map((output) => output.map((value) => value * (1 + 1e-6)));
        },
      };
    },
  };

  test('leaves nothing behind, and an earlier export of that name as it was', async () => {
    const engine = await openTestEngine({ onnx: crooked });
    const { id } = await withTecator(engine);
    const { runId } = await engine.run({
      ...split,
      datasetId: id,
      pipeline: document('SNV', 'PLS: {n_components: 5}'),
    });
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'earlier.onnx'), 'an earlier model');
    for (const name of ['model.onnx', 'model.refract', 'earlier.onnx'])
      expect(await exportTo(engine, runId, join(folder, name)), name).toMatchObject({
        ok: false,
        error: { code: 'export.mismatch' },
      });
    expect(await readdir(folder)).toEqual(['earlier.onnx']);
    expect(await readFile(join(folder, 'earlier.onnx'), 'utf8')).toBe('an earlier model');
  });
});

test('a run without a refit is exported as an ensemble of its folds, whose prediction is their mean', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const pipeline = `refit: false\n${document('SNV', 'PLS: {n_components: 6}')}`;
  const { runId } = await engine.run({ ...split, datasetId: id, pipeline });
  expect(await engine.call('models.list', {})).toMatchObject([{ runId, content: 'fold-ensemble', members: 3 }]);
  const folder = await temporaryFolder();
  const { workspace } = engine.engine.parts;
  const folds = await loadEnsemble(workspace, runId);
  const { dataset } = await engine.engine.parts.datasets.load(id);
  const each = folds.map(({ chain }) => predictChain(chain, dataset.source.x, operatorsByKind.any));
  for (const name of ['model.onnx', 'model.refract']) {
    const path = join(folder, name);
    const reply = await exportTo(engine, runId, path);
    expect(reply, name).toMatchObject({
      ok: true,
      value: { verification: { samples: 43, tolerance: 1e-9 }, notes: [] },
    });
    const { model, about } = await openModelFile(engine.engine.parts, path);
    expect(about).toMatchObject({ members: 3, task: 'regression' });
    const { predicted } = await model.predict(dataset.source.x, { metadata: {} });
    predicted.forEach((value, i) => {
      const mean = each.reduce((sum, fold) => sum + (fold[i] ?? NaN), 0) / 3;
      expect(Math.abs(value / mean - 1)).toBeLessThan(1e-10);
    });
  }
});

test('a classifier is exported with its classes, opened again and compared with the labels of new data', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const { runId } = await engine.run({
    ...split,
    datasetId: id,
    pipeline: document(
      'y_processing: {KBinsDiscretizer: {n_bins: 3, encode: ordinal}}',
      'PCA: {n_components: 8}',
      'LDA',
    ),
  });
  const [summary] = await engine.call('models.list', {});
  expect(summary).toMatchObject({ task: 'classification', rmsep: null });
  expect(summary?.test?.balancedAccuracy).toBeGreaterThan(0.6); // 0.33 by chance
  const path = join(await temporaryFolder(), 'model.refract');
  expect(await exportTo(engine, runId, path)).toMatchObject({ ok: true, value: { verification: { samples: 43 } } });
  const { model, about } = await openModelFile(engine.engine.parts, path);
  expect(about).toMatchObject({ task: 'classification', classes: summary?.classes });
  const { dataset } = await engine.engine.parts.datasets.load(id);
  const { predicted, probabilities } = await model.predict(dataset.source.x, { metadata: {} });
  const own = await engine.call('models.predict', {
    model: { from: 'run', runId, variant: null },
    spectra: { from: 'dataset', datasetId: id },
    jobId: 'job_classes0001',
  });
  expect(own.predicted).toEqual(predicted);
  expect(probabilities?.cols).toBe(3);
});

test('an operator without an ONNX form is named before anything is written; a bundle is possible and says so', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const steps = ['PLS: {n_components: 4}'];
  const without = transforms.find(({ noOnnx, stateful, target }) => noOnnx !== undefined && !stateful && !target);
  if (without === undefined) throw new Error('The catalog has no transform without an ONNX form.');
  const { runId } = await engine.run({ ...split, datasetId: id, pipeline: document(without.id, ...steps) });
  const folder = await temporaryFolder();
  expect(await exportTo(engine, runId, join(folder, 'model.onnx'))).toMatchObject({
    ok: false,
    error: { code: 'export.no-onnx-form', details: { operator: without.id, reason: without.noOnnx } },
  });
  expect(await readdir(folder)).toEqual([]);
  const reply = await exportTo(engine, runId, join(folder, 'model.refract'));
  expect(reply).toMatchObject({ ok: true });
  expect(JSON.stringify(reply)).toContain(`because ${without.id} cannot be written as ONNX`);
});
