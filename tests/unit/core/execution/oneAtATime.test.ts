import { setImmediate as breathe } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { EngineError } from '#core/base/errors.ts';
import type { OperatorLookup } from '#core/execution/lookup.ts';
import type { FitUnit } from '#core/execution/unit.ts';
import { inProcessPool, type InProcessPool } from '#tests/support/inProcessPool.ts';
import { runInMemory } from '#tests/support/runInMemory.ts';
import { stackData } from '#tests/unit/core/execution/support/stackData.ts';

const FAMILIES = ['RandomForestRegressor', 'ExtraTreesRegressor'];
const modelOf = ({ steps }: FitUnit): string => {
  const last = steps.at(-1);
  return last?.role === 'model' ? last.id : '';
};

/** The catalog, where forests need the graphics processor. */
const onGpu: OperatorLookup = {
  ...operatorsByKind,
  model: (id) => {
    const model = operatorsByKind.model(id);
    return FAMILIES.includes(id) ? { ...model, resource: 'gpu' } : model;
  },
};

/** Two workers; a forest fails while another is trained, and `fails` names one that fails by itself. */
function poolThatCounts(fails: (unit: FitUnit) => boolean = () => false) {
  const pool = inProcessPool(2);
  let [training, most, all, mostOfAll] = [0, 0, 0, 0];
  const counting: InProcessPool = {
    ...pool,
    async fit(data, unit) {
      const wants = FAMILIES.includes(modelOf(unit));
      if (wants) training++;
      all++;
      [most, mostOfAll] = [Math.max(most, training), Math.max(mostOfAll, all)];
      try {
        for (let turn = 0; turn < 5; turn++) await breathe();
        if (wants && training > 1) throw new EngineError('run.worker-lost', { doing: 'sharing the memory' });
        if (fails(unit)) throw new EngineError('run.worker-lost', { doing: 'fitting alone' });
        return await pool.fit(data, unit);
      } finally {
        if (wants) training--;
        all--;
      }
    },
  };
  return { pool: counting, most: () => most, mostOfAll: () => mostOfAll };
}

const TEXT = `pipeline:
  - KFold: {n_splits: 4}
  - branch:
      a: [SNV, {RandomForestRegressor: {n_estimators: 3, random_state: 0}}]
      b: [MSC, {ExtraTreesRegressor: {n_estimators: 3, random_state: 0}}]
      c: [StandardScaler, {KNeighborsRegressor: {n_neighbors: 3}}]
  - merge: predictions
  - Ridge: {alpha: 0.1}
`;

test('models that need the same resource are trained one after another, in cross-validation and in the refit', async () => {
  const { pool, most, mostOfAll } = poolThatCounts();
  const run = await runInMemory(stackData(), TEXT, { pool, lookup: onGpu });
  expect(run.error).toBeNull();
  expect(most()).toBe(1);
  // Others go on beside them.
  expect(mostOfAll()).toBe(2);
  expect(run.result?.refits[0]?.problem).toBeNull();
  expect(run.finals).toHaveLength(4);
});

test('without the declaration they would be trained at once', async () => {
  const { pool, most } = poolThatCounts();
  const run = await runInMemory(stackData(), TEXT, { pool });
  expect(most()).toBe(2);
  expect(String(run.error)).toContain('sharing the memory');
});

test('one that fails lets the next begin', async () => {
  const { pool, most } = poolThatCounts((unit) => modelOf(unit) === 'RandomForestRegressor');
  const text = TEXT.replace('merge: predictions', 'merge: {predictions: all, on_missing: skip}');
  const run = await runInMemory(stackData(), text, { pool, lookup: onGpu });
  expect(run.error).toBeNull();
  expect(most()).toBe(1);
  expect([...run.variants.values()].filter(({ status }) => status === 'failed').map(({ model }) => model)).toEqual([
    'RandomForestRegressor',
  ]);
});
