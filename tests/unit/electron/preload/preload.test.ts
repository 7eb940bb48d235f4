import { expect, test, vi } from 'vitest';
import type { RefractApi } from '#core/contract/bridge.ts';

/** What the preload does with Electron, without Electron. */
const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  listeners: new Map<string, Set<(event: unknown, value: unknown) => void>>(),
}));
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api) },
  ipcRenderer: {
    invoke: (...args: unknown[]) => {
      electron.invoked.push(args);
      return Promise.resolve({ ok: true, value: null });
    },
    on: (channel: string, listener: (event: unknown, value: unknown) => void) =>
      electron.listeners.set(channel, (electron.listeners.get(channel) ?? new Set()).add(listener)),
    removeListener: (channel: string, listener: (event: unknown, value: unknown) => void) =>
      electron.listeners.get(channel)?.delete(listener),
  },
  webUtils: { getPathForFile: (file: { name: string }) => `/dropped/${file.name}` },
}));

test('the window gets calls, streams, drops and the platform’s name, and nothing else of Electron', async () => {
  await import('#electron/preload/preload.ts');
  expect([...electron.exposed.keys()]).toEqual(['api']);
  const api = electron.exposed.get('api') as RefractApi;
  for (const value of Object.values(api)) expect(['function', 'string']).toContain(typeof value);
  expect(Object.keys(api)).not.toEqual(expect.arrayContaining(['ipcRenderer', 'require', 'process']));

  // Calls by the contract's names only.
  expect(await api.call('datasets.list', {})).toEqual({ ok: true, value: null });
  for (const name of ['refract:call', 'fs.readFile', '__proto__', 'constructor', 'runs.events'])
    expect(await api.call(name, {})).toMatchObject({ ok: false, error: { code: 'app.forbidden' } });
  expect(electron.invoked).toEqual([['refract:call', 'datasets.list', {}]]);

  // Streams: the event object of Electron never reaches the window, and unsubscribing works.
  const seen: unknown[][] = [];
  const stop = api.subscribe('runs.events', (...args: unknown[]) => void seen.push(args));
  const listeners = electron.listeners.get('refract:stream:runs.events') ?? new Set();
  for (const listener of listeners) listener({ sender: 'electron' }, [5, 6]);
  expect(seen).toEqual([[[5, 6]]]);
  stop();
  expect(listeners.size).toBe(0);
  expect(() => api.subscribe('menu.secret', () => undefined)).toThrow('no stream');

  await api.grantDropped([{ name: 'a.csv' } as File]);
  expect(electron.invoked.at(-1)).toEqual(['refract:grant', ['/dropped/a.csv']]);
});
