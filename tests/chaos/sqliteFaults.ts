import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, figuresOf, judged, runArguments } from '#tests/chaos/cliTrial.ts';
import type { FaultFigures, Say } from '#tests/chaos/faults.ts';

/** The calls with which SQLite changes something; the engine's own files are written by other threads. */
const CALLS = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink'] as const;
const CODES = ['EIO', 'ENOSPC'] as const;

/**
 * Every write of SQLite fails in turn, by the operating system's own means: strace makes the system call fail in the one
 * thread in which SQLite works. Once, and from then on.
 * @param every only each so-manieth write of pages; all other calls in any case
 */
export async function sqliteFaults(pipeline: string, every: number, say: Say): Promise<FaultFigures | null> {
  if (spawnSync('strace', ['-V']).status !== 0) {
    say('SQLite: NOT TESTED, strace is not installed.');
    return null;
  }
  const folder = await mkdtemp(join(tmpdir(), 'refract-sqlite-'));
  const told: Record<string, number> = {};
  let faults = 0;
  let problems = 0;
  try {
    const trace = join(folder, 'trace');
    const workspace = join(folder, 'undisturbed');
    const strace = ['strace', '-q', '-o', trace, '-e', `trace=${CALLS.join(',')}`];
    const undisturbed = await command(runArguments(workspace, pipeline), strace);
    const expected = figuresOf(undisturbed.out);
    const lines = (await readFile(trace, 'utf8')).split('\n');
    const counts = CALLS.map((call) => ({ call, count: lines.filter((line) => line.startsWith(`${call}(`)).length }));
    say(`SQLite: ${counts.map(({ call, count }) => `${count} ${call}`).join(', ')}`);
    for (const code of CODES)
      for (const further of ['', '+'])
        for (const { call, count } of counts)
          for (let at = 1; at <= count; at += call === 'pwrite64' ? every : 1) {
            const own = join(folder, 'disturbed');
            const inject = `inject=${call}:error=${code}:when=${at}${further}`;
            const disturbed = await command(runArguments(own, pipeline), [
              ...['strace', '-q', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject],
            ]);
            const trial = await judged(disturbed, { workspace: own, pipeline, expected });
            await rm(own, { recursive: true, force: true });
            faults++;
            const key = trial.failed ? sentence(trial.told) : 'nothing told, same result';
            told[key] = (told[key] ?? 0) + 1;
            if (trial.problems.length === 0) continue;
            problems++;
            say(`PROBLEM  ${inject}, told: ${trial.told}`);
            for (const problem of trial.problems) say(`         ${problem}`);
          }
    const operations = counts.reduce((sum, { count }) => sum + count, 0);
    return { what: "SQLite's writes", operations, faults, problems, told };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without the path and the number of the fault. */
const sentence = (told: string): string => told.replace(/\/\S+/g, '…').slice(0, 70);
