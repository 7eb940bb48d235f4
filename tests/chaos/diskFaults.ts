import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, figuresOf, judged, runArguments } from '#tests/chaos/cliTrial.ts';
import type { FaultFigures, Say } from '#tests/chaos/faults.ts';

/**
 * A drive that is really full, at every size up to the one that is enough, and one that turns read-only. The drive is a
 * small file system in memory, for which the system must let this user mount.
 * @param stepKb how much larger the drive gets each time
 */
export async function diskFaults(pipeline: string, stepKb: number, say: Say): Promise<FaultFigures | null> {
  const folder = await mkdtemp(join(tmpdir(), 'refract-disk-'));
  const drive = join(folder, 'drive');
  await mkdir(drive);
  const mount = (size: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', drive]).status === 0;
  const remount = (option: string): boolean => spawnSync('mount', ['-o', `remount,${option}`, drive]).status === 0;
  const unmount = (): void => void spawnSync('umount', [drive]);
  if (!mount('64k')) {
    say('disks: NOT TESTED, this system does not let this user mount a file system.');
    await rm(folder, { recursive: true, force: true });
    return null;
  }
  unmount();
  const workspace = join(drive, 'workspace');
  const told: Record<string, number> = {};
  let faults = 0;
  let problems = 0;
  const note = (where: string, trial: Awaited<ReturnType<typeof judged>>): void => {
    faults++;
    const key = trial.failed ? trial.told.replace(/\/\S+/g, '…').slice(0, 70) : 'nothing told, same result';
    told[key] = (told[key] ?? 0) + 1;
    if (trial.problems.length === 0) return;
    problems++;
    say(`PROBLEM  ${where}, told: ${trial.told}`);
    for (const problem of trial.problems) say(`         ${problem}`);
  };
  try {
    mount('100m');
    const undisturbed = await command(runArguments(workspace, pipeline));
    const expected = figuresOf(undisturbed.out);
    // Everything on it can be read while nothing may be written.
    remount('ro');
    const check = await command(['workspace', 'verify', '--workspace', workspace, '--json']);
    if (check.code !== 0) note('read-only', { failed: true, told: check.err, problems: [check.out + check.err] });
    const refused = await command(runArguments(workspace, pipeline));
    remount('rw');
    note('read-only', await judged(refused, { workspace, pipeline, expected }));
    unmount();
    for (let size = 16; ; size += stepKb) {
      mount(`${size}k`);
      const disturbed = await command(runArguments(workspace, pipeline));
      remount('size=100m'); // somebody freed some space
      note(`${size} KB`, await judged(disturbed, { workspace, pipeline, expected }));
      unmount();
      if (disturbed.code === 0) break;
    }
    return { what: 'full and read-only drives', operations: faults, faults, problems, told };
  } finally {
    unmount();
    await rm(folder, { recursive: true, force: true });
  }
}
