import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

/** What `npm test` tells the end-to-end tests through the environment. */
const told = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set. Run the end-to-end tests with: npm test -- e2e`);
  return value;
};

export interface LaunchOptions {
  /** The packaged application instead of the built files. Default: false. */
  readonly packaged?: boolean;
  /** An empty or existing folder that this test owns: workspace and user data go below it. */
  readonly folder: string;
  /** More environment variables for the application. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly workspace: string;
}

const LAUNCH_MS = 45_000;

/**
 * Starts the application in a window of its own and waits for the first page. The workspace (`<folder>/workspace`) and
 * the user data (`<folder>/user-data`) survive `app.close()`, so that a test can start it again on the same ones.
 */
export async function launchApp({ packaged = false, folder, env = {} }: LaunchOptions): Promise<LaunchedApp> {
  const workspace = join(folder, 'workspace');
  const userData = join(folder, 'user-data');
  mkdirSync(workspace, { recursive: true });
  mkdirSync(userData, { recursive: true });

  const executablePath = told(packaged ? 'REFRACT_E2E_PACKAGED' : 'REFRACT_E2E_ELECTRON');
  if (executablePath === '') throw new Error('The packaged application was not made. Run: npm test -- e2e');
  const appPath = packaged ? '' : told('REFRACT_E2E_APP');
  // Chromium has no sandbox for root; only tests may do without it.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const options = {
    executablePath,
    args: [...(appPath === '' ? [] : [appPath]), ...(isRoot ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
    env: {
      ...definedEnvironment(packaged),
      LANG: 'en_US.UTF-8',
      REFRACT_WORKSPACE: workspace,
      REFRACT_USER_DATA: userData,
      ...env,
    },
    timeout: LAUNCH_MS,
  };
  // On a busy machine the debugger's handshake sometimes never ends, long before any code of ours: once more then.
  const app = await _electron.launch(options).catch((error: unknown) => {
    if (!String(error).includes('Timeout')) throw error;
    return _electron.launch(options);
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('domcontentloaded');
  return { app, page, workspace };
}

/** The packaged application must find its own resources; it gets the Node only where its Electron cannot host the engine. */
function definedEnvironment(packaged: boolean): Record<string, string> {
  const withheld = new Set(['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE']);
  if (packaged) withheld.add('REFRACT_RESOURCES');
  if (packaged && process.env['REFRACT_E2E_RUNTIME'] === 'pinned') withheld.add('REFRACT_NODE');
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !withheld.has(entry[0]),
  );
  return Object.fromEntries(entries);
}
