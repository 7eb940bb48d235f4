import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerPool } from '#electron/engine/workerPool.ts';
import type { FaultFigures, Say } from '#tests/chaos/faults.ts';
import { workerFile } from '#tests/support/composeEngine.ts';
import { faultTrial } from '#tests/support/faultTrial.ts';
import { faultyFiles, type FaultCode } from '#tests/support/faultyFiles.ts';

const CODES: readonly FaultCode[] = ['EIO', 'ENOSPC', 'EROFS', 'EACCES'];

/**
 * Every operation of the engine on files fails in turn, with each of the errors that disks and network drives answer,
 * once and from then on.
 * @param every only each so-manieth operation
 */
export async function fileFaults(every: number, say: Say): Promise<FaultFigures> {
  const pool = workerPool(workerFile, 1);
  const layer = faultyFiles(join(tmpdir(), 'refract-fault-'));
  const told: Record<string, number> = {};
  let faults = 0;
  let problems = 0;
  try {
    layer.arm(null);
    const undisturbed = await faultTrial({ pool, arm: () => () => [], reopen: false, expected: null });
    const operations = layer.operations.length;
    say(`files: ${operations} operations; undisturbed: ${undisturbed.problems.join('; ') || 'sound'}`);
    problems += undisturbed.problems.length;
    for (const code of CODES)
      for (const once of [true, false])
        for (let at = 0; at < operations; at += every) {
          const trial = await faultTrial({
            pool,
            arm: () => {
              layer.arm({ at, code, once });
              return () => {
                const failed = [...layer.failed];
                layer.arm(null);
                return failed;
              };
            },
            reopen: at % 2 === 1,
            expected: undisturbed.found,
          });
          faults++;
          const key = trial.step === null ? 'nothing told' : `${trial.step}: ${trial.code ?? ''}`;
          told[key] = (told[key] ?? 0) + 1;
          if (trial.problems.length === 0) continue;
          problems++;
          say(
            `PROBLEM  ${code}, ${once ? 'once' : 'from then on'}, operation ${at}: ${trial.failed[0] ?? 'not reached'}`,
          );
          say(`         told in ${trial.step ?? 'no step'}: ${trial.message ?? ''}`);
          for (const problem of trial.problems) say(`         ${problem}`);
        }
    return { what: 'operations on files', operations, faults, problems, told };
  } finally {
    layer.remove();
    await pool.close();
  }
}
