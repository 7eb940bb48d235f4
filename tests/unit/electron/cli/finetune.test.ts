import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestEngine, resources } from '#tests/support/engineFixture.ts';
import { refract, startRefract } from '#tests/support/refract.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** A study survives the death of its process. */
const TRIALS = 40;
const PIPELINE = `pipeline:
  - KFold: {n_splits: 3}
  - SNV
  - model: {SVR: {}}
    finetune_params:
      n_trials: ${TRIALS}
      sampler: tpe
      seed: 4
      model_params: {C: [float_log, 0.1, 1000], gamma: [float_log, 0.001, 1], epsilon: [float, 0.01, 1]}
`;
const events = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map(
      (line) =>
        JSON.parse(line) as { type?: string; reused?: boolean; trial?: number; value?: number; params?: unknown },
    );

test('killed in the middle and run again: the trials go on and end as in an undisturbed study', async () => {
  const folder = await temporaryFolder();
  const pipeline = join(folder, 'tune.yaml');
  await writeFile(pipeline, PIPELINE);
  const args = (workspace: string) => [
    'run',
    pipeline,
    '--data',
    join(resources, 'samples', 'tecator'),
    '--target',
    'fat',
    '--train-split',
    'M',
    '--test-split',
    'T',
    '--workspace',
    join(folder, workspace),
    '--workers',
    '1',
    '--json',
  ];

  const child = startRefract(args('killed'));
  child.stdout?.resume();
  let seen = '';
  await new Promise<void>((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (seen.split('"trial.completed"').length > 5) resolve();
    });
    child.once('exit', () => {
      resolve();
    });
  });
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode, 'the study was over before it could be killed').toBe('SIGKILL');

  const again = await refract(args('killed'));
  expect(again.code, again.err).toBe(0);
  const undisturbed = await refract(args('calm'));
  expect(undisturbed.code, undisturbed.err).toBe(0);

  const trials = (text: string) => events(text).filter(({ type }) => type === 'trial.completed');
  const resumed = trials(again.err);
  const known = resumed.filter(({ reused }) => reused === true);
  expect(known.length).toBeGreaterThanOrEqual(4);
  expect(known.length).toBeLessThan(TRIALS);
  const told = (list: typeof resumed) => list.map(({ trial, value, params }) => ({ trial, value, params }));
  expect(told(resumed)).toEqual(told(trials(undisturbed.err)));
  expect(resumed).toHaveLength(TRIALS);

  const [one, other] = [again, undisturbed].map(({ out }) => JSON.parse(out) as Record<string, unknown>);
  for (const figure of ['cvBest', 'cvBestScore', 'rmsecv', 'rmsep', 'finalScore', 'finalParams', 'warnings'])
    expect(one?.[figure], figure).toEqual(other?.[figure]);
  // What the killed process had computed was read: only the missing trials, and what follows them, were fitted.
  const misses = (result: Record<string, unknown> | undefined) =>
    (result?.['cache'] as { crossRun: { misses: number } }).crossRun.misses;
  expect(misses(other)).toBe(TRIALS * 3 + 1);
  expect(misses(one)).toBeLessThanOrEqual((TRIALS - known.length) * 3 + 3 + 1);

  const engine = await openTestEngine({ folder: join(folder, 'killed') });
  const [newest, oldest] = await engine.call('runs.list', {});
  expect(newest).toMatchObject({ status: 'completed' });
  expect(oldest).toMatchObject({ status: 'interrupted', result: null });
  expect(await engine.engine.parts.workspace.verify()).toMatchObject({ missing: [], altered: [] });
}, 90_000);
