import { dialog, type BrowserWindow } from 'electron';
import type { EventLog } from '#electron/main/log/eventLog.ts';

const MOST_RELOADS = 3;
const WITHIN_MS = 60_000;

/**
 * A window whose process died is loaded again; the engine and its runs have not noticed. One that keeps dying asks the
 * person instead of trying for ever.
 */
export function reviveWindow(window: BrowserWindow, log: EventLog): void {
  const reloads: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.write('error', 'window.gone', { reason, exitCode });
    const now = Date.now();
    const recent = reloads.filter((at) => now - at < WITHIN_MS);
    reloads.splice(0, reloads.length, ...recent, now);
    if (recent.length < MOST_RELOADS) {
      reload();
      return;
    }
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: 'The window stopped several times in a row.',
        detail: 'Nothing that was saved is lost, and a run that is going goes on.',
        buttons: ['Show the window again', 'Close Refract'],
        defaultId: 0,
        cancelId: 1,
      })
      .then(({ response }) => {
        if (response === 0) reload();
        else window.close();
      });
  });

  function reload(): void {
    if (window.isDestroyed()) return;
    log.write('info', 'window.reloaded');
    window.webContents.reload();
  }
}
