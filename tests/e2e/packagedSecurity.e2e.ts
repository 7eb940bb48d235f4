import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readFuses, setFuse } from '#tests/e2e/support/fuses.ts';
import { launchApp } from '#tests/e2e/support/launch.ts';
import { networkSockets } from '#tests/e2e/support/processTree.ts';

/** The packaged application against its own command line, environment and folder. */
const packaged = (): string => process.env['REFRACT_E2E_PACKAGED'] ?? '';

test('the fuses of the packaged executable are what the configuration says', () => {
  const fuses = readFuses(packaged());
  console.info(
    `Fuses: ${Object.entries(fuses)
      .map(([name, state]) => `${name} ${state}`)
      .join(', ')}`,
  );
  expect(fuses).toMatchObject({
    runAsNode: 'off',
    cookieEncryption: 'on',
    nodeOptions: 'off',
    nodeCliInspect: 'on', // for the driver of these tests only; the sealed copy below has what is released
    onlyLoadAppFromAsar: 'on',
    asarIntegrity: process.platform === 'linux' ? 'off' : 'on', // Electron checks it on macOS and Windows
    fileProtocolExtraPrivileges: process.env['REFRACT_E2E_RUNTIME'] === 'pinned' ? 'off' : 'unknown to this Electron',
  });
});

test('there are no developer tools: not by key, by menu or by code', async ({}, info) => {
  const { app, page } = await launchApp({ folder: info.outputPath('devtools'), packaged: true });
  await expect(page.getByTestId('engine-state')).toContainText(/ready/i, { timeout: 30_000 });
  for (const keys of ['F12', 'Control+Shift+I', 'Control+Shift+J', 'Control+Shift+C', 'Meta+Alt+I'])
    await page.keyboard.press(keys);
  const seen = await app.evaluate(async ({ BrowserWindow, Menu }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.openDevTools();
    window?.webContents.inspectElement(10, 10);
    window?.webContents.toggleDevTools();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const roles = Menu.getApplicationMenu()?.items.flatMap(
      ({ submenu }) => submenu?.items.map(({ role }) => String(role)) ?? [],
    );
    return { open: window?.webContents.isDevToolsOpened(), roles: roles ?? [] };
  });
  expect(seen.open).toBe(false);
  // Nor what would take the page away from under the person.
  for (const role of ['toggledevtools', 'reload', 'forcereload']) expect(seen.roles).not.toContain(role);
  await app.close();
});

test.describe('sealed as a release is', () => {
  test.describe.configure({ mode: 'serial' });
  let folder: string;
  let executable: string;
  const running: ChildProcess[] = [];

  test.beforeAll(({}, info) => {
    folder = info.outputPath('sealed');
    cpSync(dirname(packaged()), join(folder, 'app'), { recursive: true });
    executable = join(folder, 'app', basename(packaged()));
    setFuse(executable, 'nodeCliInspect', 'off');
    writeFileSync(
      join(folder, 'planted.cjs'),
      `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'ran'))}, 'x');`,
    );
  });
  test.afterEach(async () => {
    for (const child of running.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
  test.afterAll(() => {
    rmSync(join(folder, 'app'), { recursive: true, force: true });
  });

  const log = (name: string): string => {
    const file = join(folder, name, 'logs', 'refract.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  function start(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    mkdirSync(join(folder, name), { recursive: true });
    const isRoot = process.getuid?.() === 0;
    const child = spawn(executable, [...(isRoot ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', ...args], {
      stdio: 'ignore',
      env: {
        ...process.env,
        REFRACT_USER_DATA: join(folder, name),
        REFRACT_WORKSPACE: join(folder, `${name}-workspace`),
        ...env,
      },
    });
    running.push(child);
    return child;
  }
  const ready = (name: string): Promise<void> =>
    expect.poll(() => log(name), { timeout: 40_000 }).toContain('engine.ready');

  test('no debugger listens, whatever the command line asks for', async () => {
    const child = start('switches', [
      '--inspect=0',
      '--inspect-brk=0',
      '--remote-debugging-port=0',
      '--remote-debugging-address=0.0.0.0',
      '--auto-open-devtools-for-tabs',
      `--js-flags=--expose-gc`,
      '--proxy-server=http://127.0.0.1:9',
      `--require=${join(folder, 'planted.cjs')}`,
      '-r',
      join(folder, 'planted.cjs'),
    ]);
    await ready('switches');
    expect(networkSockets(child.pid ?? 0)).toEqual([]);
    expect(existsSync(join(folder, 'switches', 'DevToolsActivePort'))).toBe(false);
  });

  test('the environment cannot make a Node of it or load code into it', async () => {
    const planted = join(folder, 'planted.cjs');
    const child = start('environment', [planted, '-e', `require(${JSON.stringify(planted)})`], {
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: `--require ${planted} --inspect=0`,
      ELECTRON_ENABLE_LOGGING: '1',
    });
    await ready('environment'); // it is the application, not a Node
    expect(networkSockets(child.pid ?? 0)).toEqual([]);
  });

  test('code beside the archive is not loaded', async () => {
    const beside = join(folder, 'app', 'resources', 'app');
    mkdirSync(beside, { recursive: true });
    writeFileSync(join(beside, 'package.json'), '{"name":"planted","main":"main.js"}');
    cpSync(join(folder, 'planted.cjs'), join(beside, 'main.js'));
    try {
      start('beside', []);
      await ready('beside');
    } finally {
      rmSync(beside, { recursive: true });
    }
  });

  test('links, addresses and files on the command line do nothing, of a second start neither', async () => {
    const strange = [
      'refract://open?file=/etc/passwd',
      'file:///etc/passwd',
      '/etc/passwd',
      'https://example.org/',
      'javascript:1',
    ];
    const first = start('links', strange);
    await ready('links');
    const second = start('links', [...strange, '--remote-debugging-port=0', '--inspect=0']);
    const [code] = (await once(second, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(first.exitCode).toBeNull();
    expect(networkSockets(first.pid ?? 0)).toEqual([]);
    expect(log('links').match(/app\.started/g)).toHaveLength(1);
    expect(log('links')).not.toMatch(/passwd|example|call\.failed/);
  });

  test('nothing on the computer is told to open its links or files', () => {
    const builder = readFileSync(join(import.meta.dirname, '..', '..', 'electron-builder.yml'), 'utf8');
    expect(builder).not.toMatch(/protocols|fileAssociations|mimeTypes|MimeType/);
    const main = readFileSync(join(import.meta.dirname, '..', '..', 'dist', 'main.cjs'), 'utf8');
    expect(main).not.toMatch(/setAsDefaultProtocolClient|open-url|openExternal|autoUpdater/);
  });
});
