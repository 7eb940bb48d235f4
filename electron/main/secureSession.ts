import type { App, Session } from 'electron';
import { APP_ORIGIN, mayNavigate, mayRequest } from '#electron/policy/navigation.ts';
import { mayUse } from '#electron/policy/permissions.ts';

/** Denies permissions and network requests for the whole session. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    decide(mayUse(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => mayUse(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !mayRequest(details.url) });
  });
  session.on('will-download', (event) => {
    event.preventDefault(); // files are written by the engine, where the person said so
  });
  session.setSpellCheckerEnabled(false); // it would download dictionaries
}

/** Denies navigation, new windows and embedded views to every page there is or will be. */
export function secureContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    // Calls between browsers pass below requests and page policy: without a proxy, and there is none, they get nowhere.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.on('will-navigate', (event, url) => {
      if (!mayNavigate(url)) event.preventDefault();
    });
    contents.on('will-redirect', (event, url) => {
      if (!mayNavigate(url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (details) => {
      if (!mayNavigate(details.url)) details.preventDefault();
    });
    // An empty page is not a navigation that can be refused; it would leave an empty window.
    contents.on('did-navigate', (_navigated, url) => {
      if (!mayNavigate(url)) void contents.loadURL(`${APP_ORIGIN}/index.html`);
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
