import { expect, test } from 'vitest';
import { callKey } from '#renderer/state/callKey.ts';

test('equal requests have equal keys, typed arrays by content', () => {
  expect(callKey('a.b', { rows: Int32Array.of(1, 2) })).toBe(callKey('a.b', { rows: Int32Array.of(1, 2) }));
  expect(callKey('a.b', { rows: Int32Array.of(1, 2) })).not.toBe(callKey('a.b', { rows: Int32Array.of(1, 3) }));
  expect(callKey('a.b', {})).not.toBe(callKey('a.c', {}));
});
