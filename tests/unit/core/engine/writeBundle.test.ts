import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeBundle } from '#core/engine/writeBundle.ts';
import type { Workspace } from '#core/workspace/index.ts';

/** A workspace that notes what each transaction wrote; `fails` makes the next transactions fail. */
function bundleForTest() {
  const transactions: { readonly durable: string | undefined; readonly wrote: readonly string[] }[] = [];
  let wrote: string[] = [];
  const state = { fails: false };
  const transaction = ((work: () => void, durable?: string) => {
    wrote = [];
    work();
    if (state.fails) throw new Error('disk full');
    transactions.push({ durable, wrote });
  }) as Workspace['transaction']; // the bundle gives nothing else and wants no answer
  const bundle = writeBundle({ transaction });
  const add = (what: string): void => {
    bundle.add(() => void wrote.push(what));
  };
  return { bundle, transactions, state, add };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what happens together is one transaction, in its order, a moment later', () => {
  const { transactions, add } = bundleForTest();
  for (const what of ['fold 1', 'event 1', 'fold 2']) add(what);
  expect(transactions).toEqual([]);
  vi.advanceTimersByTime(250);
  add('fold 3');
  vi.advanceTimersByTime(250);
  expect(transactions).toEqual([
    { durable: 'now', wrote: ['fold 1', 'event 1', 'fold 2'] },
    { durable: 'now', wrote: ['fold 3'] },
  ]);
});

test('who needs it stored at once need not wait, and nothing is written twice', () => {
  const { bundle, transactions, add } = bundleForTest();
  add('fold 1');
  bundle.flush('soon');
  bundle.flush();
  vi.advanceTimersByTime(1000);
  expect(transactions).toEqual([{ durable: 'soon', wrote: ['fold 1'] }]);
});

test('a failure behind the back of the run fails its next write, and the end of the run gets another attempt', () => {
  const { bundle, transactions, state, add } = bundleForTest();
  state.fails = true;
  add('fold 1');
  vi.advanceTimersByTime(250);
  for (const attempt of [
    () => {
      add('fold 2');
    },
    () => {
      bundle.flush();
    },
  ])
    expect(attempt).toThrow('disk full');
  state.fails = false;
  bundle.recover();
  add('the end');
  bundle.flush();
  expect(transactions).toEqual([{ durable: 'now', wrote: ['the end'] }]);
});
