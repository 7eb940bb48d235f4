import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import type { Emit } from '#core/contract/handlers.ts';
import { openEngine, type OpenEngine } from '#electron/engine/openEngine.ts';

declare const __APP_VERSION__: string; // put in by the build

/** Opens the engine for one command and closes it afterwards, whatever happens. */
export async function withEngine<T>(
  options: { readonly workspace?: string | undefined; readonly workers?: number | undefined; readonly emit?: Emit },
  work: (open: OpenEngine) => Promise<T>,
): Promise<T> {
  const open = await openEngine({
    workspace: resolve(options.workspace ?? defaultWorkspace()),
    resources: process.env['REFRACT_RESOURCES'] ?? join(import.meta.dirname, '..', 'resources'),
    appVersion: __APP_VERSION__,
    // No window needs a core of its own here.
    workers: options.workers ?? availableParallelism(),
    emit: options.emit ?? (() => undefined),
  });
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

/** The workspace of the desktop application. */
export const defaultWorkspace = (): string => process.env['REFRACT_WORKSPACE'] ?? join(homedir(), 'Refract');

/** Paths on the command line stand for themselves; calls that name files get them through this context. */
export const pathContext = { path: (grant: string): string => grant };

export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};
