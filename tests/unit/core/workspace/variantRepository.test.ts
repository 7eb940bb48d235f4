import { expect, test } from 'vitest';
import { aVariant, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

const page = { filter: '', offset: 0, limit: 100 } as const;

test('variants are sorted by rank, number, RMSECV and label', async () => {
  const { variants } = await workspaceWithRun();
  variants.put(RUN_ID, [
    aVariant(0, { label: 'MSC · n_components 10', meanScore: 0.3, rmsecv: 0.2 }),
    aVariant(1, { label: 'MSC · n_components 9', meanScore: null, rmsecv: null, status: 'failed' }),
    aVariant(2, { label: 'Detrend · n_components 1', meanScore: 0.1, rmsecv: 0.3 }),
  ]);
  const order = (sortBy: 'rank' | 'index' | 'rmsecv' | 'label') =>
    variants.page(RUN_ID, { ...page, sortBy }).rows.map((v) => v.variant);
  expect(order('index')).toEqual([0, 1, 2]);
  expect(order('rmsecv')).toEqual([0, 2, 1]);
  expect(order('label')).toEqual([2, 1, 0]);
  expect(order('rank')).toEqual([2, 0, 1]); // smallest mean first until a selection has ranked them
  variants.rank(RUN_ID, [0, 2], 0);
  expect(order('rank')).toEqual([0, 2, 1]);
  expect(variants.get(RUN_ID, 0).selected).toBe(true);
  expect(variants.get(RUN_ID, 2).selected).toBe(false);
});

test('a variant comes back as it was, and is brought up to date', async () => {
  const { variants } = await workspaceWithRun();
  variants.put(RUN_ID, [aVariant(0, { status: 'waiting', meanScore: null, n: null })]);
  expect(variants.get(RUN_ID, 0)).toEqual(aVariant(0, { status: 'waiting', meanScore: null, n: null }));
  variants.put(RUN_ID, [aVariant(0)]);
  expect(variants.all(RUN_ID)).toEqual([aVariant(0)]);
});

test('a score that is no number is none', async () => {
  const { variants } = await workspaceWithRun();
  variants.put(RUN_ID, [aVariant(0, { meanScore: NaN, rmsecv: Infinity })]);
  expect(variants.get(RUN_ID, 0)).toMatchObject({ meanScore: null, rmsecv: null });
});

test('pages and filters, the wildcards of SQL being plain characters', async () => {
  const { variants } = await workspaceWithRun();
  variants.put(
    RUN_ID,
    Array.from({ length: 25 }, (_, i) => aVariant(i, { label: `SNV_${i} 100 %` })),
  );
  const filtered = (filter: string) => variants.page(RUN_ID, { ...page, sortBy: 'index', filter }).total;
  expect(filtered('snv_2')).toBe(6); // 2 and 20 to 24
  expect(filtered('snv%2')).toBe(0);
  expect(filtered('0 %')).toBe(25);
  expect(filtered('\\')).toBe(0);
  const second = variants.page(RUN_ID, { sortBy: 'index', filter: '', offset: 20, limit: 10 });
  expect([second.total, second.rows.map((v) => v.variant)]).toEqual([25, [20, 21, 22, 23, 24]]);
});

test('an unknown variant is an error', async () => {
  const { variants } = await workspaceWithRun();
  expect(() => variants.get(RUN_ID, 5)).toThrow(expect.objectContaining({ code: 'workspace.not-found' }));
});
