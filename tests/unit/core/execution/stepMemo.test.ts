import { expect, test } from 'vitest';
import { stepMemo, type MemoEntry } from '#core/execution/stepMemo.ts';
import { zeros } from '#core/numerics/matrix.ts';

const entry = (cells: number): MemoEntry => ({
  x: zeros(1, cells),
  axis: { values: new Float64Array(cells), unit: 'nm' },
  state: {},
  notices: [],
});
const refuse = (): MemoEntry => {
  throw new Error('computed again');
};

test('computes each key once', () => {
  const memo = stepMemo(1000);
  const first = memo.get('a', () => entry(10));
  expect(memo.get('a', refuse)).toBe(first);
});

test('the least recently used entry goes when the limit is exceeded', () => {
  const memo = stepMemo(8 * 25);
  memo.get('a', () => entry(10));
  memo.get('b', () => entry(10));
  memo.get('a', refuse); // used again, so b is the oldest now
  memo.get('c', () => entry(10));
  memo.get('a', refuse);
  expect(() => memo.get('b', refuse)).toThrow('computed again');
});

test('an entry beyond the limit is kept while it is the newest, so that a fit can go on', () => {
  const memo = stepMemo(8);
  memo.get('big', () => entry(100));
  memo.get('big', refuse);
  memo.get('next', () => entry(100));
  expect(() => memo.get('big', refuse)).toThrow('computed again');
});

test('a failed computation is not remembered, and clear forgets all', () => {
  const memo = stepMemo(1000);
  expect(() => memo.get('a', refuse)).toThrow('computed again');
  memo.get('a', () => entry(1));
  memo.clear();
  expect(() => memo.get('a', refuse)).toThrow('computed again');
});
