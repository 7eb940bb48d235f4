import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packedBlocks, partOf, type PredictionArrays } from '#core/workspace/predictionBlocks.ts';
import { aPrediction, aVariant, RUN_ID, someArrays } from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

/** Sets of predictions: `list` says which of the lists of samples each is about. */
const sets = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
    classes: fc.constantFrom(0, 2, 3),
    about: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 25 }),
  })
  .map(({ sizes, classes, about }) => {
    const samples = sizes.map((n) => someArrays(n));
    return about.map((list, k) => {
      const { rows, measured } = samples[list % samples.length] ?? someArrays();
      const n = rows.length;
      const predicted = Float64Array.from({ length: n }, (_, i) => 1000 * k + i);
      const probabilities = Float64Array.from({ length: n * classes }, (_, i) => -1000 * k - i);
      return { arrays: { rows, measured, predicted, probabilities: classes === 0 ? null : probabilities } };
    });
  });

test('whatever is packed comes out again, and what shares its samples lies together', () => {
  fc.assert(
    fc.property(sets, fc.constantFrom(1, 200, 1e6), (entries, largest) => {
      const blocks = packedBlocks(entries, largest);
      expect(blocks.flatMap(({ members }) => members).length).toBe(entries.length);
      for (const { block, members } of blocks)
        members.forEach((entry, place) => {
          expect(partOf(block, place)).toEqual(entry.arrays);
        });
      if (largest === 1e6) expect(blocks.length).toBe(new Set(entries.map(({ arrays }) => arrays.rows)).size);
      if (largest === 1) expect(blocks.length).toBe(entries.length);
    }),
  );
});

test('equal samples in other arrays are another block: nothing is compared value by value', () => {
  expect(packedBlocks([{ arrays: someArrays() }, { arrays: someArrays() }])).toHaveLength(2);
});

test('predictions of one fold are one row of the database, however many models there are', async () => {
  const workspace = await workspaceWithRun();
  const { variants, predictions } = workspace;
  variants.put(RUN_ID, [aVariant(0), aVariant(1), aVariant(2)]);
  const shared = someArrays(5);
  const arraysOf = (variant: number): PredictionArrays => ({
    ...shared,
    predicted: shared.predicted.map((value) => value + variant),
  });
  predictions.put([0, 1, 2].map((variant) => ({ record: aPrediction({ variant }), arrays: arraysOf(variant) })));
  const db = new Sqlite(join(workspace.folder, 'workspace.db'), { readonly: true });
  expect(db.prepare('SELECT count(*) FROM prediction_blocks').pluck().get()).toBe(1);
  db.close();
  const [first, second] = predictions.read({ runId: RUN_ID, variant: [2, 0] });
  expect(first).toEqual({ record: aPrediction({ variant: 0 }), arrays: arraysOf(0) });
  expect(second).toEqual({ record: aPrediction({ variant: 2 }), arrays: arraysOf(2) });
  expect(second?.arrays.rows).toBe(first?.arrays.rows);

  await workspace.removeRun(RUN_ID);
  const after = new Sqlite(join(workspace.folder, 'workspace.db'), { readonly: true });
  expect(after.prepare('SELECT count(*) FROM prediction_blocks').pluck().get()).toBe(0);
  after.close();
});

test('a block that is cut short is told, not read beyond its end', () => {
  const { rows, measured } = someArrays(3);
  const block = { rows, measured, predicted: new Float64Array(6), probabilities: null };
  expect(partOf(block, 1).predicted).toHaveLength(3);
  expect(() => partOf(block, 2)).toThrow('have no model 3');
  expect(() => partOf({ ...block, predicted: new Float64Array(5) }, 0)).toThrow('5 predictions');
});
