import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { PredictionArrays } from '#core/workspace/index.ts';
import {
  aPrediction,
  aTrial,
  aUnit,
  aVariant,
  RUN_ID,
  someArrays,
} from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

const parts = { train: someArrays(4), validation: someArrays(2, 4), test: someArrays(1, 6) };
const placed = (arrays: PredictionArrays) => ({ block: arrays, place: 0 });
const blocks = { train: placed(parts.train), validation: placed(parts.validation), test: placed(parts.test) };
const done = { unit: aUnit({ possible: true }), blocks };
/** The run that takes a unit over has its own measured values. */
const taken = Object.fromEntries(Object.entries(parts).map(([name, { measured: _, ...rest }]) => [name, rest]));

async function withUnit() {
  const workspace = await workspaceWithRun();
  workspace.variants.put(RUN_ID, [aVariant(0)]);
  workspace.predictions.put(
    (['train', 'validation', 'test'] as const).map((partition) => ({
      record: aPrediction({ foldId: 'fold_1', partition }),
      arrays: parts[partition],
    })),
  );
  workspace.units.put(RUN_ID, [done]);
  return workspace;
}

test('a unit is found with its predictions', async () => {
  const { units } = await withUnit();
  expect(units.find([done.unit.key])).toEqual([{ milliseconds: 12.5, notices: done.unit.notices, parts: taken }]);
  expect(units.find(['00'.repeat(32)])).toBeNull();
  expect(units.placeOf(done.unit.key)).toEqual({ runId: RUN_ID, variant: 0, foldId: 'fold_1' });
});

test('a model that the rank did not allow is known to be impossible', async () => {
  const { units } = await withUnit();
  units.put(RUN_ID, [{ unit: aUnit({ key: 'cd'.repeat(32) }), blocks: null }]);
  expect(units.find(['cd'.repeat(32)])).toMatchObject([{ parts: null }]);
});

test('predictions that are not those that were written are told, never used, and forgotten', async () => {
  const workspace = await withUnit();
  const db = new Sqlite(join(workspace.folder, 'workspace.db'));
  db.prepare('UPDATE prediction_blocks SET y_pred = zeroblob(length(y_pred))').run();
  db.close();
  expect(workspace.units.find([done.unit.key])).toEqual({ altered: { runId: RUN_ID, variant: 0, fold: 'fold_1' } });
  expect(workspace.units.find([done.unit.key])).toBeNull();
});

test('units and trials go with their run; a study stays as long as another run knows it', async () => {
  const workspace = await withUnit();
  const { trials, units } = workspace;
  trials.put(RUN_ID, 'study', aTrial(0));
  trials.put(RUN_ID, 'study', aTrial(1));
  expect(trials.ofStudy('study').trials.map(({ number }) => number)).toEqual([0, 1]);
  expect(trials.ofRun(RUN_ID)).toEqual([aTrial(0), aTrial(1)]);
  await workspace.removeRun(RUN_ID);
  expect(units.find([done.unit.key])).toBeNull();
  expect(trials.ofStudy('study').trials).toEqual([]);
});
