import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { contentHashes } from '#core/engine/index.ts';
import { errorReport } from '#core/base/errors.ts';
import { inspectWorkspace } from '#core/workspace/index.ts';
import type { WorkerPool } from '#electron/engine/workerPool.ts';
import { newState, openFaultEngine, scenario, Told, type FaultEngine } from '#tests/support/faultScenario.ts';

export interface FaultTrial {
  /** What failed, in words of the layer. */
  readonly failed: readonly string[];
  /** The step that the failure came out of; null where it could be tolerated. */
  readonly step: string | null;
  readonly code: string | null;
  readonly message: string | null;
  /** What is not as it should be; none is well. */
  readonly problems: readonly string[];
  readonly found: Readonly<Record<string, unknown>>;
}

export interface FaultTrialOptions {
  readonly pool: WorkerPool;
  /** Begins to fail, for this folder; what it answers stops failing and says what failed. */
  readonly arm: (folder: string) => () => readonly string[];
  /** After the failure the application is started again, instead of going on. */
  readonly reopen: boolean;
  /** Of an undisturbed scenario, to compare with. */
  readonly expected: Readonly<Record<string, unknown>> | null;
}

/**
 * The whole scenario with a fault in it: the step that meets it says so in one sentence, the workspace verifies, the
 * engine goes on (or starts again), and the same step done again comes to the same result as without the fault.
 */
export async function faultTrial({ pool, arm, reopen, expected }: FaultTrialOptions): Promise<FaultTrial> {
  const folder = await mkdtemp(join(tmpdir(), 'refract-fault-'));
  const workspace = join(folder, 'workspace');
  const problems: string[] = [];
  const state = newState();
  let met: { readonly step: string; readonly error: unknown } | null = null;
  let failed: readonly string[] = [];
  let engine: FaultEngine | null = null;
  const disarm = arm(workspace);

  async function attempt<T>(step: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (met !== null) throw error;
      met = { step, error };
      failed = [...disarm()];
      if (failed.length === 0) throw error;
      if (engine !== null) await requireSound(engine, problems, step);
      if (reopen && engine !== null) {
        await engine.close();
        engine = null;
        const check = await inspectWorkspace(workspace, contentHashes);
        if (!check.sound) problems.push(`after ${step}, closed: ${JSON.stringify(check)}`);
        engine = await openFaultEngine(workspace, pool);
      }
      return await work();
    }
  }

  try {
    engine = await attempt('open', () => openFaultEngine(workspace, pool));
    for (const { name, work } of scenario)
      await attempt(name, () => {
        if (engine === null) throw new Error('The engine is not open.');
        return work(engine, state);
      });
    if (failed.length === 0) failed = [...disarm()];
    await engine.close();
    engine = null;
    const check = await inspectWorkspace(workspace, contentHashes);
    // A drive that failed to the end keeps temporary files; the next opening or gc removes them.
    if (!check.sound || check.orphaned.some(({ what }) => what !== 'temporary file'))
      problems.push(`at the end: ${JSON.stringify(check)}`);
    if (check.checked.artifacts > 0) problems.push(`${check.checked.artifacts} contents are left of deleted things`);
    if (expected !== null && !isDeepStrictEqual(state.found, expected))
      problems.push(`the results differ: ${differences(expected, state.found)}`);
  } catch (error) {
    problems.push(`done again, it failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    disarm();
    await engine?.close();
    await rm(folder, { recursive: true, force: true });
  }
  const { code, message } = toldOf(met);
  if (code === 'internal') problems.push(`not a sentence: ${message ?? ''}`);
  return { failed, step: stepOf(met), code, message, problems, found: state.found };
}

type Met = { readonly step: string; readonly error: unknown } | null;
const stepOf = (met: Met): string | null => met?.step ?? null;

function toldOf(met: Met): { readonly code: string | null; readonly message: string | null } {
  if (met === null) return { code: null, message: null };
  if (met.error instanceof Told) return { code: met.error.code, message: met.error.message };
  return errorReport(met.error);
}

async function requireSound(engine: FaultEngine, problems: string[], step: string): Promise<void> {
  const check = await engine.verify();
  if (!check.sound) problems.push(`after ${step}: ${JSON.stringify({ ...check, orphaned: [] })}`);
}

function differences(expected: Readonly<Record<string, unknown>>, found: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(expected).filter((name) => !isDeepStrictEqual(expected[name], found[name]));
  return names
    .map((name) => {
      const [a, b] = [expected[name] as Record<string, unknown>, (found[name] ?? {}) as Record<string, unknown>];
      return `${name}: ${Object.keys(a)
        .filter((part) => !isDeepStrictEqual(a[part], b[part]))
        .join(', ')}`;
    })
    .join('; ');
}
