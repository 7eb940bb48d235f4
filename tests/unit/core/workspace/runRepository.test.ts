import { expect, test } from 'vitest';
import { type RunEvent } from '#core/contract/runEvents.ts';
import { RunSummary } from '#core/contract/runTypes.ts';
import { aResult, aRun, fixedNow, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

const endedAt = '2026-11-22T03:16:00.000Z';

test('a run lives from queued to completed', async () => {
  const { runs } = await workspaceWithRun();
  expect(runs.get(RUN_ID)).toEqual({
    ...{ id: RUN_ID, name: 'Protein by PLS', datasetId: 'ds_0123456789abcdef', datasetName: 'Wheat, autumn' },
    ...{
      cached: true,
      datasetHash: '0123456789abcdef',
      pipeline: 'pipeline:\n  - SNV\n',
      pipelineHash: 'fedcba9876543210',
    },
    ...{ target: 'protein', metric: 'rmse', seed: 7, trainSplit: ['train'], testSplit: null, appVersion: '0.1.0' },
    ...{ status: 'queued', fraction: 0, result: null, error: null, startedAt: fixedNow().toISOString(), endedAt: null },
  });
  runs.setStatus(RUN_ID, 'running');
  runs.setFraction(RUN_ID, 0.4);
  expect(runs.get(RUN_ID)).toMatchObject({ status: 'running', fraction: 0.4 });
  runs.finish(RUN_ID, { status: 'completed', endedAt, result: aResult(), error: null });
  expect(runs.get(RUN_ID)).toMatchObject({ status: 'completed', fraction: 1, endedAt, result: aResult() });
});

test('a failed run keeps its error and how far it came', async () => {
  const { runs } = await workspaceWithRun();
  runs.setFraction(RUN_ID, 0.25);
  const error = { code: 'numerics.degenerate', message: 'Scatter slope of spectrum 3 cannot be computed.' };
  runs.finish(RUN_ID, { status: 'failed', endedAt, result: null, error });
  expect(runs.get(RUN_ID)).toMatchObject({ status: 'failed', fraction: 0.25, error });
});

test('a resumed run has not ended', async () => {
  const { runs } = await workspaceWithRun();
  runs.finish(RUN_ID, { status: 'cancelled', endedAt, result: null, error: null });
  runs.setStatus(RUN_ID, 'running');
  expect(runs.get(RUN_ID)).toMatchObject({ status: 'running', endedAt: null });
});

test('the newest run is the one that was added last, whatever the clock said', async () => {
  const { runs } = await workspaceWithRun();
  runs.add({ ...aRun('20251122T031500.123Z-0001'), startedAt: '2025-11-22T03:15:00.123Z' });
  expect(runs.list().map((run) => run.id)).toEqual(['20251122T031500.123Z-0001', RUN_ID]);
});

test('what is listed fits the contract when the rest is left out', async () => {
  const { runs } = await workspaceWithRun();
  const keys = Object.keys(RunSummary.shape);
  for (const run of runs.list()) {
    const summary = Object.fromEntries(Object.entries(run).filter(([key]) => keys.includes(key)));
    expect(RunSummary.parse(summary)).toEqual(summary);
  }
});

test('an unknown run is an error with its id', async () => {
  const { runs, results, removeRun } = await workspaceWithRun();
  const unknown = expect.objectContaining({ code: 'workspace.not-found', details: { what: 'run', id: 'x' } }) as Error;
  expect(() => runs.get('x')).toThrow(unknown);
  expect(() => runs.setStatus('x', 'running')).toThrow(unknown);
  expect(() => results('x', 'fold')).toThrow(unknown);
  await expect(removeRun('x')).rejects.toThrow('"x"');
});

test('events come back in order, with their arrays', async () => {
  const { events } = await workspaceWithRun();
  const base = { runId: RUN_ID, phase: 'cv' as const, fraction: 0.1, elapsedMs: 5, eta: null };
  const fold: RunEvent = {
    ...base,
    seq: 2,
    type: 'fold.completed',
    group: 0,
    fold: 3,
    milliseconds: 1.5,
    n: 2,
    scores: [0.5, null],
    press: [0.25, null],
    trainPress: [0.1, null],
    nTrain: 5,
    reused: false,
    measured: Float64Array.of(Math.PI, NaN),
    predicted: Float64Array.of(3, -0),
  };
  const first: RunEvent = { ...base, seq: 1, type: 'variant.started', group: 0 };
  expect(events.lastSeq(RUN_ID)).toBe(0);
  events.append([first]);
  events.append([fold, { ...base, seq: 3, type: 'variant.completed', group: 0, best: null }]);
  expect(events.since(RUN_ID, 0).map((event) => event.seq)).toEqual([1, 2, 3]);
  expect(events.since(RUN_ID, 1)[0]).toEqual(fold);
  expect(events.since(RUN_ID, 1, 1).map((event) => event.seq)).toEqual([2]);
  expect(events.lastSeq(RUN_ID)).toBe(3);
  expect(() => events.append([first])).toThrow(/UNIQUE/); // a number is used once
});
