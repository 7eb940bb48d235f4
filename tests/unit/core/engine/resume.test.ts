import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { CallInput } from '#core/contract/contract.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import { openTestEngine, withTecator, type TestEngine } from '#tests/support/engineFixture.ts';
import { runContents } from '#tests/support/runContents.ts';

type Request = Partial<CallInput<'runs.start'>> & { readonly pipeline: string };
type Folded = Extract<RunEvent, { type: 'fold.completed' }>;

const cases: Readonly<Record<string, Request>> = {
  sweep: {
    pipeline: `pipeline:
  - _or_: [SNV, MSC, [SNV, SavitzkyGolay], Detrend]
  - KFold: {n_splits: 5, shuffle: true}
  - Ridge: {alpha: {_or_: [0.01, 0.1, 1]}}
`,
  },
  'a path of components': {
    pipeline: `pipeline:
  - _or_: [SNV, MSC, Detrend]
  - KFold: {n_splits: 5}
  - PLS: {n_components: {_range_: [1, 12]}}
`,
  },
  stack: {
    pipeline: `pipeline:
  - _or_: [SNV, MSC, Detrend]
  - KFold: {n_splits: 5, shuffle: true}
  - branch:
      a: [{PLS: {n_components: 6}}]
      b: [{Ridge: {alpha: 0.1}}]
  - merge: predictions
  - Ridge: {alpha: {_or_: [0.1, 1, 10]}}
`,
  },
  finetuning: {
    pipeline: `pipeline:
  - SNV
  - KFold: {n_splits: 3}
  - model: {Ridge: {}}
    finetune_params: {n_trials: 8, sampler: random, model_params: {alpha: [float_log, 0.001, 10]}}
`,
  },
  'refit: false': {
    pipeline: `pipeline:
  - _or_: [SNV, MSC]
  - KFold: {n_splits: 4}
  - Ridge: {alpha: {_or_: [0.1, 1]}}
refit: false
`,
  },
  'without caches': {
    cache: false,
    pipeline: `pipeline:
  - _or_: [SNV, MSC, Detrend]
  - KFold: {n_splits: 4}
  - Ridge: {alpha: {_or_: [0.1, 1]}}
`,
  },
  'folds from a file': {
    foldFiles: { 'folds.csv': `fold\n${Array.from({ length: 172 }, (_, k) => k % 3).join('\n')}\n` },
    pipeline: `pipeline:
  - _or_: [SNV, MSC, Detrend]
  - split: folds.csv
  - Ridge: {alpha: {_or_: [0.1, 1]}}
`,
  },
};

const nameOf = ({ group, fold }: Folded): string => `${group}/${fold}`;
const folded = (events: readonly RunEvent[]): Folded[] => events.filter((one) => one.type === 'fold.completed');

/** The threads, each of whose pieces of work takes long enough that a run can be stopped in its middle. */
const slow = (pool: UnitPool): UnitPool => ({
  ...pool,
  fit: (...args) => delay(50).then(() => pool.fit(...args)),
  solve: (...args) => delay(50).then(() => pool.solve(...args)),
});

/** Starts a run and cancels it as soon as so many folds or trials were told; answers with its id. */
async function cancelled(engine: TestEngine, request: Request & { datasetId: string }, steps: number): Promise<string> {
  const { runId } = await engine.call('runs.start', {
    name: 'test',
    target: 'fat',
    trainSplit: null,
    testSplit: null,
    ...request,
  });
  const stop = setInterval(() => {
    if (engine.events.filter(({ type }) => STEPS.has(type)).length < steps) return;
    clearInterval(stop);
    void engine.call('runs.cancel', { runId });
  }, 1);
  await engine.ended(runId);
  clearInterval(stop);
  return runId;
}

const STEPS: ReadonlySet<string> = new Set(['fold.completed', 'trial.completed']);

/** The events of the next attempt. */
async function resumed(engine: TestEngine, runId: string): Promise<RunEvent[]> {
  const before = engine.events.length;
  await engine.call('runs.resume', { runId });
  await expect
    .poll(() => engine.events.slice(before).some(({ type }) => ENDS.has(type)), { timeout: 30_000, interval: 10 })
    .toBe(true);
  return engine.events.slice(before);
}
const ENDS: ReadonlySet<string> = new Set(['run.completed', 'run.failed', 'run.cancelled', 'run.interrupted']);

describe('a run that stopped and goes on ends as one that nothing disturbed', () => {
  test.each(Object.entries(cases))('%s', async (_name, request) => {
    const undisturbed = await openTestEngine({ workers: 2 });
    const { id } = await withTecator(undisturbed);
    await undisturbed.run({ target: 'fat', ...request, datasetId: id });
    const whole = undisturbed.engine.parts.workspace;
    const wanted = runContents(whole, whole.runs.list()[0]?.id ?? '');

    const engine = await openTestEngine({ workers: 2, poolOf: slow });
    const { id: datasetId } = await withTecator(engine);
    const runId = await cancelled(engine, { ...request, datasetId }, 2);
    const stored = new Set(folded(engine.events).map(nameOf));
    const { workspace } = engine.engine.parts;
    if (workspace.runs.get(runId).status === 'completed') throw new Error('It was too fast to be cancelled.');

    const events = await resumed(engine, runId);
    expect(events[0]).toMatchObject({ type: 'run.resumed', finishedFolds: stored.size });
    expect(events.at(-1)?.type).toBe('run.completed');
    const again = folded(events).filter(({ reused }) => !reused);
    expect(again.map(nameOf).filter((name) => stored.has(name))).toEqual([]);
    expect(runContents(workspace, runId)).toEqual(wanted);

    // What is told of it is one story, in order.
    const history = await engine.call('runs.history', { runId });
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, k) => k + 1));
    expect(await workspace.verify()).toMatchObject({ missing: [], altered: [], orphaned: [] });
    expect((await engine.send('runs.resume', { runId })).ok).toBe(false);
  });
});

test('stored predictions that were altered are computed again, and the run says so', async () => {
  const engine = await openTestEngine({ workers: 2, poolOf: slow });
  const { id: datasetId } = await withTecator(engine);
  const request = { ...cases['sweep'], pipeline: cases['sweep']?.pipeline ?? '', datasetId };
  const runId = await cancelled(engine, request, 4);
  const { workspace } = engine.engine.parts;
  const [set] = workspace.predictions.read({ runId, foldId: 'fold_0', partition: 'validation' });
  if (set === undefined) throw new Error('No fold was stored.');
  const predicted = set.arrays.predicted.slice();
  predicted[0] = (predicted[0] ?? 0) + 1;
  workspace.predictions.put([{ record: set.record, arrays: { ...set.arrays, predicted } }]);

  const end = (await resumed(engine, runId)).at(-1);
  if (end?.type !== 'run.completed') throw new Error('The run did not complete.');
  expect(end.result.warnings.join(' ')).toContain('computed again');
  const again = workspace.predictions.read({ runId, variant: set.record.variant, foldId: 'fold_0' });
  const healed = again.find(({ record }) => record.partition === 'validation');
  expect(healed?.arrays.predicted).toEqual(set.arrays.predicted);
});

test('asked twice it goes on once, and while it goes on nobody can remove it', async () => {
  const engine = await openTestEngine({ workers: 1, poolOf: slow });
  const { id: datasetId } = await withTecator(engine);
  const runId = await cancelled(engine, { pipeline: cases['sweep']?.pipeline ?? '', datasetId }, 1);
  const replies = await Promise.all([
    engine.send('runs.resume', { runId }),
    engine.send('runs.resume', { runId }),
    engine.send('runs.remove', { runId: '20260101T000000.000Z-0000' }),
  ]);
  expect(replies.map(({ ok }) => ok)).toEqual([true, false, false]);
  expect(replies[1]).toMatchObject({ error: { code: 'run.busy' } });
  await expect.poll(() => engine.engine.parts.workspace.runs.get(runId).status, { timeout: 30_000 }).toBe('completed');
});

test('a run that the closing application stopped is interrupted, and goes on after a restart', async () => {
  const first = await openTestEngine({ workers: 1, poolOf: slow });
  const { id: datasetId } = await withTecator(first);
  const request = { pipeline: cases['sweep']?.pipeline ?? '', datasetId };
  const { runId } = await first.call('runs.start', {
    name: 'test',
    target: 'fat',
    trainSplit: null,
    testSplit: null,
    ...request,
  });
  await expect.poll(() => folded(first.events).length, { interval: 1 }).toBeGreaterThan(0);
  await first.close();
  expect(first.events.at(-1)).toMatchObject({ type: 'run.interrupted', code: 'run.closed' });

  const second = await openTestEngine({ workers: 1, folder: first.folder });
  expect(await second.call('runs.get', { runId })).toMatchObject({ status: 'interrupted' });
  expect((await resumed(second, runId)).at(-1)?.type).toBe('run.completed');
});
