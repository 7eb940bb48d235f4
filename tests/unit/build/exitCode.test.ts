import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

/** What a script of ours exits with whose work ends with `code`, with a hook in the process as the packager leaves it. */
const exitCode = (code: number): number | null => {
  const script = [
    "process.on('beforeExit', () => process.exit(0));",
    `const { main } = await import(${JSON.stringify(new URL('build/scripts/lib/stop.mjs', `file://${root}/`).href)});`,
    `await main(() => ${code});`,
  ].join('\n');
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).status;
};

test('a failure stays one, whatever hooks other tools leave in the process', () => {
  expect(exitCode(1)).toBe(1);
  expect(exitCode(130)).toBe(130);
  expect(exitCode(0)).toBe(0);
});
