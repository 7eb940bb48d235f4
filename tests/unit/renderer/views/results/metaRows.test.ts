import { expect, test } from 'vitest';
import type { BaseModel } from '#core/contract/baseModel.ts';
import type { RunSummary } from '#core/contract/runTypes.ts';
import { metaRows } from '#renderer/views/results/metaRows.ts';
import { summary } from '#tests/unit/renderer/views/runs/runEvents.ts';

const model = (variant: number, branchPath: string[], usedBy: number | null): BaseModel => ({
  variant,
  name: 'PLS',
  model: 'PLS',
  branchPath,
  params: {},
  usedBy,
  meanScore: 1,
  rmsecv: 1,
  finalScore: 1,
  rmsep: 1,
  weight: 0.5,
  contribution: 0.5,
});
/** Innermost first, as the engine tells them. */
const run = {
  result: {
    variants: 1,
    baseModels: [
      model(1, ['raw', 'left'], 3),
      model(2, ['raw', 'right'], 3),
      model(4, ['smooth'], null),
      model(3, ['raw'], null),
    ],
  },
} as unknown as RunSummary; // these fields are read only

test('the deployed model learns from the outer base models, in the order of the branches', () => {
  const rows = metaRows(run, summary(0), [summary(3, { base: true, branchPath: ['raw'], n: 57 })]);
  expect(rows.map(({ model: { variant } }) => variant)).toEqual([3, 4]);
  expect(rows.map(({ n }) => n)).toEqual([57, null]);
});

test('a base model that learns from others has rows of its own, with the letters of its lanes', () => {
  const rows = metaRows(run, summary(3, { base: true, branchPath: ['raw'] }), []);
  expect(rows.map(({ letters }) => letters.join(''))).toEqual(['AA', 'AB']);
});

test('a model on spectra alone has none, nor has a variant that was not chosen', () => {
  expect(metaRows(run, summary(4, { base: true }), [])).toEqual([]);
  const several = { ...run, result: { ...run.result, variants: 2 } } as unknown as RunSummary; // as above
  expect(metaRows(several, summary(1), [])).toEqual([]);
  expect(metaRows(several, summary(0, { selected: true }), [])).toHaveLength(2);
});
