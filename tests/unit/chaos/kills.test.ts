import { expect, test } from 'vitest';
import { killRounds } from '#tests/chaos/killRounds.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

test(
  'killed 20 times at random moments and resumed: the same bytes, nothing damaged, no stored fold computed again',
  { timeout: 400_000 },
  async () => {
    const figures = await killRounds({
      kills: 20,
      seed: 20,
      folder: await temporaryFolder(),
      say: (line) => {
        process.stdout.write(`${line}\n`);
      },
    });
    expect(figures).toMatchObject({
      recomputedFolds: 0,
      toldButLost: 0,
      damagedWorkspaces: 0,
      differences: 0,
      problems: [],
    });
    expect(figures.kills).toBeGreaterThanOrEqual(20);
    expect(figures.storedFolds).toBeGreaterThan(0);
  },
);
