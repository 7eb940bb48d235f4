import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JobId } from '#core/contract/app.ts';
import { callEngine, subscribe } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { newJobId } from '#renderer/bridge/newJobId.ts';
import { fakeApi } from '#tests/support/fakeApi.ts';

const api = fakeApi({
  'datasets.list': () => [],
  'datasets.get': () => {
    throw new Error('gone');
  },
});
beforeEach(() => {
  vi.stubGlobal('window', { api });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('answers with the value of the reply', async () => {
  expect(await callEngine('datasets.list', {})).toEqual([]);
});

test('a refusal keeps its code and sentence', async () => {
  await expect(callEngine('datasets.get', { id: 'ds_000001' })).rejects.toMatchObject({
    name: 'ApiError',
    code: 'internal',
    message: 'gone',
  });
});

test('without a preload it says where it belongs', async () => {
  vi.stubGlobal('window', {});
  await expect(callEngine('datasets.list', {})).rejects.toMatchObject({ code: 'no-bridge' });
});

test('a subscription ends with its own function', () => {
  const heard: unknown[] = [];
  const end = subscribe('menu.commands', (value) => heard.push(value));
  api.emit('menu.commands', { command: 'go.data' });
  end();
  api.emit('menu.commands', { command: 'go.runs' });
  expect(heard).toEqual([{ command: 'go.data' }]);
});

test('job names are what the contract accepts, each another', () => {
  const names = Array.from({ length: 50 }, newJobId);
  for (const name of names) expect(JobId.safeParse(name).success).toBe(true);
  expect(new Set(names).size).toBe(50);
});

test('anything caught becomes an error with a code', () => {
  expect(asApiError('x')).toMatchObject({ code: 'internal', message: 'x' });
});
