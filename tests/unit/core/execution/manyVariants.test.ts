import { expect, test } from 'vitest';
import { fitRegistry } from '#core/cache/fitRegistry.ts';
import { stageCache } from '#core/cache/stageCache.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { StageCache } from '#core/execution/ports.ts';
import { planOf, runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** What a run holds must follow from what is under way, not from how many variants it has. */
const [N, P] = [30, 20];
const { source, targets } = syntheticSpectra(N, P, 5);
const data = unitDataOf({ x: source.x, y: targets[0]?.values ?? new Float64Array(0) });
const sweep = (widths: number, model: string): string =>
  [
    'pipeline:',
    '  - _or_: [SNV, MSC, Detrend, null]',
    `  - Gaussian: {sigma: {_range_: [1, ${widths}]}}`,
    '  - KFold: {n_splits: 3}',
    '  - StandardScaler',
    `  - ${model}`,
  ].join('\n');

/** The most bytes that the snapshots of a run take at any time. */
async function mostHeld(widths: number, model: string): Promise<{ most: number; variants: number; stages: number }> {
  const inner = stageCache(1e9, 10 * 8 * N * P);
  let [most, stages] = [0, 0];
  const stagesSeen: StageCache = {
    get: inner.get,
    retire: inner.retire,
    put(key, entry) {
      inner.put(key, entry);
      stages++;
      most = Math.max(most, inner.bytes);
    },
    get bytes() {
      return inner.bytes;
    },
    get evictions() {
      return inner.evictions;
    },
  };
  const run = await runInMemory(data, sweep(widths, model), {
    caches: { stages: stagesSeen, registry: fitRegistry() },
  });
  expect(run.error).toBeNull();
  return { most, variants: run.result?.variants ?? 0, stages };
}

for (const model of ['PLS: {n_components: 3}', 'KNeighborsRegressor: {n_neighbors: 3}'])
  test(`four times the variants need no more memory for snapshots, ${model}`, async () => {
    const few = await mostHeld(10, model);
    const many = await mostHeld(40, model);
    expect([few.variants, many.variants]).toEqual([40, 160]);
    expect(many.stages).toBeGreaterThan(3 * few.stages);
    expect(many.most).toBeLessThanOrEqual(1.1 * few.most);
  });

test('5,000 variants are planned, each with its own preprocessing or five a preprocessing', () => {
  const text = (windows: number, components: string): string =>
    sweep(50, `PLS: {n_components: ${components}}`).replace(
      '  - KFold',
      `  - SavitzkyGolay: {window_length: {_range_: [5, ${3 + 2 * windows}, 2]}, polyorder: 2}\n  - KFold`,
    );
  const own = planOf(text(25, '3'));
  expect([own.variants.length, own.groups.length]).toEqual([5000, 5000]);
  const paths = planOf(text(5, '{_range_: [1, 5]}'));
  expect([paths.variants.length, paths.groups.length]).toEqual([5000, 1000]);
});
