import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol } from 'electron';
import { assetSegments } from '#electron/policy/assetPaths.ts';
import { CONTENT_SECURITY_POLICY } from '#electron/policy/contentSecurity.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Must run before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the renderer's built files at `app://refract/`, each with the content security policy, and nothing else. */
export function serveApp(rendererFolder: string): void {
  protocol.handle('app', async (request) => {
    const segments = request.method === 'GET' ? assetSegments(request.url) : null;
    const type = segments === null ? undefined : TYPES[extname(segments.at(-1) ?? '')];
    if (segments === null || type === undefined) return new Response('Not found', { status: 404 });
    try {
      const body = await readFile(join(rendererFolder, ...segments));
      return new Response(new Uint8Array(body), {
        headers: {
          'content-type': type,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
        },
      });
    } catch {
      return new Response('Not found', { status: 404 }); // the page asked for a file that was not built
    }
  });
}
