/**
 * `npm run chaos -- faults [files]`: every operation of Refract on files fails in turn, with each of the errors that
 * disks and network drives answer, once and from then on; after each the workspace must verify, and the same work done
 * again must come to the same results.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerPool } from '#electron/engine/workerPool.ts';
import { workerFile } from '#tests/support/composeEngine.ts';
import { faultTrial, type FaultTrial } from '#tests/support/faultTrial.ts';
import { faultyFiles, type FaultCode } from '#tests/support/faultyFiles.ts';

const CODES: readonly FaultCode[] = ['EIO', 'ENOSPC', 'EROFS', 'EACCES'];

const wanted = process.argv.slice(2);
const pool = workerPool(workerFile, 1);
const layer = faultyFiles(join(tmpdir(), 'refract-fault-'), { reads: wanted.includes('reads') });
const codes = CODES.filter((code) => wanted.includes(code));
const every = Number(wanted.find((one) => /^\d+$/.test(one)) ?? 1);

layer.arm(null);
const undisturbed = await faultTrial({ pool, arm: () => () => [], reopen: false, expected: null });
const count = layer.operations.length;
say(`${count} operations on files; the undisturbed scenario: ${undisturbed.problems.join('; ') || 'sound'}`);

const seen = new Map<string, number>();
let trials = 0;
let tolerated = 0;
let bad = 0;
for (const code of codes.length > 0 ? codes : CODES)
  for (const once of [true, false])
    for (let at = 0; at < count; at += every) {
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
      trials++;
      if (trial.step === null) tolerated++;
      note(trial, `${code}, ${once ? 'once' : 'from then on'}, operation ${at} (${trial.failed[0] ?? 'not reached'})`);
    }
await pool.close();
say(`\n${trials} faults, ${tolerated} tolerated or not reached, ${bad} with problems`);
for (const [told, times] of [...seen].sort((a, b) => b[1] - a[1])) say(`  ${String(times).padStart(5)}  ${told}`);
process.exitCode = bad === 0 && undisturbed.problems.length === 0 ? 0 : 1;

function note({ step, code, problems, message }: FaultTrial, where: string): void {
  const told = step === null ? 'nothing told' : `${step}: ${code ?? ''}`;
  seen.set(told, (seen.get(told) ?? 0) + 1);
  if (problems.length === 0) return;
  bad++;
  say(`PROBLEM  ${where}, told in "${step ?? 'no step'}": ${message ?? ''}`);
  for (const problem of problems) say(`           ${problem}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
