import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { app, BrowserWindow, ipcMain, Menu, session } from 'electron';
import { z } from 'zod';
import type { StreamName } from '#core/contract/contract.ts';
import { registerAppScheme, serveApp } from '#electron/main/appProtocol.ts';
import { granted } from '#electron/main/dialogs.ts';
import { canHostEngine, startEngineProcess } from '#electron/main/engineProcess.ts';
import { superviseEngine } from '#electron/main/engineSupervisor.ts';
import { logErrorOutput } from '#electron/main/log/logErrorOutput.ts';
import { logRunEvent } from '#electron/main/log/logRunEvents.ts';
import { openLog } from '#electron/main/log/openLog.ts';
import { watchProcesses } from '#electron/main/log/watchProcesses.ts';
import { openMainWindow } from '#electron/main/mainWindow.ts';
import { applicationMenu } from '#electron/main/menu.ts';
import { reviveWindow } from '#electron/main/reviveWindow.ts';
import { secureContents, secureSession } from '#electron/main/secureSession.ts';
import { silence } from '#electron/main/silence.ts';
import { streamBatches } from '#electron/main/streamBatches.ts';
import { answerWindow, requireTrustedSender } from '#electron/main/shellCalls.ts';
import { errorFacts } from '#electron/policy/errorFacts.ts';
import { fileGrants } from '#electron/policy/fileGrants.ts';

/** Life cycle: one instance, one window, one engine beside it. */
const env = process.env;
if (env['REFRACT_USER_DATA'] !== undefined) app.setPath('userData', env['REFRACT_USER_DATA']);
silence(app);
registerAppScheme();
secureContents(app);
if (!app.requestSingleInstanceLock()) app.quit();
else void app.whenReady().then(start);

function start(): void {
  const dist = __dirname; // this file is bundled into dist/main.cjs
  const log = openLog(app.getPath('userData'));
  log.write('info', 'app.started', {
    version: app.getVersion(),
    packaged: app.isPackaged,
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    platform: `${process.platform}-${process.arch}`,
    pid: process.pid,
  });
  watchProcesses(app, log);
  secureSession(session.defaultSession);
  serveApp(join(dist, 'renderer'));

  const openWindow = (): BrowserWindow => {
    const opened = openMainWindow(join(dist, 'preload.cjs'), join(resourcesFolder(dist), 'icons', 'icon.png'));
    reviveWindow(opened, log);
    return opened;
  };
  let window = openWindow();
  const send = (name: StreamName, values: readonly unknown[]) => {
    if (!window.isDestroyed()) window.webContents.send(`refract:stream:${name}`, values);
  };
  const told = streamBatches((name, values) => {
    send(name as StreamName, values); // the engine sends streams of the contract only
  });
  const grants = fileGrants(() => randomBytes(8).toString('hex'));
  const engine = superviseEngine(
    () => {
      const started = startEngineProcess(
        engineFile(dist),
        {
          workspace: env['REFRACT_WORKSPACE'] ?? join(homedir(), 'Refract'),
          resources: resourcesFolder(dist),
          appVersion: app.getVersion(),
          workers: null,
        },
        env['REFRACT_NODE'],
      );
      logErrorOutput(log, 'engine', started.stderr);
      return started;
    },
    {
      onState: (state) => {
        told.flush(); // what the engine told before
        send('engine.states', [state]);
      },
      onLife: (life) => {
        if (life.event === 'refused') log.write('error', 'engine.refused', { ...errorFacts(life.error) });
        else if (life.event === 'ended')
          log.write(life.why === 'crash' ? 'error' : 'info', 'engine.ended', {
            why: life.why,
            exitCode: life.exitCode,
          });
        else log.write('info', `engine.${life.event}`, { ...life, event: undefined });
      },
      onEvent: (name, value) => {
        logRunEvent(log, name, value);
        told.push(name, value);
      },
    },
  );

  ipcMain.handle('refract:call', (event, name: unknown, input: unknown) =>
    answerWindow({ window: () => window, grants, engine, log }, event, name, input),
  );
  ipcMain.handle('refract:grant', (event, paths: unknown) => {
    requireTrustedSender(event, window);
    return DroppedPaths.parse(paths).map((path) => granted(grants, path, 'read'));
  });
  Menu.setApplicationMenu(
    applicationMenu((command) => {
      send('menu.commands', [{ command }]);
    }, process.platform === 'darwin'),
  );

  // What the second one was started with is not looked at: a shortcut or a link cannot steer this one.
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) window = openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void engine.close().finally(() => {
      log.write('info', 'app.ended');
      closed = true;
      app.quit();
    });
  });
}

/** Only the preload sends these, from File objects of a drop; a path that is none is refused all the same. */
const DroppedPaths = z.array(z.string().min(1).max(32_768).refine(isAbsolute)).max(20_000);

/** A plain Node (development, tests) cannot read inside the archive: its copy of the engine lies unpacked beside it. */
function engineFile(dist: string): string {
  const file = join(dist, 'engine.mjs');
  return canHostEngine(process.versions['napi']) ? file : file.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}

function resourcesFolder(dist: string): string {
  if (app.isPackaged && env['REFRACT_RESOURCES'] === undefined) return join(process.resourcesPath, 'resources');
  return env['REFRACT_RESOURCES'] ?? join(dist, '..', 'resources');
}
