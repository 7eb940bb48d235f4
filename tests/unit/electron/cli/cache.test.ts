import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resources } from '#tests/support/engineFixture.ts';
import { refract } from '#tests/support/refract.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Two processes, one workspace: the second begins where the first has ended. */
const PIPELINE = `pipeline:
  - SNV
  - KFold: {n_splits: 4, shuffle: true, random_state: 1}
  - MSC
  - _or_: [{PLS: {n_components: {_range_: [1, 6]}}}, {Ridge: {alpha: 0.01}}]
`;
interface Layer {
  readonly hits: number;
  readonly misses: number;
}
interface Printed {
  readonly runId: string;
  readonly cache: Record<'checkBeforeFit' | 'fitOnAll' | 'stateless' | 'stepCache' | 'crossRun', Layer> | null;
  readonly [figure: string]: unknown;
}

async function setUp() {
  const folder = await temporaryFolder();
  const data = join(folder, 'tecator');
  await mkdir(data);
  for (const name of ['X.csv', 'Y.csv', 'split.csv'])
    await copyFile(join(resources, 'samples', 'tecator', name), join(data, name));
  const pipeline = join(folder, 'sweep.yaml');
  await writeFile(pipeline, PIPELINE);
  const workspace = join(folder, 'workspace');
  const run = async (...more: string[]): Promise<Printed> => {
    const { code, out, err } = await refract([
      'run',
      pipeline,
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
      '--workers',
      '1',
      '--json',
      ...more,
    ]);
    expect(code, err).toBe(0);
    return JSON.parse(out) as Printed;
  };
  return { folder, data, pipeline, workspace, run };
}
/** The figures, without what differs between two runs by nature. */
const figures = ({ runId: _, cache: __, timings: ___, ...rest }: Printed) => rest;

test('the second process fits nothing, an edited file is fitted again, --no-cache prints the same', async () => {
  const { data, workspace, run } = await setUp();
  const first = await run();
  expect(first.cache?.crossRun).toMatchObject({ hits: 0, misses: 9 });
  expect(first.cache?.checkBeforeFit.misses).toBeGreaterThan(0);

  const second = await run();
  expect(second.cache?.crossRun).toMatchObject({ hits: 9, misses: 0 });
  for (const layer of ['checkBeforeFit', 'fitOnAll', 'stateless', 'stepCache'] as const)
    expect(second.cache?.[layer].misses, layer).toBe(0);
  expect(figures(second)).toEqual(figures(first));

  const afresh = await run('--no-cache');
  expect(afresh.cache).toBeNull();
  expect(figures(afresh)).toEqual(figures(first));

  // All three are the same at every level, to the last digit.
  const rows = async (runId: string, level: string) => {
    const { code, out, err } = await refract(['results', runId, '--workspace', workspace, '--level', level, '--csv']);
    expect(code, err).toBe(0);
    return out.replaceAll(runId, 'RUN');
  };
  for (const level of ['variant', 'model', 'fold']) {
    const expected = await rows(first.runId, level);
    expect(expected.split('\n').length).toBeGreaterThan(7);
    for (const other of [second, afresh]) expect(await rows(other.runId, level), level).toBe(expected);
  }

  // One digit of one spectrum of the training data.
  const x = await readFile(join(data, 'X.csv'), 'utf8');
  await writeFile(
    join(data, 'X.csv'),
    x.replace(
      /^([^\n]*\n[^,]*,)([^,]*)/,
      (__, head: string, value: string) => `${head}${String(Number(value) + 1e-5)}`,
    ),
  );
  const edited = await run();
  expect(edited.cache?.crossRun).toMatchObject({ hits: 0, misses: 9 });
  expect(edited['rmsecv']).not.toBe(first['rmsecv']);
  expect(edited['rmsecv']).toBeCloseTo(Number(first['rmsecv']), 2);
}, 60_000);

test('a copy of the workspace knows what the original knew; another workspace knows nothing', async () => {
  const { folder, workspace, run } = await setUp();
  await run();
  const copy = join(folder, 'copy');
  await cp(workspace, copy, { recursive: true });
  expect((await run('--workspace', copy)).cache?.crossRun).toMatchObject({ misses: 0 });
  expect((await run('--workspace', join(folder, 'other'))).cache?.crossRun).toMatchObject({ hits: 0 });
}, 60_000);
