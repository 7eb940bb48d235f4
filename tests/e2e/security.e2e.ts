import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { launchApp } from '#tests/e2e/support/launch.ts';

/** A window that asks for a forbidden thing gets refused: every setting of the security chapter, tried from inside. */
let app: ElectronApplication;
let page: Page;
let workspace: string;

test.beforeAll(async ({}, info) => {
  ({ app, page, workspace } = await launchApp({ folder: info.outputPath('security') }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
});
test.afterAll(() => app.close());

interface Reply {
  ok: boolean;
  error?: { code: string; message: string };
}
const call = (name: unknown, input: unknown): Promise<Reply> =>
  page.evaluate(
    ([callName, callInput]) =>
      (window as unknown as { api: { call(n: unknown, i: unknown): Promise<Reply> } }).api.call(callName, callInput),
    [name, input] as const,
  );

test('the window has no Node, and nothing of Electron but four functions', async () => {
  const seen = await page.evaluate(() => ({
    require: typeof (globalThis as Record<string, unknown>)['require'],
    process: typeof (globalThis as Record<string, unknown>)['process'],
    electron: typeof (globalThis as Record<string, unknown>)['electron'],
    api: Object.keys((window as unknown as { api: object }).api).sort(),
  }));
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    electron: 'undefined',
    api: ['call', 'grantDropped', 'platform', 'subscribe'],
  });
});

test('the window is sandboxed and isolated', async () => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // Not in Electron's types: the preferences that were in force when the window was made.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('the page comes from app:// with a strict policy', async () => {
  expect(page.url()).toMatch(/^app:\/\/refract\//);
  const policy = await page.evaluate(async () =>
    (await fetch('app://refract/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe-eval');
});

test('no code from text: eval, Function and inline scripts are refused', async () => {
  const tried = await page.evaluate(async () => {
    const attempt = (work: () => unknown): string => {
      try {
        work();
        return 'ran';
      } catch (error) {
        return error instanceof Error ? error.name : 'threw';
      }
    };
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return {
      eval: attempt(() => (0, eval)('1 + 1')),
      function: attempt(() => Reflect.construct(Function, ['return 1'])),
      inline: (window as unknown as { inlineRan?: boolean }).inlineRan ?? false,
    };
  });
  expect(tried).toEqual({ eval: 'EvalError', function: 'EvalError', inline: false });
});

test('nothing leaves the window: no request, no remote picture, no file', async () => {
  const refused = await page.evaluate(async () => {
    const fetched = async (url: string) => {
      try {
        await fetch(url);
        return 'fetched';
      } catch {
        return 'refused';
      }
    };
    const picture = (url: string) =>
      new Promise<string>((resolve) => {
        const image = new Image();
        image.onload = () => {
          resolve('loaded');
        };
        image.onerror = () => {
          resolve('refused');
        };
        image.src = url;
      });
    return Promise.all([
      fetched('https://example.org/'),
      fetched('http://127.0.0.1:9/'),
      fetched('file:///etc/hostname'),
      picture('https://example.org/x.png'),
      picture('file:///usr/share/pixmaps/x.png'),
    ]);
  });
  expect(refused).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
});

test('requests are refused below the page policy too', async () => {
  const outcome = await app.evaluate(async ({ net, session }) => {
    // net.request with the window's session passes the session's filter, and no page policy.
    return new Promise<string>((resolve) => {
      const request = net.request({ url: 'https://example.org/', session: session.defaultSession });
      request.on('response', () => {
        resolve('answered');
      });
      request.on('error', (error) => {
        resolve(error.message);
      });
      request.end();
    });
  });
  expect(outcome).toContain('BLOCKED_BY_CLIENT');
});

test('a path that leaves the renderer folder is not served', async () => {
  const statuses = await page.evaluate(async () => {
    const urls = [
      'app://refract/..%2f..%2fpackage.json',
      'app://refract/%2e%2e/package.json',
      'app://refract/main.cjs',
    ];
    return Promise.all(urls.map(async (url) => (await fetch(url)).status));
  });
  expect(statuses).toEqual([404, 404, 404]);
});

test('the window neither navigates away nor opens another one', async () => {
  const before = page.url();
  const opened = await page.evaluate(() => window.open('https://example.org/') === null);
  await page.evaluate(() => {
    window.location.href = 'https://example.org/';
  });
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    window.location.href = 'file:///etc/hostname';
  });
  await page.waitForTimeout(300);
  expect(opened).toBe(true);
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
});

test('permissions are denied', async () => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'];
    return Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    );
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
  const position = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => {
            resolve('told');
          },
          (error) => {
            resolve(error.code === 1 ? 'denied' : 'failed');
          },
        );
      }),
  );
  expect(position).toBe('denied');
});

test('only calls of the contract pass, and only with a request of their form', async () => {
  for (const name of ['fs.readFile', '__proto__', 'constructor', 'toString', 'app.about ', '', 'jobs.progress', 7])
    expect(await call(name, {}), String(name)).toMatchObject({ ok: false, error: { code: 'app.forbidden' } });
  expect(await call('app.about', { extra: 1 })).toMatchObject({ ok: false, error: { code: 'app.bad-request' } });
  expect(await call('datasets.get', { id: '../../etc/passwd' })).toMatchObject({
    ok: false,
    error: { code: 'app.bad-request' },
  });
  expect(await call('app.about', {})).toMatchObject({ ok: true });
});

test('a file that nobody chose cannot be named', async () => {
  const forged = 'grant_0123456789abcdef';
  expect(await call('files.save', { file: forged, data: 'x' })).toMatchObject({
    ok: false,
    error: { code: 'app.forbidden' },
  });
  expect(await call('files.save', { file: '/tmp/x', data: 'x' })).toMatchObject({
    ok: false,
    error: { code: 'app.bad-request' },
  });
  expect(await call('datasets.inspect', { files: [forged] })).toMatchObject({
    ok: false,
    error: { code: 'app.forbidden' },
  });
  // A File that a script made has no path behind it, and so yields no grant.
  const made = await page.evaluate(() =>
    (window as unknown as { api: { grantDropped(files: File[]): Promise<unknown[]> } }).api
      .grantDropped([new File(['secret'], '/etc/hostname')])
      .catch(() => []),
  );
  expect(made).toEqual([]);
});

test('the engine opens no port', () => {
  const engines = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandLine(pid).includes('engine.mjs') && commandLine(pid).includes(workspace));
  expect(engines).toHaveLength(1);
  const listening = new Set(
    ['tcp', 'tcp6'].flatMap((table) =>
      readFileSync(`/proc/net/${table}`, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[3] === '0A')
        .map((fields) => `socket:[${fields[9] ?? ''}]`),
    ),
  );
  // The driver of this test has main listen for it; a forked engine inherits that socket and opens none of its own.
  const ofMain = new Set(socketsOf(String(app.process().pid)));
  const own = engines.flatMap(socketsOf).filter((socket) => listening.has(socket) && !ofMain.has(socket));
  expect(own).toEqual([]);
});

/** What the file descriptors of a process point at. */
function socketsOf(pid: string): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return []; // closed in between
    }
  });
}

function commandLine(pid: string): string {
  const file = `/proc/${pid}/cmdline`;
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  } catch {
    return ''; // the process ended in between
  }
}
