import { expect, test } from 'vitest';
import type { FittedChain } from '#core/data/fittedChain.ts';
import { loadDeployed, loadEnsemble, loadFinalModel, storeEnsemble, storeFinalModel } from '#core/engine/finalModel.ts';
import { listModels } from '#core/engine/listModels.ts';
import type { FinalModel } from '#core/execution/ports.ts';
import { chain, classChain, viewsChain } from '#tests/unit/core/export/support/testChain.ts';
import { aVariant, fixedNow, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

const hashes = { chainPath: 'a', data: 'b', createdAt: fixedNow().toISOString() };
const finalModel = (of: FittedChain, variant = 0): FinalModel => ({
  variant,
  model: 'PLS',
  chain: of,
  modelInput: { mean: Float64Array.of(1, 2), axis: Float64Array.of(0, 1), unit: 'index' },
});

test.each([
  ['a row of steps', chain],
  ['views', viewsChain()],
  ['classes', classChain('TestSides')],
])('a refitted chain comes back as it was: %s', async (_, of) => {
  const workspace = await workspaceWithRun();
  const contents = await storeFinalModel(workspace, RUN_ID, finalModel(of), hashes);
  expect(await loadFinalModel(workspace, RUN_ID)).toEqual(finalModel(of));
  expect(await loadDeployed(workspace, RUN_ID)).toEqual({ variant: 0, deployed: { content: 'refit', chains: [of] } });
  expect(
    workspace.artifacts
      .ofRun(RUN_ID)
      .map(({ sha256 }) => sha256)
      .sort(),
  ).toEqual([...new Set(contents.map(({ sha256 }) => sha256))].sort());
});

test('of several refits the selected variant is the one that the run deploys; others are found by number', async () => {
  const workspace = await workspaceWithRun();
  workspace.variants.put(
    RUN_ID,
    [0, 1, 2].map((variant) => aVariant(variant, { selected: variant === 1 })),
  );
  for (const variant of [1, 2, 0]) await storeFinalModel(workspace, RUN_ID, finalModel(chain, variant), hashes);
  expect((await loadFinalModel(workspace, RUN_ID)).variant).toBe(1);
  expect((await loadFinalModel(workspace, RUN_ID, 2)).variant).toBe(2);
  await expect(loadFinalModel(workspace, RUN_ID, 7)).rejects.toMatchObject({ code: 'run.no-final-model' });
  expect(
    listModels(workspace)
      .map(({ variant, deployed }) => [variant, deployed])
      .sort(),
  ).toEqual([
    [0, false],
    [1, true],
    [2, false],
  ]);
});

test('fold models come back in the order of the folds, as one model', async () => {
  const workspace = await workspaceWithRun();
  workspace.variants.put(RUN_ID, [aVariant(0, { selected: true })]);
  const folds = Array.from({ length: 12 }, (_, k) => classChain('TestSides', [k, 1, 2]));
  await storeEnsemble(
    workspace,
    RUN_ID,
    folds.map((of) => finalModel(of)),
    hashes,
    false,
  );
  expect((await loadEnsemble(workspace, RUN_ID)).map((model) => model.chain)).toEqual(folds);
  expect((await loadDeployed(workspace, RUN_ID)).deployed).toEqual({ content: 'fold-ensemble', chains: folds });
  expect(listModels(workspace)).toMatchObject([
    { content: 'fold-ensemble', members: 12, task: 'classification', classes: ['Berlin', 'Graz'], deployed: true },
  ]);
  // The transform is the same in every fold: stored once. One content a model, one of the axes.
  expect(workspace.artifacts.ofRun(RUN_ID)).toHaveLength(12 + 1 + 1);
});

test('fold models of which one is missing are no model', async () => {
  const workspace = await workspaceWithRun();
  await storeEnsemble(workspace, RUN_ID, [finalModel(chain), finalModel(chain), finalModel(chain)], hashes, false);
  const [record] = workspace.chains.members(RUN_ID);
  if (record === undefined) throw new Error('Three fold models were stored.');
  workspace.chains.put({ ...record, info: { ...record.info, ensemble: undefined } });
  expect(listModels(workspace)).toEqual([]);
  await expect(loadDeployed(workspace, RUN_ID)).rejects.toMatchObject({ code: 'run.no-final-model' });
});
