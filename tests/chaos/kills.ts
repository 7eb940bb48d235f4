import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killRounds } from '#tests/chaos/killRounds.ts';

/** `npm run chaos [-- --kills 200 --seed 1]`: SIGKILL at random moments, resume, compare. */
const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'refract-chaos-'));
try {
  const figures = await killRounds({
    kills: Number(values.kills ?? 200),
    seed: Number(values.seed ?? 1),
    folder,
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  process.exitCode = figures.problems.length + figures.recomputedFolds + figures.toldButLost === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
