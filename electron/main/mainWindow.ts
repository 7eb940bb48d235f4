import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN } from '#electron/policy/navigation.ts';

/** The colours of the first frame, before any style sheet is there; equal to the theme's page colours. */
const PAGE = { light: '#f7f8fa', dark: '#12161c' };

/** Opens the window at once; the engine starts beside it. */
export function openMainWindow(preload: string, icon: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    title: 'Refract',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAGE.dark : PAGE.light,
    webPreferences: {
      preload: join(preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Nobody needs them in the product, and pasting into them is how people are talked into running foreign code.
      devTools: !app.isPackaged,
      // Files come through the application's own dialogs and drops only.
      disableBlinkFeatures: 'FileSystemAccess,FileSystemAccessLocal',
      spellcheck: false,
    },
  });
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
