import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { listenLocally, type LocalListener } from '#tests/e2e/support/localListener.ts';

/** The window stays the one window on the one page, and the desktop around it is out of reach. */
let app: ElectronApplication;
let page: Page;
let folder: string;
let listener: LocalListener;
let home: string;

test.beforeAll(async ({}, info) => {
  folder = info.outputPath('escape');
  listener = await listenLocally();
  ({ app, page } = await launchApp({ folder }));
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i);
  home = page.url();
  // Whatever the desktop would be asked to open is noted and not opened.
  await app.evaluate(({ shell, app: electron }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    shell.openExternal = (url) => Promise.resolve(void asked.push(url));
    shell.openPath = (path) => Promise.resolve((asked.push(path), ''));
    electron.on('browser-window-created', () => void asked.push('a window'));
    electron.on('web-contents-created', (_event, contents) => void asked.push(`contents of a ${contents.getType()}`));
  });
});
test.afterAll(async () => {
  await app.close();
  await listener.close();
});
test.afterEach(async () => {
  await page.waitForTimeout(250);
  expect(page.url()).toBe(home);
  expect(app.windows()).toHaveLength(1);
  // Asked directly: the driver waits for ever for the end of a navigation that was refused.
  expect(await engineState()).toBe('ready');
  expect(await app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual([]);
  expect(listener.heard).toEqual([]);
});

const engineState = (): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="engine-state"]')?.dataset['state']);
const http = (path = ''): string => `http://127.0.0.1:${listener.tcpPort}/${path}`;
const elsewhere = (): string[] => [
  http('away'),
  'https://example.org/',
  'file:///etc/hostname',
  'data:text/html,<h1>away</h1>',
  'javascript:document.body.textContent="away"',
  'chrome://gpu/',
  'devtools://devtools/bundled/inspector.html',
  'view-source:app://refract/index.html',
  'app://other/index.html',
  'mailto:a@example.org',
  'refract://open?x=1',
];

// First: after some hundreds of attempts to leave, as below, Chromium itself slows a page down.
test('an empty page in its place is replaced by the application', async () => {
  await page.evaluate(() => {
    document.body.dataset['before'] = 'yes';
    setTimeout(() => window.open('about:blank', '_self'), 10);
  });
  // While the page is replaced a question may hit either of the two.
  await expect(async () => {
    expect(await page.evaluate(() => document.body.dataset['before'] ?? 'gone')).toBe('gone');
    expect(await engineState()).toBe('ready');
  }).toPass({ timeout: 15_000 });
});

test('no assignment of an address leads away', async () => {
  for (const url of elsewhere())
    await page.evaluate(async (target) => {
      const ways = [
        () => (window.location.href = target),
        () => {
          window.location.assign(target);
        },
        () => {
          window.location.replace(target);
        },
        () => window.open(target, '_self'),
        () => window.open(target, '_top'),
        () => (document.location.href = target),
      ];
      for (const way of ways)
        try {
          way();
          await new Promise((resolve) => setTimeout(resolve, 10));
        } catch {
          // refused at once
        }
    }, url);
});

test('no link, form, refresh or history entry leads away', async () => {
  for (const url of elsewhere().filter((one) => !one.startsWith('javascript:')))
    await page.evaluate(async (target) => {
      const holder = document.createElement('div');
      document.body.append(holder);
      for (const where of ['', '_top', '_blank', 'other']) {
        const link = document.createElement('a');
        link.href = target;
        link.target = where;
        link.ping = target;
        holder.append(link);
        link.click();
        link.dispatchEvent(new MouseEvent('click', { button: 1, bubbles: true, cancelable: true }));
        link.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true }));
        link.dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true, cancelable: true }));
        for (const method of ['get', 'post']) {
          const form = document.createElement('form');
          Object.assign(form, { action: target, method, target: where });
          holder.append(form);
          form.submit();
        }
      }
      const refresh = document.createElement('meta');
      refresh.httpEquiv = 'refresh';
      refresh.content = `0; url=${target}`;
      document.head.append(refresh);
      try {
        history.pushState(null, '', target);
      } catch {
        // another origin
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
      holder.remove();
      refresh.remove();
    }, url);
  await page.evaluate(async () => {
    history.back();
    history.forward();
    history.go(-3);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
});

test('a real middle click, shift click and Ctrl click on a link open nothing', async () => {
  await page.evaluate((target) => {
    const link = document.createElement('a');
    link.href = target;
    link.id = 'away';
    link.textContent = 'away';
    link.style.cssText = 'position:fixed;left:400px;top:300px;width:200px;height:80px;z-index:99999;background:red';
    document.body.append(link);
  }, http('link'));
  for (const key of [null, 'Shift', 'Control', 'Alt']) {
    if (key !== null) await page.keyboard.down(key);
    await page.mouse.click(500, 340);
    if (key !== null) await page.keyboard.up(key);
  }
  await page.mouse.click(500, 340, { button: 'middle' });
  await page.keyboard.press('Escape');
  await page.evaluate(() => {
    document.querySelector('#away')?.remove();
  });
});

test('no window opens: window.open, print of another page, an opener', async () => {
  const opened = await page.evaluate(
    (urls) => [...urls, '', 'about:blank', 'app://refract/index.html'].filter((url) => window.open(url) !== null),
    elsewhere(),
  );
  expect(opened).toEqual([]);
});

test('an embedded view stays an unknown element', async () => {
  const kind = await page.evaluate(async (url) => {
    const view = document.createElement('webview');
    view.setAttribute('src', url);
    view.setAttribute('nodeintegration', '');
    document.body.append(view);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const loads = 'loadURL' in view || 'getWebContentsId' in view;
    view.remove();
    return loads;
  }, http('view'));
  expect(kind).toBe(false);
});

test('nothing is downloaded', async () => {
  const before = downloads();
  await page.evaluate(async (remote) => {
    for (const href of [
      URL.createObjectURL(new Blob(['x'], { type: 'application/octet-stream' })),
      'data:application/octet-stream,x',
      'app://refract/index.html',
      remote,
    ]) {
      const link = document.createElement('a');
      link.href = href;
      link.download = 'planted.desktop';
      document.body.append(link);
      link.click();
      link.remove();
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }, http('file'));
  expect(downloads()).toEqual(before);
});

/** Where Chromium would put a file that it saves without asking. */
const downloads = (): string[] =>
  [join(process.env['HOME'] ?? folder, 'Downloads'), process.env['HOME'] ?? folder, folder]
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path).filter((name) => name.includes('planted')));

test('every permission is denied but writing to the clipboard', async () => {
  const states = await page.evaluate(async () => {
    const names = [
      ...['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write'],
      ...['accelerometer', 'gyroscope', 'magnetometer', 'ambient-light-sensor', 'background-sync', 'payment-handler'],
      ...['persistent-storage', 'screen-wake-lock', 'local-fonts', 'storage-access', 'window-management'],
      ...['display-capture', 'idle-detection', 'nfc', 'speaker-selection', 'periodic-background-sync', 'push'],
    ];
    const found: Record<string, string> = {};
    for (const name of names)
      found[name] = await navigator.permissions
        .query({ name: name as PermissionName, ...(name === 'push' ? { userVisibleOnly: true } : {}) })
        .then(({ state }) => state)
        .catch(() => 'unknown');
    return found;
  });
  const granted = Object.entries(states).flatMap(([name, state]) => (state === 'granted' ? [name] : []));
  console.info(
    `Permissions: ${Object.entries(states)
      .map(([name, state]) => `${name} ${state}`)
      .join(', ')}`,
  );
  expect(granted).toEqual(['clipboard-write']);
});

test('every device and every sense is refused when it is asked for', async () => {
  const answers = await page.evaluate(async () => {
    interface Devices {
      requestDevice(options: object): Promise<unknown>;
    }
    const device = (name: string): Devices | undefined => (navigator as unknown as Record<string, Devices>)[name];
    const within = async (name: string, ask: () => unknown): Promise<string> => {
      const late = new Promise<string>((resolve) => setTimeout(resolve, 1500, 'no answer'));
      const asked = (async () => {
        try {
          const got = await ask();
          return got === null || got === 'denied' ? 'refused' : `got ${name}`;
        } catch {
          return 'refused';
        }
      })();
      return Promise.race([asked, late]);
    };
    return Promise.all([
      within('camera', () => navigator.mediaDevices.getUserMedia({ video: true })),
      within('microphone', () => navigator.mediaDevices.getUserMedia({ audio: true })),
      within('screen', () => navigator.mediaDevices.getDisplayMedia({ video: true })),
      within('midi', () => navigator.requestMIDIAccess({ sysex: true })),
      within('notification', () => Notification.requestPermission()),
      within('clipboard', () => navigator.clipboard.readText()),
      within('usb', () => device('usb')?.requestDevice({ filters: [] }) ?? null),
      within(
        'hid',
        () =>
          device('hid')
            ?.requestDevice({ filters: [] })
            .then((list) => ((list as unknown[]).length === 0 ? null : list)) ?? null,
      ),
      within('bluetooth', () => device('bluetooth')?.requestDevice({ acceptAllDevices: true }) ?? null),
      within(
        'serial',
        () => (navigator as unknown as { serial?: { requestPort(): Promise<unknown> } }).serial?.requestPort() ?? null,
      ),
      within(
        'position',
        () =>
          new Promise((resolve, reject) => {
            navigator.geolocation.getCurrentPosition(resolve, reject);
          }),
      ),
      within('pointer lock', async () => {
        await (document.body.requestPointerLock() as unknown);
        return document.pointerLockElement;
      }),
      within(
        'idle',
        () =>
          (
            globalThis as unknown as { IdleDetector?: { requestPermission(): Promise<string> } }
          ).IdleDetector?.requestPermission() ?? null,
      ),
      within(
        'fonts',
        () =>
          (window as unknown as { queryLocalFonts?(): Promise<unknown[]> })
            .queryLocalFonts?.()
            .then((list) => (list.length === 0 ? null : list)) ?? null,
      ),
      within(
        'files',
        () => (window as unknown as { showOpenFilePicker?(): Promise<unknown> }).showOpenFilePicker?.() ?? null,
      ),
      within(
        'folder',
        () => (window as unknown as { showDirectoryPicker?(): Promise<unknown> }).showDirectoryPicker?.() ?? null,
      ),
      within('external', () => {
        (navigator as unknown as { registerProtocolHandler(a: string, b: string): void }).registerProtocolHandler(
          'web+x',
          'app://refract/?%s',
        );
        return null;
      }),
    ]);
  });
  expect(answers.filter((answer) => answer !== 'refused')).toEqual([]);
});

test('dropping a file, an address, text or a picture anywhere does not navigate', async () => {
  const file = join(folder, 'dropped.html');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, '<h1>away</h1>');
  const session = await page.context().newCDPSession(page);
  const items = [
    { mimeType: 'text/uri-list', data: http('drop') },
    { mimeType: 'text/plain', data: http('drop') },
    { mimeType: 'text/html', data: '<script>window.dropRan=1</script>' },
  ];
  for (const [x, y] of [
    [5, 5],
    [20, 400],
    [700, 20],
    [700, 450],
    [700, 890],
  ] as const)
    for (const data of [
      { items, dragOperationsMask: 19 },
      { items: [], files: [file], dragOperationsMask: 19 },
    ])
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
  expect(await page.evaluate(() => 'dropRan' in window)).toBe(false);
  await page.keyboard.press('Escape'); // the import dialog of the dropped file
  await page.keyboard.press('Escape');
  await page.reload();
});

test('nothing can be dragged out: pictures, links and selected text start no drag', async () => {
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<div id="bait" style="position:fixed;left:300px;top:300px;z-index:99999;background:#fff">' +
        '<a id="bait-link" href="app://refract/index.html">link</a> <img id="bait-img" width="40" height="40" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=">' +
        '<span id="bait-text" style="user-select:text">some text</span></div>',
    );
    const started: string[] = [];
    Object.assign(window, { started });
    // Behind every listener of the application: what is not refused there would begin.
    window.addEventListener('dragstart', (event) => {
      if (!event.defaultPrevented) started.push((event.target as HTMLElement).nodeName);
    });
  });
  for (const id of ['bait-link', 'bait-img', 'bait-text']) {
    const box = await page.locator(`#${id}`).boundingBox();
    if (box === null) throw new Error(`${id} is not shown.`);
    if (id === 'bait-text') await page.locator('#bait-text').dblclick();
    await page.mouse.move(box.x + 5, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 200, { steps: 8 });
    await page.mouse.move(-50, -50, { steps: 4 });
    await page.mouse.up();
  }
  const started = await page.evaluate(() => (window as unknown as { started: string[] }).started);
  await page.evaluate(() => {
    document.querySelector('#bait')?.remove();
  });
  expect(started).toEqual([]);
});
