import { expect, test } from 'vitest';
import { CancelledError, neverCancelled, sharedCancelToken } from '#core/base/cancellation.ts';

test('a flag on shared memory is seen by every token made from it', () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const token = sharedCancelToken(flag);
  expect(() => {
    token.check();
  }).not.toThrow();
  expect(token.cancelled).toBe(false);
  Atomics.store(flag, 0, 1);
  expect(token.cancelled).toBe(true);
  expect(() => {
    token.check();
  }).toThrow(CancelledError);
});

test('the token of work that nobody can stop never stops it', () => {
  neverCancelled.check();
  expect(neverCancelled.cancelled).toBe(false);
});
