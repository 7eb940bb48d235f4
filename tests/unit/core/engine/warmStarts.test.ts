import { expect, test } from 'vitest';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { loadFinalModel } from '#core/engine/finalModel.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { openTestEngine, withTecator, type TestEngine } from '#tests/support/engineFixture.ts';

const NETWORK = (refit: string) => `
pipeline:
  - SNV
  - KFold: {n_splits: 3}
  - StandardScaler
  - y_processing: StandardScaler
  - model: {MLPRegressor: {hidden_layer_sizes: [20], max_iter: 40, random_state: 1, tol: 0}}
    refit_params: ${refit}
`;
const split = { target: 'fat', trainSplit: ['C', 'M'], testSplit: ['T'] };

const rounds = ({ events }: TestEngine, runId: string) =>
  events.filter(
    (one): one is Extract<RunEvent, { type: 'fold.training' }> => one.runId === runId && one.type === 'fold.training',
  );

async function lossesOf({ engine }: TestEngine, runId: string): Promise<Float64Array> {
  const { chain } = await loadFinalModel(engine.parts.workspace, runId);
  const model = chain.steps.at(-1);
  if (model?.role !== 'model') throw new Error('A chain ends with its model.');
  const curve = operatorsByKind.model(model.id).lossCurve?.(model.state, { ...model.params });
  return curve?.training ?? new Float64Array(0);
}

test('the refit of a network goes on from a fold model, and gets there in fewer epochs', async () => {
  const engine = await openTestEngine({ workers: 2 });
  const { id } = await withTecator(engine);
  const cold = await engine.run({ ...split, datasetId: id, pipeline: NETWORK('{}') });
  const best = await engine.run({ ...split, datasetId: id, pipeline: NETWORK('{warm_start: true}') });
  const last = await engine.run({
    ...split,
    datasetId: id,
    pipeline: NETWORK('{warm_start: true, warm_start_fold: last}'),
  });
  const third = await engine.run({
    ...split,
    datasetId: id,
    pipeline: NETWORK('{warm_start: true, warm_start_fold: fold_2}'),
  });
  // Pass 1 is the same, and is taken over.
  expect(best.rmsecv).toBe(cold.rmsecv);
  expect(best.cache?.crossRun.hits).toBe(3);

  const [coldLosses, warmLosses] = [await lossesOf(engine, cold.runId), await lossesOf(engine, best.runId)];
  const target = coldLosses.at(-1) ?? NaN;
  const reached = warmLosses.findIndex((loss) => loss <= target);
  expect(reached).toBeGreaterThanOrEqual(0);
  expect(reached).toBeLessThan(coldLosses.length / 2);
  // Fold 2 is the last of three: the same model, and fitted no second time.
  expect(third.rmsep).toBe(last.rmsep);
  expect(best.rmsep).not.toBe(cold.rmsep);

  // Losses are told while the network trains: of folds and of the refit.
  const told = rounds(engine, cold.runId);
  expect(new Set(told.map(({ fold }) => fold))).toEqual(new Set([0, 1, 2, null]));
  expect(told.at(-1)).toMatchObject({ fold: null, epoch: 40, epochs: 40, loss: target });
});

test('a model that cannot warm-start says so and starts cold', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const pipeline = 'pipeline:\n  - KFold: {n_splits: 3}\n  - model: PLS\n    refit_params: {warm_start: true}\n';
  const run = await engine.run({ ...split, datasetId: id, pipeline });
  expect(run.warnings).toContain('PLS is not trained by iteration, so it cannot warm-start; the refit starts cold.');
  expect(run.rmsep).toBeGreaterThan(0);
  for (const bad of ['{warm_start: maybe}', '{warm_start: true, warm_start_fold: third}'])
    await expect(engine.run({ ...split, datasetId: id, pipeline: NETWORK(bad) })).rejects.toThrow('warm_start');
});
