import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { resources } from '#tests/support/engineFixture.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the built command line; `npm test` builds it before the tests. */
export function startRefract(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, REFRACT_RESOURCES: resources },
  });
}

/** Runs a command to its end. `onError` sees stderr as it comes, and may send signals. */
export function refract(
  args: readonly string[],
  onError: (text: string, child: ChildProcess) => void = () => undefined,
): Promise<CommandResult> {
  const child = startRefract(args);
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    onError(text, child);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, out, err });
    });
  });
}
