import type { App, WebContents } from 'electron';
import type { EventLog } from '#electron/main/log/eventLog.ts';
import { stackFacts, thrownFacts } from '#electron/policy/errorFacts.ts';

/** Writes down what goes wrong around the window: processes that end, pages that hang, errors nobody caught. */
export function watchProcesses(app: App, log: EventLog): void {
  // Only looks on: what happens then stays Electron's decision.
  process.on('uncaughtExceptionMonitor', (error) => {
    log.write('error', 'main.uncaught', { ...thrownFacts(error) });
  });
  process.on('unhandledRejection', (reason) => {
    log.write('error', 'main.unhandled', { ...thrownFacts(reason) });
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.write('warn', 'process.gone', { type, reason, exitCode });
  });
  app.on('web-contents-created', (_event, contents) => {
    contents.on('unresponsive', () => {
      log.write('warn', 'window.unresponsive');
    });
    contents.on('responsive', () => {
      log.write('info', 'window.responsive');
    });
    contents.on('preload-error', (_failed, _path, error) => {
      log.write('error', 'window.preload', { ...thrownFacts(error) });
    });
    contents.on('did-fail-load', (_failed, errorCode, _description, _url, isMainFrame) => {
      if (errorCode !== ABORTED) log.write('warn', 'window.load', { errorCode, isMainFrame });
    });
    logConsoleErrors(contents, log);
  });
}

/** What the page reports as an error: its class and its place in our files. */
function logConsoleErrors(contents: WebContents, log: EventLog): void {
  // Electron before 34 passes level and text one by one; its level 3 is an error.
  contents.on('console-message', (event: unknown, ...older: readonly unknown[]) => {
    const newer = Object(event) as { level?: unknown; message?: unknown; lineNumber?: unknown; sourceId?: unknown };
    const [level, message, line, source] =
      typeof newer.level === 'string' ? [newer.level, newer.message, newer.lineNumber, newer.sourceId] : older;
    if (level !== 'error' && level !== 3) return;
    const refused = typeof message === 'string' && message.includes('Content Security Policy');
    log.write('warn', refused ? 'window.refused-by-policy' : 'window.error', {
      ...stackFacts(String(message).replace(/^Uncaught (?:\(in promise\) )?/, '')),
      at: stackFacts(`${String(source)}:${String(line)}`).at,
    });
  });
}

/** A page that was reloaded or replaced while it loaded. */
const ABORTED = -3;
