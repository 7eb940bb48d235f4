import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { resources } from '#tests/support/composeEngine.ts';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli.mjs');
const TOO_LONG_MS = 120_000;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command line, started by another program where `before` is not empty. Killed when it hangs: code null. */
export function command(args: readonly string[], before: readonly string[] = []): Promise<Ended> {
  const [program = '', ...rest] = [...before, process.execPath, cli, ...args];
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, REFRACT_RESOURCES: resources },
    timeout: TOO_LONG_MS,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

/** Runs the pipeline on the example, as a person would. */
export const runArguments = (workspace: string, pipeline: string): string[] => [
  ...['run', pipeline, '--data', join(resources, 'samples', 'tecator'), '--target', 'fat', '--seed', '7'],
  ...['--workspace', workspace, '--workers', '1', '--json'],
];

/** What must be the same in every run of the pipeline. */
export function figuresOf(out: string): unknown {
  const result = JSON.parse(out) as Record<string, unknown>; // `refract run --json` prints the result
  return ['cvBest', 'cvBestScore', 'rmsecv', 'rmsec', 'rmsep', 'refits'].map((name) => result[name]);
}

export interface CliTrial {
  readonly failed: boolean;
  /** The last line on standard error: what a person reads. */
  readonly told: string;
  readonly problems: readonly string[];
}

/** After a run that was disturbed: a sentence, a workspace that verifies, and the run done again comes to the same. */
export async function judged(
  disturbed: Ended,
  { workspace, pipeline, expected }: { workspace: string; pipeline: string; expected: unknown },
): Promise<CliTrial> {
  const problems: string[] = [];
  const told = disturbed.err.trim().split('\n').at(-1) ?? '';
  if (disturbed.code === null) problems.push('it hung, or crashed');
  if (disturbed.err.includes('Something unexpected')) problems.push(`not a sentence: ${disturbed.err.slice(-600)}`);
  if (disturbed.code === 0 && !isDeepStrictEqual(figuresOf(disturbed.out), expected)) problems.push('another result');
  const check = await command(['workspace', 'verify', '--workspace', workspace, '--json']);
  const isNotMade = check.err.includes('There is no workspace');
  if (check.code !== 0 && !isNotMade) problems.push(`verify: ${check.out}${check.err}`);
  const again = await command(runArguments(workspace, pipeline));
  if (again.code !== 0) problems.push(`done again: ${again.err.slice(-600)}`);
  else if (!isDeepStrictEqual(figuresOf(again.out), expected)) problems.push('done again: another result');
  const gc = await command(['workspace', 'gc', '--workspace', workspace]);
  const last = await command(['workspace', 'verify', '--workspace', workspace, '--json']);
  if (gc.code !== 0 || last.code !== 0 || !last.out.includes('"orphaned": []'))
    problems.push(`at the end: ${gc.err}${last.out}${last.err}`);
  return { failed: disturbed.code !== 0, told, problems };
}
