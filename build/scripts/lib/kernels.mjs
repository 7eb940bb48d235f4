import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from './inputs.mjs';
import { root } from './paths.mjs';
import { duration, say, sayUnchanged } from './say.mjs';
import { explain } from './stop.mjs';

const SOURCES = ['core/kernels/assembly', 'build/scripts/lib/kernels.mjs', 'node_modules/assemblyscript/package.json'];
const OUTPUT = join(root, 'core', 'kernels', 'binaries.ts');

/** All builds import their memory. */
const COMMON = [
  ...['--runtime', 'stub', '--importMemory', '--initialMemory', '16', '--maximumMemory', '65536'],
  ...['--enable', 'simd', '-O3', '--noAssert', '--use', 'abort='],
];
/** All threads can share the memory. Copying to and from such memory is slower, so there are builds without. */
const SHARED = ['--sharedMemory', '--enable', 'threads'];
const RELAXED = ['--enable', 'relaxed-simd'];

/**
 * Compiles the numeric kernels (AssemblyScript) to WebAssembly and writes all builds, as text, into one TypeScript
 * file, so that every thread and every test can load them without looking for files. Needs the dependencies.
 */
export async function ensureKernels() {
  const digest = digestOf(SOURCES);
  if (existsSync(OUTPUT) && readFileSync(OUTPUT, 'utf8').includes(digest)) {
    sayUnchanged('Numeric kernels: up to date.');
    return;
  }
  const started = Date.now();
  const relaxed = await compile([...SHARED, ...RELAXED]);
  const plain = await compile(SHARED);
  const relaxedLocal = await compile(RELAXED);
  const plainLocal = await compile([]);
  const text = [
    `// Made from core/kernels/assembly by the build. Digest of the sources: ${digest}`,
    '',
    '/** With relaxed SIMD: multiply and add in one instruction. */',
    `export const relaxedBinary =\n  '${relaxed}';`,
    '',
    '/** For engines without it. */',
    `export const plainBinary =\n  '${plain}';`,
    '',
    '/** The two for a memory that one thread has for itself. */',
    `export const relaxedLocalBinary =\n  '${relaxedLocal}';`,
    `export const plainLocalBinary =\n  '${plainLocal}';`,
    '',
  ].join('\n');
  writeFileSync(`${OUTPUT}.part`, text);
  renameSync(`${OUTPUT}.part`, OUTPUT);
  say(`Numeric kernels: compiled in ${duration(Date.now() - started)}.`);
}

/** @returns {Promise<string>} the module in base64 */
async function compile(flags) {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(
    ['core/kernels/assembly/index.ts', '--outFile', 'kernels.wasm', ...COMMON, ...flags],
    {
      readFile: (name, base) => (existsSync(join(base, name)) ? readFileSync(join(base, name), 'utf8') : null),
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === undefined)
    throw explain('The numeric kernels could not be compiled', `${String(error)}\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

/** Before tests, so that the kernels follow their sources also when one file is run by itself. */
export const setup = ensureKernels;
