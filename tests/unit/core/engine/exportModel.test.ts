import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CallInput } from '#core/contract/contract.ts';
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

test('a run without a refit cannot be exported, and says why', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const { runId } = await engine.run({ ...split, datasetId: id, pipeline: `refit: false\n${document('PLS')}` });
  const path = join(await temporaryFolder(), 'model.onnx');
  expect(await exportTo(engine, runId, path), basename(path)).toMatchObject({
    ok: false,
    error: { code: 'run.no-final-model' },
  });
});
