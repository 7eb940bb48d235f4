import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository: every script works there, wherever it was started from. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** What set-up downloads or remembers. Ignored by git; deleting it costs one download. */
export const toolchain = join(root, '.toolchain');
export const downloads = join(toolchain, 'cache');
export const logs = join(toolchain, 'logs');

export const isWindows = process.platform === 'win32';
