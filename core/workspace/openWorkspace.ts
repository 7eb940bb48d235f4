import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { artifactStore } from '#core/artifacts/artifactStore.ts';
import { checkWritable } from '#core/artifacts/checkWritable.ts';
import { ensureFolder } from '#core/artifacts/ensureFolder.ts';
import { removeFolder } from '#core/artifacts/removeFolder.ts';
import { sweepTemporaryFiles } from '#core/artifacts/sweepTemporaryFiles.ts';
import { artifactKeeper, type ArtifactKeeper } from '#core/workspace/artifactKeeper.ts';
import { chainRepository, type ChainRepository } from '#core/workspace/chainRepository.ts';
import { datasetRepository } from '#core/workspace/datasetRepository.ts';
import { datasetStore, type DatasetStore } from '#core/workspace/datasetStore.ts';
import { eventRepository, type EventRepository } from '#core/workspace/eventRepository.ts';
import type { Migration } from '#core/workspace/migrate.ts';
import { migrations as allMigrations } from '#core/workspace/migrations/all.ts';
import { openDatabase } from '#core/workspace/openDatabase.ts';
import { pipelineRepository, type PipelineRepository } from '#core/workspace/pipelineRepository.ts';
import { pathInside } from '#core/workspace/pathInside.ts';
import { predictionBlocks } from '#core/workspace/predictionBlocks.ts';
import { predictionRepository, type PredictionRepository } from '#core/workspace/predictionRepository.ts';
import { preferenceRepository, type PreferenceRepository } from '#core/workspace/preferenceRepository.ts';
import { resultRows, type ResultLevel, type ResultRow } from '#core/workspace/resultRows.ts';
import { runRepository, type RunRepository } from '#core/workspace/runRepository.ts';
import { sampleRepository } from '#core/workspace/sampleRepository.ts';
import { withSentences } from '#core/workspace/sqliteFailure.ts';
import { trialRepository, type TrialRepository } from '#core/workspace/trialRepository.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';
import { unitRepository, type UnitRepository } from '#core/workspace/unitRepository.ts';
import { variantRepository, type VariantRepository } from '#core/workspace/variantRepository.ts';
import { verifyWorkspace, type WorkspaceCheck } from '#core/workspace/verifyWorkspace.ts';
import { lockWorkspace } from '#core/workspace/workspaceLock.ts';

export interface WorkspaceOptions {
  readonly now: () => Date;
  /** Other migrations than the product's, for tests. */
  readonly migrations?: readonly Migration[];
}

/** An open workspace: a folder, its database and its artifacts. One process has it at a time. */
export interface Workspace {
  /** Absolute. */
  readonly folder: string;
  /** The folder's own name. */
  readonly name: string;
  /** Runs that no process finished; they are marked `interrupted`. */
  readonly interrupted: readonly string[];
  readonly artifacts: ArtifactKeeper;
  readonly datasets: DatasetStore;
  readonly pipelines: PipelineRepository;
  readonly runs: RunRepository;
  readonly variants: VariantRepository;
  readonly predictions: PredictionRepository;
  readonly chains: ChainRepository;
  readonly units: UnitRepository;
  readonly trials: TrialRepository;
  readonly events: EventRepository;
  readonly preferences: PreferenceRepository;
  /** Several writes as one: all of them are kept or none. The function must be synchronous. */
  readonly transaction: <T>(work: () => T, durable?: 'now' | 'soon') => T;
  readonly results: (runId: string, level: ResultLevel, top?: number) => ResultRow[];
  /** Removes a run with its results, its folder and the contents that nothing else uses. */
  readonly removeRun: (runId: string) => Promise<void>;
  /** Recomputes every checksum. */
  readonly verify: () => Promise<WorkspaceCheck>;
  /** Absolute path of a file or folder given relative to the workspace, with forward slashes. */
  readonly path: (relative: string) => string;
  readonly close: () => void;
}

/**
 * Opens a workspace folder; makes it when there is none. Throws `workspace.in-use`, `workspace.newer`,
 * `workspace.not-a-database`, `workspace.read-only` and the other sentences about files.
 */
export async function openWorkspace(folder: string, options: WorkspaceOptions): Promise<Workspace> {
  const root = resolve(folder);
  const { now, migrations = allMigrations } = options;
  for (const part of PARTS) await ensureFolder(join(root, part));
  await checkWritable(root);
  const lock = lockWorkspace(root, { pid: process.pid, host: hostname(), since: now().toISOString() });
  try {
    const db = await openDatabase(join(root, 'workspace.db'), migrations);
    try {
      return await assemble(root, db, now, () => {
        db.close();
        lock.release();
      });
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

const PARTS = ['artifacts', 'runs', 'models', 'exports'] as const;

async function assemble(root: string, db: Database, now: () => Date, close: () => void): Promise<Workspace> {
  const guard = <T extends object>(repository: T): T => withSentences(join(root, 'workspace.db'), repository);
  const artifacts = guard(artifactKeeper(db, artifactStore(root), now));
  const datasets = datasetRepository(db);
  const runs = guard(runRepository(db));
  const variants = guard(variantRepository(db));
  const blocks = predictionBlocks(db);
  const predictions = guard(predictionRepository(db, blocks));
  const samples = sampleRepository(db, datasets);

  // What a killed process was writing. The folder itself may hold other things of the user's, so not below it.
  await sweepTemporaryFiles(root, false);
  for (const part of PARTS) await sweepTemporaryFiles(join(root, part), true);
  const finishRemoval = async (runId: string): Promise<void> => {
    // The folder first: its manifest must not outlive what it lists.
    await removeFolder(pathInside(root, 'runs', runId));
    await artifacts.releaseRun(runId, () => runs.remove(runId));
  };
  for (const runId of runs.deleting()) await finishRemoval(runId); // what it was deleting
  await artifacts.release();
  const interrupted = runs.markInterrupted(now().toISOString()); // what it was running

  const trials = guard(trialRepository(db));
  return {
    folder: root,
    name: basename(root),
    interrupted,
    artifacts,
    datasets: guard(datasetStore({ datasets, samples, runs, artifacts, now })),
    pipelines: guard(pipelineRepository(db)),
    runs,
    variants,
    predictions,
    chains: guard(chainRepository(db)),
    units: guard(unitRepository(db, blocks)),
    trials,
    events: guard(eventRepository(db)),
    preferences: guard(preferenceRepository(db)),
    ...guard({
      transaction: <T>(work: () => T, durable: 'now' | 'soon' = 'now'): T => unitOfWork(db, work, durable),
      results: (runId: string, level: ResultLevel, top?: number) =>
        resultRows({ runs, variants, predictions, trials }, runId, level, top),
      removeRun: async (runId: string): Promise<void> => {
        runs.markDeleting(runId);
        await finishRemoval(runId);
      },
      verify: () => verifyWorkspace(artifacts),
    }),
    path: (relative) => pathInside(root, ...relative.split('/')),
    close,
  };
}
