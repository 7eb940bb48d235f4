import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CallInput } from '#core/contract/contract.ts';
import { grantOf, openTestEngine, withTecator, type TestEngine } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Everything a run leaves that is a number: predictions, fitted states, the exported file. */
const pipeline = [
  'pipeline:',
  '  - ShuffleSplit: {n_splits: 4, test_size: 0.25, random_state: 5}',
  '  - _or_: [SNV, MSC, {SavitzkyGolay: {window_length: 11, polyorder: 2, deriv: 1}}]',
  '  - y_processing: StandardScaler',
  '  - PLS: {n_components: {_range_: [1, 8]}, scale: true}',
].join('\n');

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function fingerprint(workers: number): Promise<Record<string, unknown>> {
  const engine = await openTestEngine({ workers });
  const { id } = await withTecator(engine);
  const request = { datasetId: id, target: 'fat', pipeline, trainSplit: ['C', 'M'], testSplit: ['T'] };
  const result = await engine.run({ ...request, seed: 7 });
  const { timings: _timings, runId, cache, ...numbers } = result;
  const { workspace } = engine.engine.parts;
  const predictions = createHash('sha256');
  for (const { record, arrays } of workspace.predictions.read({ runId })) {
    predictions.update(JSON.stringify([record.variant, record.foldId, record.partition, record.scores]));
    for (const array of [arrays.rows, arrays.measured, arrays.predicted])
      predictions.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return {
    numbers,
    // What was reused is the same too; the time that it saved is not.
    cache: Object.entries(cache ?? {}).map(([layer, { hits, misses, bytes }]) => [layer, hits, misses, bytes]),
    predictions: predictions.digest('hex'),
    chain: workspace.chains.final(runId)?.steps,
    onnx: withoutRunId(await exported(engine, runId), runId),
  };
}

async function exported(engine: TestEngine, runId: string): Promise<Uint8Array> {
  const path = join(await temporaryFolder(), 'model.onnx');
  const { grant, paths } = grantOf(path);
  await engine.call(
    'models.export',
    { runId, file: grant as CallInput<'models.export'>['file'], format: 'onnx' },
    paths,
  );
  return new Uint8Array(await readFile(path));
}

/** The file names the run that it comes from, and ends with a checksum over that too; all else must be equal to the byte. */
function withoutRunId(bytes: Uint8Array, runId: string): string {
  const text = Buffer.from(bytes).toString('latin1');
  expect(text).toContain(runId);
  const end = text.lastIndexOf('refract.checksum');
  expect(end).toBeGreaterThan(text.length - 40);
  return sha(Buffer.from(text.slice(0, end).replaceAll(runId, '-'.repeat(runId.length)), 'latin1'));
}

test('one, two and three threads give the same bytes, and so does doing it again', async () => {
  const [one, two, three, again] = [
    await fingerprint(1),
    await fingerprint(2),
    await fingerprint(3),
    await fingerprint(2),
  ];
  expect(two).toEqual(one);
  expect(three).toEqual(one);
  expect(again).toEqual(one);
});
