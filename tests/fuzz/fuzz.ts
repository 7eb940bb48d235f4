import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { ChildPlan, ChildReport } from '#tests/fuzz/lib/child.ts';
import type { Finding } from '#tests/fuzz/lib/judge.ts';
import { keepSeed } from '#tests/fuzz/lib/keptSeeds.ts';
import { fuzzTargets } from '#tests/fuzz/targets.ts';

/**
 * `npm run fuzz`: hostile input for every reader of outside data.
 *
 *   --target NAME   one target only (repeatable)     --seed N       draws of the first round; the next has N + 1
 *   --cases N       cases of a target, default 20000  --seconds N    at most so long for a target, default 600
 *   --list          names the targets
 *
 * A finding is made small and kept in tests/fuzz/seeds/<target>, where every later run and the tests begin. Exit code 1
 * where there is any, or where a target did not reach its number of cases.
 */

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    seed: { type: 'string', default: '20261122' },
    cases: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '600' },
    list: { type: 'boolean', default: false },
  },
});
interface Total {
  cases: number;
  outcomes: number;
  peakBytes: number;
  readonly findings: Map<string, { finding: Finding; input: Uint8Array }>;
}

/** A case that is not over after this time will not be. */
const HANGS_AFTER_MS = 20_000;
/** So many processes may be lost in one target before it is given up. */
const MOST_RESTARTS = 25;
const HEAP_MB = 768;

const chosen = values.target ?? fuzzTargets.map(({ name }) => name);

async function fuzzAll(): Promise<number> {
  let failed = false;
  console.log(`Seed ${values.seed}, ${values.cases} cases a target, at most ${values.seconds} s each.`);
  for (const name of chosen) {
    const started = performance.now();
    const total = await fuzzTarget(name, Number(values.seed), Number(values.cases), Number(values.seconds));
    const seconds = (performance.now() - started) / 1000;
    console.log(
      `${name.padEnd(18)} ${String(total.cases).padStart(7)} cases ${seconds.toFixed(0).padStart(5)} s ` +
        `${(total.cases / seconds).toFixed(0).padStart(6)}/s ${String(total.outcomes).padStart(5)} outcomes ` +
        `${(total.peakBytes / 2 ** 20).toFixed(0).padStart(5)} MB ${total.findings.size} findings`,
    );
    for (const { finding, input } of total.findings.values()) {
      console.log(`  ${finding.kind}: ${finding.what.split('\n').slice(0, 4).join('\n    ')}`);
      console.log(`    kept: ${relative(process.cwd(), keepSeed(name, finding, input))} (${input.length} bytes)`);
    }
    failed ||= total.findings.size > 0 || total.cases < Number(values.cases);
  }
  return failed ? 1 : 0;
}

async function fuzzTarget(target: string, seed: number, cases: number, seconds: number): Promise<Total> {
  const folder = mkdtempSync(join(tmpdir(), 'refract-fuzz-'));
  const total: Total = { cases: 0, outcomes: 0, peakBytes: 0, findings: new Map() };
  const until = performance.now() + seconds * 1000;
  let from = 0;
  try {
    for (let round = 0; round <= MOST_RESTARTS && from < cases && performance.now() < until; round++) {
      const left = Math.max(1, (until - performance.now()) / 1000);
      const plan = { target, seed: seed + round, from, to: cases, seconds: left, current: join(folder, 'case') };
      from = await childRun(plan, total);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return total;
}

/** One process; answers the number of the case after the last that it tried. */
function childRun(plan: ChildPlan, total: Total): Promise<number> {
  const child = fork(join(import.meta.dirname, 'lib', 'child.ts'), [JSON.stringify(plan)], {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let done = false;
  let stderr = '';
  let hangs = false;
  const started = Date.now();
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4_000);
  });
  child.on('message', (message: ChildReport) => {
    if (message.kind === 'finding') {
      const input = new Uint8Array(Buffer.from(message.input, 'base64'));
      total.findings.set(message.finding.signature, { finding: message.finding, input });
      return;
    }
    done = true;
    total.cases += message.cases;
    total.outcomes = Math.max(total.outcomes, message.outcomes);
    total.peakBytes = Math.max(total.peakBytes, message.peakBytes);
  });
  const watch = setInterval(() => {
    const touched = Math.max(started, touchedAt(plan.current));
    if (done || Date.now() - touched < HANGS_AFTER_MS) return;
    hangs = true;
    child.kill('SIGKILL');
  }, 500);
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      if (done) {
        resolve(plan.to);
        return;
      }
      const last = currentCase(plan.current);
      if (last === null) {
        reject(new Error(`The target ${plan.target} could not be opened: ${stderr}`));
        return;
      }
      const { k, input } = last;
      const what = hangs
        ? `no end after ${HANGS_AFTER_MS / 1000} s`
        : `the process ended (${signal ?? code ?? ''}): ${stderr.trim().split('\n').slice(0, 12).join(' / ')}`;
      const finding: Finding = {
        kind: hangs ? 'hang' : 'crash',
        what,
        signature: hangs ? `hang ${k}` : what.slice(0, 150),
      };
      total.findings.set(finding.signature, { finding, input });
      total.cases += k + 1 - plan.from;
      resolve(k + 1);
    });
  });
}

function touchedAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0; // the process has not begun
  }
}

/** Null where the process ended before its first case. */
function currentCase(path: string): { k: number; input: Uint8Array } | null {
  if (touchedAt(path) === 0) return null;
  const bytes = new Uint8Array(readFileSync(path));
  const [k = 0n, length = 0n] = new BigInt64Array(bytes.slice(0, 16).buffer);
  return { k: Number(k), input: bytes.slice(16, 16 + Number(length)) };
}

if (values.list)
  console.log(fuzzTargets.map(({ name, covers }) => `${name.padEnd(18)} ${covers.join(', ')}`).join('\n'));
else process.exitCode = await fuzzAll();
