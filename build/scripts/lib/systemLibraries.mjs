import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { logs } from './paths.mjs';
import { collect } from './run.mjs';
import { say, sayUnchanged } from './say.mjs';
import { explain, Stop } from './stop.mjs';

/** Debian packages of the libraries that a window needs. Where a name changed (Debian 13, Ubuntu 24.04): newest first. */
const WINDOW_PACKAGES = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libxss1'],
  ['libxtst6'],
  ['libdrm2'],
  ['libnotify4'],
  ['fonts-dejavu-core'],
];
/** A screen without a monitor, for tests. */
const SCREEN_PACKAGES = [['xvfb'], ['xauth']];

/**
 * The system libraries of the window (Linux). Installed with apt when this is root on Debian or Ubuntu, else the exact
 * command is the error message.
 * @param executable the Electron to open
 * @param withScreen a virtual screen is needed as well, where there is none
 */
export async function ensureSystemLibraries(executable, { withScreen = false } = {}) {
  if (process.platform !== 'linux') return;
  const missing = await missingLibraries(executable);
  const screenIsMissing = withScreen && !hasDisplay() && !isOnPath('Xvfb');
  if (missing.length === 0 && !screenIsMissing) {
    sayUnchanged('System libraries: complete.');
    return;
  }
  const groups = [...(missing.length > 0 ? WINDOW_PACKAGES : []), ...(screenIsMissing ? SCREEN_PACKAGES : [])];
  const lack = missing.length > 0 ? `the system libraries ${missing.join(', ')}` : 'Xvfb (a screen for the tests)';
  if (!isOnPath('apt-get'))
    throw new Stop(`The window needs ${lack}. Install them with the package manager of this system and start again.`);

  if (process.getuid?.() !== 0) {
    const names = await chooseNames(groups);
    throw new Stop(
      `The window needs ${lack}. Run this once and start again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}\n`,
    );
  }
  say(`Installing ${lack} with apt-get.`);
  await apt(['update']);
  await apt(['install', '-y', '--no-install-recommends', ...(await chooseNames(groups))]);
  const still = await missingLibraries(executable);
  if (still.length > 0)
    throw new Stop(
      `apt-get installed its packages, but ${still.join(', ')} is still missing. Install it by hand and start again.`,
    );
  say('System libraries: installed.');
}

/** True when a window can be shown: X11 or Wayland on Linux, always elsewhere. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

export function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}

async function missingLibraries(executable) {
  const { code, output } = await collect('ldd', [executable]);
  if (code === 0) return [...new Set([...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library))];
  const cache = await collect('ldconfig', ['-p'], {
    env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  });
  if (cache.code !== 0) return []; // Neither tool: let the window say itself what it lacks.
  return NEEDED.filter((library) => !cache.output.includes(library));
}

const NEEDED = ['libgtk-3.so.0', 'libnss3.so', 'libasound.so.2', 'libgbm.so.1', 'libdrm.so.2', 'libXss.so.1'];

async function chooseNames(groups) {
  return await Promise.all(
    groups.map(async (names) => {
      for (const name of names) if (names.length > 1 && (await hasCandidate(name))) return name;
      return names.length > 1 && isSinceRenaming() ? names[0] : names.at(-1);
    }),
  );
}

async function hasCandidate(name) {
  const { code, output } = await collect('apt-cache', ['policy', name], { env: { ...process.env, LC_ALL: 'C' } });
  return code === 0 && /Candidate: (?!\(none\))/.test(output);
}

/** For a machine whose package lists were never fetched, the release tells which name is right. */
function isSinceRenaming() {
  if (!existsSync('/etc/os-release')) return false;
  const release = readFileSync('/etc/os-release', 'utf8');
  const version = Number.parseFloat(/^VERSION_ID="?([\d.]+)/m.exec(release)?.[1] ?? '0');
  return /^ID=ubuntu/m.test(release) ? version >= 24.04 : version >= 13;
}

async function apt(args) {
  const { code, output } = await collect('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  });
  mkdirSync(logs, { recursive: true });
  writeFileSync(join(logs, `apt-${args[0]}.log`), output);
  if (code !== 0) throw explain(`apt-get ${args[0]} failed (its output is in .toolchain/logs)`, output);
}
