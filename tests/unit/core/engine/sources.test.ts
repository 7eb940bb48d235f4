import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import type { CallInput } from '#core/contract/contract.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { importPaths } from '#core/engine/index.ts';
import { grantOf, openTestEngine, type TestEngine } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const ids = Array.from({ length: 24 }, (_, i) => `S${i + 1}`);
const axis = Array.from({ length: 16 }, (_, j) => 1100 + 4 * j);
const fat = (i: number): number => 5 + ((i * 7) % 11) + 0.1 * i;
const nir = (i: number): number[] =>
  axis.map((_, j) =>
    Number((1 + 0.05 * fat(i) * Math.sin(j / 4) + 0.02 * ((i * 3) % 5) + 0.004 * ((i * j) % 7)).toFixed(6)),
  );
const markers = (i: number): number[] => [fat(i) * 3 + (i % 3), 40 - (i % 5), 7 + ((i * 5) % 9)];

const SPECTRA = ['{path: nir.csv, role: spectra, source: NIR}', '{path: leaf.csv, role: source, source: markers}'];

/** Two files of the same samples, the second in another order, as a dataset of two sources. */
async function folder(spectra = SPECTRA): Promise<string> {
  const at = join(await temporaryFolder(), 'leaves');
  await mkdir(at);
  const table = (header: readonly (string | number)[], rows: readonly (readonly (string | number)[])[]) =>
    [header, ...rows].map((row) => row.join(',')).join('\n');
  const reversed = [...ids.keys()].reverse();
  await writeFile(
    join(at, 'nir.csv'),
    table(
      ['id', ...axis],
      ids.map((id, i) => [id, ...nir(i)]),
    ),
  );
  await writeFile(
    join(at, 'leaf.csv'),
    table(
      ['id', 'chl', 'flav', 'anth'],
      reversed.map((i) => [ids[i] ?? '', ...markers(i)]),
    ),
  );
  await writeFile(
    join(at, 'Y.csv'),
    table(
      ['id', 'fat'],
      ids.map((id, i) => [id, fat(i)]),
    ),
  );
  await writeFile(
    join(at, 'dataset.yaml'),
    ['files:', ...[...spectra, '{path: Y.csv, role: targets}'].map((line) => `  - ${line}`)].join('\n'),
  );
  return at;
}

interface Model {
  readonly choice: CallInput<'models.predict'>['model'];
  readonly paths: Record<string, string>;
}

const imported = async ({ engine }: TestEngine, at: string): Promise<string> =>
  (await importPaths(engine.parts, [at], { cancel: neverCancelled, onProgress: () => undefined })).id;

describe('a dataset of two sources', () => {
  test('is imported as the command line does it, once per content', async () => {
    const engine = await openTestEngine();
    const at = await folder();
    const id = await imported(engine, at);
    expect(await imported(engine, at)).toBe(id);
    const [summary] = await engine.call('datasets.list', {});
    expect(summary).toMatchObject({
      samples: 24,
      wavelengths: 19,
      axis: { unit: 'index' },
      sources: [
        { name: 'NIR', columns: 16, unit: 'nm', from: 1100, to: 1160 },
        { name: 'markers', columns: 3, unit: 'index' },
      ],
    });
  });

  test('is drawn one source at a time', async () => {
    const engine = await openTestEngine();
    const id = await imported(engine, await folder());
    const rows = new Int32Array([0, 5]);
    const linesOf = (source: string | null) =>
      engine.call('datasets.lines', { id, source, rows, limit: 2, target: null });
    expect(await linesOf('NIR')).toMatchObject({ p: 16, values: Float64Array.from([...nir(0), ...nir(5)]) });
    expect(await linesOf('markers')).toMatchObject({ p: 3, values: Float64Array.from([...markers(0), ...markers(5)]) });
    expect(await linesOf(null)).toMatchObject({ p: 19 });
    const { max } = await engine.call('datasets.bands', { id, source: 'markers' });
    expect(max[1]).toBe(40);
    expect(
      await engine.call('datasets.nearest', { id, source: 'NIR', wavelength: 1109, value: nir(3)[2] ?? 0 }),
    ).toMatchObject({
      row: 3,
      wavelength: 1108,
    });
    await expect(linesOf('MIR')).rejects.toThrow('no source "MIR"');
  });

  test('is other data than the same numbers as one source: nothing of a run is taken for the other', async () => {
    const engine = await openTestEngine();
    const id = await imported(engine, await folder());
    const { datasets } = engine.engine.parts.workspace;
    const { sources, ...plain } = await datasets.load(id);
    expect(sources).toHaveLength(2);
    const { sources: _, ...report } = dataReport(plain);
    await datasets.save({ id: 'ds_plain0', dataset: plain, contentHash: '0', options: null, report, warnings: 0 });
    const pipeline = 'refit: false\npipeline:\n  - SNV\n  - KFold: {n_splits: 4}\n  - PLS: {n_components: 3}\n';
    const rmsecv: (number | null)[] = [];
    for (const datasetId of [id, 'ds_plain0', id]) {
      const result = await engine.run({ datasetId, pipeline });
      rmsecv.push(result.rmsecv);
    }
    expect(rmsecv[0]).toBeGreaterThan(0);
    expect(rmsecv[2]).toBe(rmsecv[0]);
    expect(rmsecv[1]).not.toBe(rmsecv[0]);
  });

  test('is calibrated, and its model predicts the same samples with the sources in another order', async () => {
    const engine = await openTestEngine();
    const at = await folder();
    const datasetId = await imported(engine, at);
    const pipeline = 'pipeline:\n  - SNV\n  - KFold: {n_splits: 4}\n  - PLS: {n_components: 3}\n';
    await engine.run({ datasetId, pipeline });
    const runId = (await engine.call('runs.list', {}))[0]?.id ?? '';
    const predict = async (model: Model, path: string) => {
      const { grant, paths } = grantOf(path);
      const spectra = { from: 'files' as const, files: [grant] };
      return engine.call(
        'models.predict',
        { model: model.choice, spectra, jobId: 'job_predict1' },
        { ...paths, ...model.paths },
      );
    };
    const ofRun: Model = { choice: { from: 'run', runId }, paths: {} };
    const expected = await predict(ofRun, at);
    expect(expected.axisNote).toBe('The sources NIR, markers were found by their names and numbers of columns.');
    const turned = await folder([
      '{path: leaf.csv, role: source, source: markers}',
      '{path: nir.csv, role: source, source: NIR}',
    ]);
    const exported = async (format: 'onnx' | 'refract'): Promise<Model> => {
      const { grant, paths } = grantOf(join(at, `model.${format}`));
      await engine.call('models.export', { runId, file: grant, format }, paths);
      return { choice: { from: 'file', file: grant }, paths };
    };
    for (const model of [ofRun, await exported('refract'), await exported('onnx')]) {
      const found = await predict(model, turned);
      const byId = new Map(found.sampleIds.map((id, i) => [id, found.predicted[i] ?? NaN]));
      expected.sampleIds.forEach((id, i) => {
        expect(byId.get(id)).toBeCloseTo(expected.predicted[i] ?? NaN, 9);
      });
      await expect(predict(model, join(at, 'nir.csv'))).rejects.toThrow('The model needs the source');
    }
  });
});
