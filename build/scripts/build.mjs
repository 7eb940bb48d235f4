/**
 * Builds what runs: main, preload, engine, worker and command line with esbuild, the window with Vite, into `dist/`.
 * A part whose inputs are unchanged is left alone.
 *
 *   node build/scripts/build.mjs [--only engine|shell|renderer] [--force]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exclusive } from './lib/exclusive.mjs';
import { digestOf } from './lib/inputs.mjs';
import { continueOnNode } from './lib/node.mjs';
import { root, toolchain } from './lib/paths.mjs';
import { duration, say, sayUnchanged, speakQuietly } from './lib/say.mjs';
import { main, Stop } from './lib/stop.mjs';

const SHARED_INPUTS = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'core',
  'build/scripts/build.mjs',
];

/**
 * Node 22 and not 24: on macOS the engine may run on a Node of the user's. Nothing that is younger is lost by it.
 * The two packages with native binaries stay outside and are found in node_modules.
 */
const engineOptions = {
  format: 'esm',
  target: 'node22.14',
  external: ['better-sqlite3', 'onnxruntime-node'],
  // Bundled CommonJS packages call require, which a module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};
/** Electron 25, the oldest runtime the window is tested in, is Node 18 and Chrome 114. */
const mainOptions = { format: 'cjs', target: 'node18', external: ['electron'] };
const preloadOptions = { format: 'cjs', target: 'chrome114', external: ['electron'] };

const PARTS = {
  engine: {
    inputs: [...SHARED_INPUTS, 'electron/engine', 'electron/cli', 'electron/ipc'],
    build: () =>
      bundle('engine', [
        ['electron/engine/main.ts', 'engine.mjs', engineOptions],
        ['electron/engine/worker.ts', 'worker.mjs', engineOptions],
        ['electron/cli/main.ts', 'cli.mjs', engineOptions],
      ]),
    outputs: ['engine.mjs', 'worker.mjs', 'cli.mjs'],
  },
  shell: {
    inputs: [...SHARED_INPUTS, 'electron'],
    build: () =>
      bundle('shell', [
        ['electron/main/main.ts', 'main.cjs', mainOptions],
        ['electron/preload/preload.ts', 'preload.cjs', preloadOptions],
      ]),
    outputs: ['main.cjs', 'preload.cjs'],
  },
  renderer: {
    inputs: [...SHARED_INPUTS, 'renderer', 'vite.config.ts'],
    build: buildRenderer,
    outputs: ['renderer/index.html'],
  },
};

/**
 * Builds the named parts. Must run on a Node that has the dependencies (see provision.mjs).
 * @param {('engine' | 'shell' | 'renderer')[]} names all of them by default
 */
export async function build(names = Object.keys(PARTS), { force = false } = {}) {
  await exclusive(join(toolchain, 'build.lock'), async () => {
    for (const name of names) await buildPart(name, force);
  });
}

async function buildPart(name, force) {
  const part = PARTS[name];
  if (part === undefined)
    throw new Stop(`There is no part "${name}" to build. Choose from: ${Object.keys(PARTS).join(', ')}.`);
  const stamp = join(root, 'dist', `.${name}.sha256`);
  const digest = `${digestOf(part.inputs)} ${revision() ?? ''}`;
  const isComplete = part.outputs.every((file) => existsSync(join(root, 'dist', file)));
  if (!force && isComplete && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
    sayUnchanged(`Build of the ${name}: up to date.`);
    return;
  }
  const started = Date.now();
  mkdirSync(join(root, 'dist'), { recursive: true });
  rmSync(stamp, { force: true });
  await part.build();
  writeFileSync(stamp, digest);
  say(`Built the ${name} in ${duration(Date.now() - started)}.`);
}

/** Bundles the files of a part and writes down which packages went into them, for the licence gate. */
async function bundle(part, entries) {
  const packages = new Set();
  const esbuild = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const [source, file, options] of entries) {
    if (!existsSync(join(root, source))) throw new Stop(`${source} is missing: it cannot be built.`);
    const { metafile } = await esbuild.build({
      entryPoints: [join(root, source)],
      outfile: join(root, 'dist', file),
      absWorkingDir: root,
      bundle: true,
      metafile: true,
      platform: 'node',
      sourcemap: true,
      legalComments: 'linked',
      logLevel: 'warning',
      define: { __APP_VERSION__: JSON.stringify(version), __APP_REVISION__: JSON.stringify(revision()) },
      ...options,
    });
    for (const input of Object.keys(metafile.inputs)) {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
      if (folder !== undefined) packages.add(folder);
    }
  }
  writeFileSync(join(root, 'dist', `.${part}-packages.json`), JSON.stringify([...packages].sort()));
}

/** Of the source; null outside a repository. */
function revision() {
  const found = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  const inside = spawnSync('git', ['rev-parse', '--show-toplevel'], { cwd: root, encoding: 'utf8' });
  return found.status === 0 && inside.stdout.trim() === root ? found.stdout.trim() : null;
}

async function buildRenderer() {
  const vite = await import('vite');
  await vite.build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    if (process.argv.includes('--quiet')) speakQuietly();
    const code = await continueOnNode(process.argv[1]);
    if (code !== undefined) return code;
    const only = process.argv[process.argv.indexOf('--only') + 1];
    const names = process.argv.includes('--only') ? [only] : undefined;
    await build(names, { force: process.argv.includes('--force') });
  });
}
