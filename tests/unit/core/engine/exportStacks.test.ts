import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CallInput } from '#core/contract/contract.ts';
import { grantOf, openTestEngine, resources, type TestEngine } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

type Grant = CallInput<'models.export'>['file'];

/** Tecator with a site of measurement for each sample, which the file of spectra brings along. */
async function withSites(engine: TestEngine, folder: string): Promise<{ id: string; spectra: string }> {
  const lines = async (name: string) =>
    (await readFile(join(resources, 'samples', 'tecator', name), 'utf8')).trim().split(/\r?\n/);
  const [head = '', ...rows] = await lines('X.csv');
  const [targets = '', ...values] = await lines('Y.csv');
  const fat = targets.split(',').indexOf('fat');
  const spectra = join(folder, 'meat.csv');
  const table = [
    `${head},site,fat`,
    ...rows.map((row, i) => `${row},${['north', 'south', 'west'][i % 3] ?? ''},${values[i]?.split(',')[fat] ?? ''}`),
  ];
  await writeFile(spectra, table.join('\n'));
  const { grant, paths } = grantOf(spectra);
  const { options } = await engine.call('datasets.inspect', { files: [grant as Grant] }, paths);
  const { id } = await engine.call(
    'datasets.import',
    { files: [grant as Grant], options, jobId: 'job_00000000' },
    paths,
  );
  return { id, spectra };
}

const pipelines: [string, string, boolean][] = [
  [
    'a stack',
    `  - branch:
      a: [SNV, {PLS: {n_components: 5}}]
      b: [MSC, {Ridge: {alpha: 0.01}}]
  - merge: predictions
  - Ridge: {alpha: 0.001}`,
    true,
  ],
  [
    'a stack in a stack',
    `  - branch:
      - - branch: [[SNV, {PLS: {n_components: 5}}], [{PLS: {n_components: 7}}]]
        - merge: predictions
        - Ridge: {alpha: 0.01}
      - [MSC, {Ridge: {alpha: 0.01}}]
  - merge: predictions
  - Ridge: {alpha: 0.001}`,
    true,
  ],
  [
    'spectra and predictions',
    `  - branch: [[SNV, {PCA: {n_components: 5}}], [MSC, {PLS: {n_components: 6}}]]
  - merge: {features: [0], predictions: [1]}
  - Ridge: {alpha: 0.001}`,
    true,
  ],
  [
    'groups by a metadata column',
    `  - SNV
  - branch: {by_metadata: site}
  - PLS: {n_components: 3}
  - merge: concat`,
    true,
  ],
  [
    'a stack over groups by a metadata column',
    `  - branch: {by_metadata: site, steps: [SNV, {PLS: {n_components: 3}}]}
  - merge: concat
  - Ridge: {alpha: 0.001}`,
    true,
  ],
  [
    'groups by a filter',
    `  - SNV
  - branch: {by_filter: {XOutlierFilter: {method: pca_leverage, n_components: 2, threshold: 4}}}
  - PLS: {n_components: 3}
  - merge: concat`,
    false,
  ],
];

test.each(pipelines)('%s: exported, verified, and predicts new files', async (_, steps, onnx) => {
  const engine = await openTestEngine();
  const folder = await temporaryFolder();
  const { id, spectra } = await withSites(engine, folder);
  const { runId, nTrain } = await engine.run({
    datasetId: id,
    target: 'fat',
    pipeline: `pipeline:\n  - KFold: {n_splits: 3}\n${steps}\n`,
  });
  const fresh = grantOf(spectra);
  const own = await engine.call('models.predict', {
    model: { from: 'run', runId, variant: null },
    spectra: { from: 'dataset', datasetId: id },
    jobId: 'job_00000001',
  });
  for (const name of ['model.refract', ...(onnx ? ['model.onnx'] : [])]) {
    const { grant, paths } = grantOf(join(folder, name));
    const format = name.endsWith('.onnx') ? 'onnx' : 'refract';
    const { verification } = await engine.call(
      'models.export',
      { runId, variant: null, file: grant as Grant, format },
      paths,
    );
    expect(verification).toMatchObject({ tolerance: 1e-9, samples: nTrain });
    const { predicted } = await engine.call(
      'models.predict',
      {
        model: { from: 'file', file: grant as Grant },
        spectra: { from: 'files', files: [fresh.grant as Grant] },
        jobId: 'job_00000002',
      },
      { ...paths, ...fresh.paths },
    );
    predicted.forEach((value, i) => expect(value).toBeCloseTo(own.predicted[i] ?? NaN, 8));
  }
});
