import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunResult } from '#core/contract/runTypes.ts';
import { resources } from '#tests/support/engineFixture.ts';
import { refract } from '#tests/support/refract.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { chainsOf, predictionsOf } from '#tests/unit/core/engine/support/lifecycleFacts.ts';
import { lifecycleHost } from '#tests/unit/core/engine/support/lifecycleHost.ts';

/** What an earlier run did is taken over by later processes, as long as nothing that it depends on has changed. */
const DATA = 'ds_000000000000000a';
const SWEEP = 'pipeline:\n  - KFold: {n_splits: 3}\n  - SNV\n  - PLS: {n_components: {_range_: [1, 3]}}\n';
const STACK = `pipeline:
  - KFold: {n_splits: 3}
  - branch: {a: [SNV, {PLS: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}
`;

test.each([
  ['a sweep', SWEEP],
  ['a stack', STACK],
])('%s: after a restart, and after a kill, nothing is fitted', async (_, pipeline) => {
  const at = await lifecycleHost();
  await at.addDataset(DATA, 1);
  const first = await at.run(DATA, pipeline);
  const left = () => [chainsOf(at.workspace, first.runId), predictionsOf(at.workspace, first.runId)];
  const before = left();
  const { fits } = at.fitting;
  expect(fits).toBeGreaterThan(0);
  for (const begin of [() => at.open(), () => at.kill()]) {
    await begin();
    const again = await at.run(DATA, pipeline);
    expect(at.fitting.fits).toBe(fits);
    expect(again.cache?.crossRun.misses).toBe(0);
    expect([chainsOf(at.workspace, again.runId), predictionsOf(at.workspace, again.runId)]).toEqual(before);
    expect(left()).toEqual(before);
  }
  // The same spectra and values under another name are the same data; others are not.
  await at.addDataset('ds_000000000000000b', 1);
  await at.run('ds_000000000000000b', pipeline);
  expect(at.fitting.fits).toBe(fits);
  await at.addDataset('ds_000000000000000c', 2);
  const other = await at.run('ds_000000000000000c', pipeline);
  expect(other.cache?.crossRun.hits).toBe(0);
});

test('processes of the command line: hits for the same files, none once a file has changed, and hits again once it is back', async () => {
  const folder = await temporaryFolder();
  const [data, workspace, pipeline] = [join(folder, 'data'), join(folder, 'workspace'), join(folder, 'p.yaml')];
  await mkdir(data);
  for (const name of ['X.csv', 'Y.csv', 'split.csv'])
    await copyFile(join(resources, 'samples', 'tecator', name), join(data, name));
  await writeFile(pipeline, SWEEP);
  const run = async (...more: string[]): Promise<RunResult> => {
    const args = [
      '--data',
      data,
      '--workspace',
      workspace,
      '--target',
      'fat',
      '--train-split',
      'C,M',
      '--test-split',
      'T',
    ];
    const { code, out, err } = await refract(['run', pipeline, ...args, '--json', ...more]);
    expect(code, err).toBe(0);
    return JSON.parse(out) as RunResult;
  };
  const figures = ({ rmsecv, rmsep, rmsec }: RunResult) => ({ rmsecv, rmsep, rmsec });
  const first = await run();
  const second = await run();
  expect(second.cache?.crossRun).toMatchObject({ misses: 0 });
  expect(figures(second)).toEqual(figures(first));
  expect((await run('--seed', '5')).cache?.crossRun).toMatchObject({ hits: 0 });

  // One digit of one reference value: everything is fitted again, and comes to what a workspace without a past finds.
  const values = await readFile(join(data, 'Y.csv'), 'utf8');
  await writeFile(
    join(data, 'Y.csv'),
    values.replace(
      /^(.*\n[^,]*,[^,]*,)(\d)/,
      (_all, head: string, digit: string) => `${head}${(Number(digit) + 1) % 10}`,
    ),
  );
  const changed = await run();
  expect(changed.cache?.crossRun).toMatchObject({ hits: 0 });
  expect(figures(changed)).toEqual(figures(await run('--workspace', join(folder, 'other'))));
  expect(changed.rmsecv).not.toBe(first.rmsecv);
  await writeFile(join(data, 'Y.csv'), values);
  const back = await run();
  expect(back.cache?.crossRun).toMatchObject({ misses: 0 });
  expect(figures(back)).toEqual(figures(first));
});
