/**
 * Sets up what this computer lacks: Node for the engine, the dependencies, the compiled kernels, an Electron, the
 * system libraries of the window. Needs Node 20 or newer and npm, uses Node's own modules only, and does nothing twice.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { exclusive } from './lib/exclusive.mjs';
import { ensureKernels } from './lib/kernels.mjs';
import { ensureNode } from './lib/node.mjs';
import { toolchain } from './lib/paths.mjs';
import { main } from './lib/stop.mjs';
import { ensureSystemLibraries } from './lib/systemLibraries.mjs';

/**
 * @param {{electron?: boolean, screen?: boolean}} wanted electron: something that opens windows; screen: a virtual
 *   screen too, where there is no real one
 * @returns the Node to run the engine with and, when asked for, the Electron
 */
export async function provision({ electron = false, screen = false } = {}) {
  return await exclusive(join(toolchain, 'provision.lock'), async () => {
    const node = await ensureNode();
    await ensureDependencies(node);
    await ensureKernels();
    if (!electron) return { node };
    const runtime = await ensureElectron(node);
    await ensureSystemLibraries(runtime.executable, { withScreen: screen });
    return { node, electron: runtime };
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await provision({ electron: true, screen: process.argv.includes('--screen') });
  });
}
