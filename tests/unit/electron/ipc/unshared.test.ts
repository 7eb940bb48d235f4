import { expect, test } from 'vitest';
import { unshared } from '#electron/ipc/unshared.ts';

test('arrays on shared memory, and views into larger buffers, get a buffer of their own', () => {
  const shared = new Float64Array(new SharedArrayBuffer(24)).map((_, k) => k);
  const onShared = new Float64Array(new SharedArrayBuffer(24));
  onShared.set(shared);
  const view = new Int32Array(new ArrayBuffer(400), 40, 2);
  const message = { kind: 'reply', value: { onShared, list: [view], text: 'a', none: null, nested: { n: 1 } } };
  const copy = unshared(message);
  expect(copy).toEqual(message);
  expect(copy.value.onShared.buffer).toBeInstanceOf(ArrayBuffer);
  expect(copy.value.list[0]?.buffer.byteLength).toBe(8);
  expect(() => structuredClone(copy)).not.toThrow();
});

test('an array with its own buffer is passed on as it is', () => {
  const own = Float64Array.of(1, 2);
  expect(unshared({ own }).own).toBe(own);
});
