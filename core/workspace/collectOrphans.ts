import { join } from 'node:path';
import { removeFile } from '#core/artifacts/removeFile.ts';
import { removeFolder } from '#core/artifacts/removeFolder.ts';
import { EngineError } from '#core/base/errors.ts';
import { databaseProblems } from '#core/workspace/databaseProblems.ts';
import { findOrphans, type Orphan } from '#core/workspace/findOrphans.ts';
import type { VerifyParts } from '#core/workspace/verifyWorkspace.ts';

/** What `refract workspace gc --json` prints. */
export interface GarbageReport {
  /** True: only looked for. */
  readonly dryRun: boolean;
  readonly removed: readonly Orphan[];
  /** Of all of them. */
  readonly bytes: number;
}

/**
 * Deletes what no row refers to, one after another. Stopped at any instant it leaves fewer orphans, and nothing else
 * changed: no row is touched. A database that is damaged cannot say what is an orphan: `workspace.damaged`, and
 * everything stays.
 */
export function collectOrphans(
  { root, living, db, artifacts, runs }: Pick<VerifyParts, 'root' | 'living' | 'db' | 'artifacts' | 'runs'>,
  dryRun: boolean,
): Promise<GarbageReport> {
  return artifacts.alone(async () => {
    const path = join(root, 'workspace.db');
    const [reason] = databaseProblems(db, path);
    if (reason !== undefined) throw new EngineError('workspace.damaged', { path, reason });
    const removed = await findOrphans(root, {
      contents: new Set(artifacts.list().map(({ sha256 }) => sha256)),
      runs: new Set(runs.allIds()),
      living,
    });
    if (!dryRun)
      for (const { what, path: orphan } of removed)
        await (what === 'run folder' ? removeFolder(join(root, orphan)) : removeFile(join(root, orphan)));
    return { dryRun, removed, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}
