import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { callFromPage, type PageReply } from '#tests/e2e/support/callFromPage.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';

/** Who may ask main, what may be asked, and what a hostile request costs. */
let app: ElectronApplication;
let page: Page;

test.beforeAll(async ({}, info) => {
  ({ app, page } = await launchApp({ folder: info.outputPath('ipc') }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
});
test.afterAll(() => app.close());
test.afterEach(async () => {
  expect(await callFromPage(page, 'app.about', {})).toMatchObject({ ok: true });
});

/** Not in Electron's types: where `ipcMain.handle` keeps its handlers. */
interface Handling {
  readonly _invokeHandlers: Map<string, (...args: unknown[]) => unknown>;
}

interface Asked {
  readonly call: PageReply;
  readonly grant: string;
}

/**
 * Asks main over Electron's own channels from a window that has them: what a foreign page would do if every other wall
 * had fallen. The window goes away afterwards.
 */
function askFrom(kind: 'data' | 'blank' | 'app'): Promise<Asked> {
  return app.evaluate(async ({ BrowserWindow }, place) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        nodeIntegration: true,
        contextIsolation: false,
        sandbox: false,
        nodeIntegrationInSubFrames: true,
      },
    });
    const address = {
      data: 'data:text/html,<p>x</p>',
      blank: 'about:blank',
      app: 'app://refract/index.html',
    };
    // The application sends a strange page back to its own; this one is meant to stay.
    window.webContents.removeAllListeners('did-navigate');
    await window.loadURL(address[place]);
    const asked = (await window.webContents.executeJavaScript(`(async () => {
      const ipc = require('electron').ipcRenderer;
      return {
        call: await ipc.invoke('refract:call', 'app.about', {}),
        grant: await ipc.invoke('refract:grant', ['/etc/hostname']).then(() => 'granted', (error) => String(error)),
      };
    })()`)) as Asked;
    window.destroy();
    return asked;
  }, kind);
}

for (const kind of ['data', 'blank', 'app'] as const)
  test(`a request from another window is refused: ${kind}`, async () => {
    const { call, grant } = await askFrom(kind);
    expect(call).toMatchObject({ ok: false, error: { code: 'app.forbidden' } });
    expect(grant).toContain('not allowed');
  });

test('a request from a frame inside the application’s own window is refused', async () => {
  // Main gets it as Electron would deliver it: from the right window, but not from its main frame.
  const replies = await app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    const [window] = BrowserWindow.getAllWindows();
    const contents = window?.webContents;
    const handle = (ipcMain as unknown as Handling)._invokeHandlers.get('refract:call');
    const from = (senderFrame: unknown): Promise<unknown> =>
      Promise.resolve(handle?.({ sender: contents, senderFrame }, 'app.about', {}));
    const main = contents?.mainFrame;
    return Promise.all([
      from(main),
      from({ url: 'app://refract/index.html', parent: main }),
      from({ url: 'https://example.org/', parent: main }),
      from(null),
    ]);
  });
  expect(replies[0]).toMatchObject({ ok: true });
  for (const reply of replies.slice(1)) expect(reply).toMatchObject({ ok: false, error: { code: 'app.forbidden' } });
});

test('there are two channels to main, and no other answers', async () => {
  const channels = await app.evaluate(({ ipcMain }) => ({
    invoked: [...(ipcMain as unknown as Handling)._invokeHandlers.keys()],
    sent: ipcMain.eventNames().map(String),
  }));
  expect(channels).toEqual({ invoked: ['refract:call', 'refract:grant'], sent: ['error'] });
});

test('names that are no calls are refused, those of every object included', async () => {
  const names = [
    ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'],
    ...[
      'app',
      'app.',
      '.about',
      'app.About',
      'app.about\u0000',
      ' app.about',
      'app.about.x',
      'runs.events',
      'engine.states',
    ],
    ...['refract:call', 'ipc', '../app.about', 'x'.repeat(1_000_000)],
    ...[0, null, true, ['app.about'], { toString: 'app.about' }],
  ];
  for (const name of names)
    expect(await callFromPage(page, name, {}), JSON.stringify(name).slice(0, 40)).toMatchObject({
      ok: false,
      error: { code: 'app.forbidden' },
    });
});

test('requests of another form are refused by every call', async () => {
  const calls = [
    'app.about',
    'datasets.get',
    'datasets.rename',
    'runs.start',
    'pipelines.save',
    'dialog.save',
    'engine.state',
  ];
  const requests: unknown[] = [
    null,
    7,
    'x',
    [],
    [[]],
    { extra: 1 },
    { id: null },
    { id: ['ds_a'] },
    { id: { $ne: 1 } },
  ];
  for (const name of calls)
    for (const request of requests) {
      const reply = await callFromPage(page, name, request);
      expect(reply, `${name} ${JSON.stringify(request)}`).toMatchObject({
        ok: false,
        error: { code: 'app.bad-request' },
      });
    }
});

test('a request cannot plant properties in objects of the application', async () => {
  await page.evaluate(async () => {
    const { api } = window as unknown as { api: { call(name: string, input: unknown): Promise<unknown> } };
    const planted = JSON.parse('{"__proto__": {"planted": 1}, "constructor": {"prototype": {"planted": 1}}}') as object;
    await api.call('preferences.set', planted);
    await api.call('preferences.set', JSON.parse('{"theme": "dark", "__proto__": {"language": "xx"}}'));
    await api.call('runs.start', { foldFiles: JSON.parse('{"__proto__": "x"}') as object });
  });
  expect(await app.evaluate(() => (({}) as { planted?: number }).planted ?? null)).toBeNull();
  const preferences = await callFromPage(page, 'preferences.get', {});
  expect(preferences).toMatchObject({ ok: true, value: { language: 'en' } });
});

test('lists of themselves, deep nests and huge texts are refused in time', async () => {
  // Sent as a page would that had taken over its own process: the bridge itself lets none of the first three through.
  const took = await app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const handle = (ipcMain as unknown as Handling)._invokeHandlers.get('refract:call');
    const wide: unknown[] = [];
    for (let k = 0; k < 1000; k++) wide.push(wide);
    const mutual: unknown[] = [];
    for (let k = 0; k < 60; k++) mutual.push(Array.from({ length: 60 }, () => mutual));
    let deep: unknown = 'x';
    for (let k = 0; k < 5000; k++) deep = [deep];
    const requests: Record<string, unknown> = {
      wide,
      'wide field': { files: wide },
      mutual,
      deep,
      'huge text': { id: 'x'.repeat(60_000_000) },
      map: new Map([[1, 2]]),
      bytes: new Uint8Array(50_000_000),
    };
    const out: { name: string; ok: boolean; milliseconds: number }[] = [];
    for (const [name, request] of Object.entries(requests)) {
      const start = Date.now();
      const reply = await handle?.({ sender: contents, senderFrame: contents?.mainFrame }, 'datasets.get', request);
      out.push({ name, ok: (reply as { ok: boolean }).ok, milliseconds: Date.now() - start });
    }
    return out;
  });
  console.info(`Hostile requests: ${took.map(({ name, milliseconds }) => `${name} ${milliseconds} ms`).join(', ')}`);
  expect(took.filter(({ ok }) => ok)).toEqual([]);
  expect(took.filter(({ milliseconds }) => milliseconds > 20_000)).toEqual([]);

  const bridged = await page.evaluate(async () => {
    const { api } = window as unknown as { api: { call(name: string, input: unknown): Promise<{ ok: boolean }> } };
    const circle: unknown[] = [];
    circle.push(circle);
    const out: string[] = [];
    for (const request of [
      circle,
      { id: 'x'.repeat(20_000_000) },
      () => 1,
      Symbol('x'),
      document.body,
      new Uint8Array(9),
    ])
      try {
        out.push((await api.call('datasets.get', request)).ok ? 'answered' : 'refused');
      } catch {
        out.push('refused'); // the bridge cannot copy it
      }
    return out;
  });
  expect(new Set(bridged)).toEqual(new Set(['refused']));
});

test('a flood of requests is answered, each once', async () => {
  const answered = await page.evaluate(async () => {
    const { api } = window as unknown as { api: { call(name: string, input: unknown): Promise<{ ok: boolean }> } };
    const replies = await Promise.all(
      Array.from({ length: 2000 }, (_, k) => api.call(k % 2 ? 'app.about' : 'no.such', {})),
    );
    return replies.filter(({ ok }) => ok).length;
  });
  expect(answered).toBe(1000);
});
