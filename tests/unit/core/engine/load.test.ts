import { setImmediate as breathe } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HISTORY_PAGE } from '#core/contract/historyPage.ts';
import { openTestEngine, withTecator } from '#tests/support/engineFixture.ts';

const sweep = [
  'pipeline:',
  '  - _or_: [SNV, MSC, Detrend, null]',
  '  - SavitzkyGolay: {window_length: {_range_: [5, 23, 2]}, polyorder: 2, deriv: 1}',
  '  - KFold: {n_splits: 10}',
  '  - PLS: {n_components: {_range_: [1, 5]}}',
].join('\n');

test('a run that finds everything in an earlier one answers calls meanwhile, and is removed piece by piece', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const first = await engine.run({ datasetId: id, pipeline: sweep, target: 'fat' });
  expect([first.variants, first.folds]).toEqual([200, 10]);

  const again = engine.run({ datasetId: id, pipeline: sweep, target: 'fat' });
  const state = { running: true };
  void again.finally(() => (state.running = false));
  let answered = 0;
  while (state.running) {
    await engine.call('app.about', {});
    if (state.running) answered++;
    await breathe();
  }
  const second = await again;
  expect(second.cache?.crossRun).toMatchObject({ hits: expect.any(Number) as number, misses: 0 });
  expect(second.rmsecv).toBe(first.rmsecv);
  expect(answered).toBeGreaterThan(5);

  // What is asked of one variant is the same whichever way it is asked.
  const { workspace } = engine.engine.parts;
  const { runId } = second;
  const ofRun = workspace.predictions.list({ runId });
  expect(workspace.predictions.list({ runId, variant: 77 })).toEqual(ofRun.filter(({ variant }) => variant === 77));
  expect(workspace.results(runId, 'fold', 3)).toHaveLength(
    3 * ofRun.filter(({ variant, foldId }) => variant === 77 && foldId !== 'final').length +
      ofRun.filter(({ foldId }) => foldId === 'final').length,
  );
  expect(workspace.variants.fittedWith(runId, 7).map(({ variant }) => variant)).toEqual([5, 6, 7, 8, 9]);
  expect(workspace.variants.fittedWith(runId, 9999)).toEqual([]);

  await engine.call('runs.remove', { runId });
  expect((await engine.call('runs.list', {})).map((run) => run.id)).toEqual([first.runId]);
  expect(workspace.predictions.list({ runId })).toEqual([]);
  expect(workspace.predictions.list({ runId: first.runId })).toHaveLength(ofRun.length);
  expect(workspace.events.lastSeq(runId)).toBe(0);
});

test('a long history comes in pages', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const { runId } = await engine.run({
    datasetId: id,
    pipeline: 'pipeline:\n  - KFold: {n_splits: 3}\n  - PLS: {n_components: 2}\n',
    target: 'fat',
  });
  const { events } = engine.engine.parts.workspace;
  const known = events.lastSeq(runId);
  const [pattern] = events.since(runId, 0, 1);
  if (pattern === undefined) expect.fail('A run has events.');
  const { runId: _, seq: __, phase, fraction, elapsedMs, eta } = pattern;
  const stamp = { runId, phase, fraction, elapsedMs, eta, type: 'run.progress' as const };
  events.append(Array.from({ length: 2 * HISTORY_PAGE }, (___, k) => ({ ...stamp, seq: known + k + 1 })));
  const lengths: number[] = [];
  for (let after = 0, count = HISTORY_PAGE; count === HISTORY_PAGE; after += count) {
    const page = await engine.call('runs.history', { runId, after });
    expect(page[0]?.seq).toBe(after + 1);
    count = page.length;
    lengths.push(count);
  }
  expect(lengths).toEqual([HISTORY_PAGE, HISTORY_PAGE, known]);
});
