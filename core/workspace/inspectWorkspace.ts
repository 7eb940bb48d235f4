import { join, resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { artifactStore } from '#core/artifacts/artifactStore.ts';
import { withTemporaryCopy } from '#core/artifacts/withTemporaryCopy.ts';
import { EngineError, isEngineError } from '#core/base/errors.ts';
import { artifactKeeper } from '#core/workspace/artifactKeeper.ts';
import { checkHeader } from '#core/workspace/checkHeader.ts';
import { datasetRepository } from '#core/workspace/datasetRepository.ts';
import { datasetStore } from '#core/workspace/datasetStore.ts';
import { findStored } from '#core/workspace/findOrphans.ts';
import { migrations } from '#core/workspace/migrations/all.ts';
import { openDatabase } from '#core/workspace/openDatabase.ts';
import { predictionBlocks } from '#core/workspace/predictionBlocks.ts';
import { collectOrphans, type GarbageReport } from '#core/workspace/collectOrphans.ts';
import { runRepository } from '#core/workspace/runRepository.ts';
import { sampleRepository } from '#core/workspace/sampleRepository.ts';
import { withSentences } from '#core/workspace/sqliteFailure.ts';
import { trialRepository } from '#core/workspace/trialRepository.ts';
import { unitRepository } from '#core/workspace/unitRepository.ts';
import {
  verifyWorkspace,
  type ContentHashes,
  type VerifyParts,
  type WorkspaceCheck,
} from '#core/workspace/verifyWorkspace.ts';
import { holdWorkspace } from '#core/workspace/workspaceLock.ts';

/**
 * Checks a workspace that nobody has open, and changes nothing in it: not the database (a log that a killed process
 * left is read, and stays), not its schema, and no file. Works on read-only drives and on workspaces of earlier versions.
 * Throws `workspace.in-use`, and the sentences of a database that cannot be opened at all.
 */
export const inspectWorkspace = (folder: string, hashes: ContentHashes): Promise<WorkspaceCheck> =>
  withDatabaseCopy(folder, (parts) => verifyWorkspace(parts, hashes));

/**
 * Removes the orphans of a workspace that nobody has open, and touches nothing else. A database that is damaged cannot
 * say what is an orphan: `workspace.damaged`, and everything stays.
 */
export const collectGarbage = (folder: string, dryRun: boolean): Promise<GarbageReport> =>
  withDatabaseCopy(folder, (parts) => collectOrphans(parts, dryRun));

/** The database is read from a copy: merely opening it would write, and finish what a killed process began. */
async function withDatabaseCopy<T>(folder: string, work: (parts: VerifyParts) => Promise<T>): Promise<T> {
  const root = resolve(folder);
  const path = join(root, 'workspace.db');
  if ((await checkHeader(path, root, migrations.at(-1)?.version ?? 0)) === 'new') {
    const file = await findStored(root);
    if (file !== null) throw new EngineError('workspace.database-lost', { folder: root, file });
    throw new EngineError('workspace.no-database', { folder: root });
  }
  const lock = holdWorkspace(root);
  try {
    return await withTemporaryCopy([path, `${path}-wal`], async (copies) => {
      const db = await openDatabase(join(copies, 'workspace.db'), migrations, root).catch((error: unknown) => {
        throw aboutOriginal(error, path);
      });
      try {
        return await work(partsOf(root, db));
      } finally {
        db.close();
      }
    });
  } finally {
    lock.release();
  }
}

function partsOf(root: string, db: Database): VerifyParts {
  const guard = <T extends object>(repository: T): T => withSentences(join(root, 'workspace.db'), repository);
  const now = () => new Date(0); // nothing is stored
  const store = artifactStore(root);
  const artifacts = guard(artifactKeeper(db, store, now));
  const datasets = datasetRepository(db);
  const runs = guard(runRepository(db));
  return {
    root,
    living: false,
    db,
    store,
    artifacts,
    runs,
    datasets: guard(datasetStore({ datasets, samples: sampleRepository(db, datasets), runs, artifacts, now })),
    units: guard(unitRepository(db, predictionBlocks(db))),
    trials: guard(trialRepository(db)),
  };
}

/** Nobody wants to read about a damaged copy in a folder of temporary files. */
const aboutOriginal = (error: unknown, path: string): unknown =>
  isEngineError(error) && (error.code === 'workspace.damaged' || error.code === 'workspace.log-damaged')
    ? new EngineError(error.code, { ...(error.details as { reason: string }), path }, { cause: error }) // both have these
    : error;
