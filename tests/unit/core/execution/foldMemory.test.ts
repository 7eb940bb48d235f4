import { expect, test } from 'vitest';
import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { UnitPool } from '#core/execution/ports.ts';
import type { Held } from '#core/kernels/kernelHeap.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { inProcessPool, type InProcessPool } from '#tests/support/inProcessPool.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** Whatever becomes of a run whose folds are computed together: the kernels' memory is free again. */
const x = syntheticSpectra(61, 83, 8);
const data = unitDataOf({ x, y: syntheticTarget(x, 9) });
const sweep = [
  'refit: false',
  'pipeline:',
  '  - _or_: [null, {SavitzkyGolay: {window_length: 11, polyorder: 2, deriv: 1}}]',
  '  - _or_: [null, SNV, MSC, {Detrend: {polyorder: 0}}]',
  '  - KFold: {n_splits: 5}',
  '  - PLS: {n_components: {_range_: [1, 4]}, scale: false}',
].join('\n');

type Method = 'place' | 'tiles' | 'sums' | 'derive' | 'solve';

/** A pool that counts who holds memory, and does something before the k-th call of a method. */
function watched(size: number, before: Partial<Record<Method, (call: number) => Promise<void>>> = {}) {
  const pool = inProcessPool(size);
  const held = new Set<Held>();
  let taken = 0;
  const calls = new Map<Method, number>();
  const called = async (method: Method): Promise<void> => {
    calls.set(method, (calls.get(method) ?? 0) + 1);
    await before[method]?.(calls.get(method) ?? 0);
  };
  const hooked: Pick<UnitPool, Method> = {
    place: (task) => called('place').then(() => pool.place(task)),
    tiles: (task) => called('tiles').then(() => pool.tiles(task)),
    sums: (task) => called('sums').then(() => pool.sums(task)),
    derive: (task) => called('derive').then(() => pool.derive(task)),
    solve: (from, task) => called('solve').then(() => pool.solve(from, task)),
  };
  const whole: InProcessPool = {
    ...pool,
    ...hooked,
    room: {
      memory: pool.room.memory,
      async take(doubles) {
        const piece = await pool.room.take(doubles);
        if (piece !== null) held.add(piece);
        taken++;
        return piece;
      },
      giveBack(piece) {
        expect(held.delete(piece)).toBe(true);
        pool.room.giveBack(piece);
      },
    },
  };
  return { pool: whole, held, taken: () => taken };
}

test.each([1, 2, 3])('after a run, pool of %i', async (size) => {
  const { pool, held, taken } = watched(size);
  expect((await runInMemory(data, sweep, { pool })).error).toBeNull();
  expect(taken()).toBeGreaterThan(4);
  expect([...held]).toEqual([]);
});

const methods: Method[] = ['place', 'tiles', 'sums', 'derive', 'solve'];
test.each(methods.flatMap((method) => [1, 2].map((size): [Method, number] => [method, size])))(
  'after a failure in %s, pool of %i',
  async (method, size) => {
    const fails = () => Promise.reject(new EngineError('run.worker-lost', { doing: 'a test' }));
    const { pool, held, taken } = watched(size, { [method]: fails });
    const run = await runInMemory(data, sweep, { pool });
    expect(taken()).toBeGreaterThan(0);
    expect([...held]).toEqual([]);
    // Folds that cannot be computed are said to be so.
    expect(run.error ?? [...run.variants.values()].some(({ status }) => status === 'failed')).toBeTruthy();
  },
);

test.each(methods.flatMap((method) => [1, 2].map((call): [Method, number] => [method, call])))(
  'after a cancel during %s, call %i: the run ends as cancelled and begins nothing more',
  async (method, at) => {
    const cancel = {
      cancelled: false,
      check() {
        if (this.cancelled) throw new CancelledError();
      },
    };
    const hooks: Partial<Record<Method, (call: number) => Promise<void>>> = {};
    const { pool, held } = watched(2, hooks);
    hooks[method] = async (call) => {
      if (call !== at) return;
      cancel.cancelled = true;
      await pool.cancelAll();
    };
    const run = await runInMemory(data, sweep, { pool, cancel });
    expect(cancel.cancelled).toBe(true);
    expect(run.error).toBeInstanceOf(CancelledError);
    expect([...held]).toEqual([]);
    expect(pool.solved.length).toBeLessThan(8);
  },
);
