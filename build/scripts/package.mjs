/**
 * `npm run package`: builds the application and packs it with electron-builder, from the Electron that is available.
 *
 *   npm run package                    an unpacked application and an archive (Linux); other systems: --targets
 *   npm run package -- --targets AppImage,deb      the named targets of electron-builder.yml (downloads their tools)
 *   npm run package -- --for-tests     the unpacked application only, into out/test, with the inspector switched on
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { checkLicences } from './licences.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { continueOnNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { collect } from './lib/run.mjs';
import { duration, say } from './lib/say.mjs';
import { explain, main, Stop } from './lib/stop.mjs';
import { isOnPath } from './lib/systemLibraries.mjs';
import { provision } from './provision.mjs';

/**
 * What only this computer knows; electron-builder lays it over electron-builder.yml.
 * @param electron the Electron to pack
 */
export function packagingOverrides(electron, { forTests = false } = {}) {
  return {
    electronVersion: electron.version,
    electronDist: relative(root, electron.folder),
    directories: { output: forTests ? 'out/test' : 'out/release' },
    electronFuses: {
      enableNodeCliInspectArguments: forTests,
      // Electron has the integrity check on macOS and Windows only.
      enableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
      // Electron 25 does not know this fuse, and electron-builder does not take a setting back.
      ...(electron.kind === 'pinned' ? { grantFileProtocolExtraPrivileges: false } : {}),
    },
  };
}

/** Packs an unpacked application. Returns its folder. */
export async function packDirectory(electron, options = {}) {
  checkLicences();
  const started = Date.now();
  const config = packagingOverrides(electron, options);
  const output = join(root, config.directories.output);
  rmSync(join(output, 'linux-unpacked'), { recursive: true, force: true });
  await runElectronBuilder(config, ['dir']);
  const folder = readdirSync(output).find((name) => name.includes('unpacked') || name.startsWith('mac'));
  if (folder === undefined) throw new Stop(`electron-builder left no application in ${relative(root, output)}.`);
  // An application that `npm start` laid into the test runtime came along.
  rmSync(join(output, folder, 'resources', 'app'), { recursive: true, force: true });
  say(
    `Packed ${relative(root, join(output, folder))} (${megabytes(sizeOf(join(output, folder)))}) in ${duration(Date.now() - started)}.`,
  );
  return join(output, folder);
}

async function runElectronBuilder(config, targets) {
  const { build: pack, Platform } = await import('electron-builder');
  const platform = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC }[process.platform];
  // electron-builder asks npm for the tree of packages: npm must find the Node that runs this script.
  const path = `${dirname(process.execPath)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
  Object.assign(process.env, { PATH: path, npm_config_loglevel: 'error' });
  await pack({ projectDir: root, targets: platform.createTarget(targets), config, publish: 'never' });
}

/** The archive of an unpacked application: electron-builder's own where its archive tool is there, else tar's. */
async function packArchive(electron, folder) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(dirname(folder), `${name}-${version}-linux-${process.arch}.tar.gz`);
  const started = Date.now();
  if (isOnPath('7za')) {
    const config = packagingOverrides(electron);
    config.artifactName = `${name}-\${version}-\${os}-${process.arch}.\${ext}`;
    const { build: pack, Platform } = await import('electron-builder');
    // Without a level it compresses for minutes to gain a few per cent.
    process.env.ELECTRON_BUILDER_7ZIP_PATH ??= await whereIs('7za');
    process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ??= '1';
    await pack({
      projectDir: root,
      prepackaged: folder,
      targets: Platform.LINUX.createTarget(['tar.gz']),
      config,
      publish: 'never',
    });
  } else {
    say('7za is not installed (Debian package p7zip-full): the archive is made with tar instead.');
    rmSync(file, { force: true });
    const { code, output } = await collect(
      'tar',
      ['--transform', `s,^\\./,${name}-${version}/,`, '-cf', file, '-I', 'gzip -1', '.'],
      { cwd: folder },
    );
    if (code !== 0) throw explain('The archive could not be made', output);
  }
  if (!existsSync(file)) throw new Stop(`The archive ${relative(root, file)} was not made.`);
  say(`Packed ${relative(root, file)} (${megabytes(statSync(file).size)}) in ${duration(Date.now() - started)}.`);
}

async function whereIs(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

function sizeOf(path) {
  const { size } = statSync(path);
  if (!statSync(path).isDirectory()) return size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const code = await continueOnNode(process.argv[1]);
    if (code !== undefined) return code;
    const { node } = await provision();
    const electron = await ensureElectron(node);
    await build();
    const forTests = process.argv.includes('--for-tests');
    const targets = process.argv.includes('--targets')
      ? process.argv[process.argv.indexOf('--targets') + 1]
      : undefined;
    if (targets !== undefined) {
      if (electron.kind === 'test-runtime')
        throw new Stop(
          'Releases are made with the pinned Electron, and github.com cannot be reached from here. Without --targets, an application for tests is made from the test runtime.',
        );
      checkLicences();
      await runElectronBuilder(packagingOverrides(electron), targets.split(','));
      return 0;
    }
    const folder = await packDirectory(electron, { forTests });
    if (!forTests && process.platform === 'linux') await packArchive(electron, folder);
    if (electron.kind === 'test-runtime')
      say(`Made with the test runtime (Electron ${electron.version}): for trying out, not for distribution.`);
    return 0;
  });
}
