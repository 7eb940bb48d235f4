import { expect, test } from 'vitest';
import { workspaceRunStore } from '#core/engine/runStore.ts';
import { writeBundle } from '#core/engine/writeBundle.ts';
import type { DoneUnit, StoredPredictions } from '#core/execution/ports.ts';
import {
  aUnit,
  aVariant,
  fixedNow,
  RUN_ID,
  someArrays,
  someScores,
} from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

const cv = { strategy: 'KFold(5)', folds: 5 };
const shared = someArrays(4);
const entry = (variant: number): StoredPredictions => ({
  variant,
  model: 'PLS',
  modelClass: 'PLSRegression',
  fold: 'fold_1',
  partition: 'validation',
  refit: false,
  branchPath: [],
  params: { n_components: variant + 1 },
  scores: someScores(4),
  ...shared,
  predicted: shared.predicted.map((value) => value + variant),
});
const unit = (variant: number): DoneUnit =>
  aUnit({ key: `${String(variant).repeat(64)} ${variant}`, variant, possible: true });

async function storeForTest() {
  const workspace = await workspaceWithRun();
  workspace.variants.put(RUN_ID, [aVariant(0), aVariant(1)]);
  const writes = writeBundle(workspace);
  const identity = { runId: RUN_ID, chainPathHash: 'aa', inputDataHash: 'bb', cached: true, resumed: false };
  const store = workspaceRunStore(workspace, writes, identity, fixedNow, () => undefined);
  return { workspace, writes, store };
}

test('a unit that waits to be stored is found at once, with its own predictions out of the shared block', async () => {
  const { workspace, store } = await storeForTest();
  store.predictions(() => [entry(0), entry(1)], cv, [unit(0), unit(1)]);
  expect(workspace.predictions.list({ runId: RUN_ID })).toEqual([]);
  const found = store.library?.find([unit(1).key, unit(0).key]);
  expect(found?.map((one) => one.parts?.validation.predicted)).toEqual([entry(1).predicted, entry(0).predicted]);
  expect(found?.[0]?.parts?.train.rows).toHaveLength(0);
  expect(workspace.predictions.read({ runId: RUN_ID, variant: 1 })).toMatchObject([
    {
      record: { variant: 1, foldId: 'fold_1', bestParams: { n_components: 2 } },
      arrays: { measured: shared.measured },
    },
  ]);
});

test('a unit counts as done only with its predictions: what fails on the way keeps neither', async () => {
  const { workspace, writes, store } = await storeForTest();
  store.predictions(() => [entry(0)], cv, [unit(0)]);
  writes.add(() => {
    throw new Error('power loss');
  });
  expect(() => {
    writes.flush();
  }).toThrow('power loss');
  expect(workspace.predictions.list({ runId: RUN_ID })).toEqual([]);
  expect(workspace.units.find([unit(0).key])).toBeNull();
});
