import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCli } from './npm.mjs';
import { root, toolchain } from './paths.mjs';
import { collect } from './run.mjs';
import { duration, say, sayUnchanged } from './say.mjs';
import { explain, Stop } from './stop.mjs';

const stamp = join(toolchain, 'dependencies.sha256');
const lockFile = join(root, 'package-lock.json');
/** What npm itself writes down about the packages that it put into node_modules. */
const installedFile = join(root, 'node_modules', '.package-lock.json');

/**
 * The packages of package-lock.json, exactly. No install script runs (`.npmrc`): none is needed, and one of them tries a
 * download that an offline laboratory cannot serve.
 * @param node the Node to run npm with
 */
export async function ensureDependencies(node) {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(installedFile)) {
    const isStamped = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
    if (isStamped || isInstalled()) {
      if (!isStamped) writeStamp(wanted);
      sayUnchanged('Dependencies: up to date.');
      return;
    }
  }
  requireSpace(2e9, 'the dependencies');
  say('Installing the dependencies (npm ci; the first time takes a minute or two).');
  const started = Date.now();
  const { code, output } = await collect(node, [npmCli(), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
  });
  if (code !== 0) throw explain('The dependencies could not be installed', output);
  writeStamp(wanted);
  say(`Dependencies: installed in ${duration(Date.now() - started)}.`);
}

/** Says plainly that a disk is too full, before a download finds out half-way. */
export function requireSpace(bytes, what) {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < bytes)
    throw new Stop(
      `There is too little space for ${what}: ${(bytes / 1e9).toFixed(1)} GB are needed, ${((bavail * bsize) / 1e9).toFixed(1)} GB are free. Free some and start again.`,
    );
}

/** True when every package of the lock file that this computer needs lies in node_modules at its version. */
function isInstalled() {
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  const found = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional === true || found[path]?.version === version,
  );
}

function writeStamp(hash) {
  mkdirSync(toolchain, { recursive: true });
  writeFileSync(stamp, hash);
}
