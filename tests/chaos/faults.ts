import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { diskFaults } from '#tests/chaos/diskFaults.ts';
import { fileFaults } from '#tests/chaos/fileFaults.ts';
import { sqliteFaults } from '#tests/chaos/sqliteFaults.ts';
import { faultPipeline } from '#tests/support/faultScenario.ts';

export type Say = (line: string) => void;

/** What one kind of attack came to. */
export interface FaultFigures {
  readonly what: string;
  /** In the undisturbed work. */
  readonly operations: number;
  readonly faults: number;
  readonly problems: number;
  /** How often the person was told what. */
  readonly told: Readonly<Record<string, number>>;
}

/**
 * `npm run chaos -- faults [--only files|sqlite|disks] [--every 1] [--step 64]`: every operation on files and every write
 * of SQLite fails in turn, and drives are really full. After each the workspace must verify, and the same work done again
 * must come to the same results.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, every: { type: 'string' }, step: { type: 'string' } },
});
const every = Number(values.every ?? 1);
const folder = await mkdtemp(join(tmpdir(), 'refract-chaos-'));
const say: Say = (line) => void process.stderr.write(`${line}\n`);
try {
  const pipeline = join(folder, 'stack.yaml');
  await writeFile(pipeline, faultPipeline);
  const kinds: Readonly<Record<string, () => Promise<FaultFigures | null>>> = {
    files: () => fileFaults(every, say),
    sqlite: () => sqliteFaults(pipeline, every, say),
    disks: () => diskFaults(pipeline, Number(values.step ?? 64), say),
  };
  const figures: (FaultFigures | null)[] = [];
  for (const [name, attack] of Object.entries(kinds))
    if (values.only === undefined || values.only === name) figures.push(await attack());
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  process.exitCode = figures.every((one) => one === null || one.problems === 0) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
