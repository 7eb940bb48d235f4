import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { artifactStore } from '#core/artifacts/artifactStore.ts';
import { checkWritable } from '#core/artifacts/checkWritable.ts';
import { ensureFolder } from '#core/artifacts/ensureFolder.ts';
import { removeFolder } from '#core/artifacts/removeFolder.ts';
import { sweepTemporaryFiles } from '#core/artifacts/sweepTemporaryFiles.ts';
import { isEngineError } from '#core/base/errors.ts';
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
import { requireOurs } from '#core/workspace/requireOurs.ts';
import { resultRows, type ResultLevel, type ResultRow } from '#core/workspace/resultRows.ts';
import { runRepository, type RunRepository } from '#core/workspace/runRepository.ts';
import { sampleRepository } from '#core/workspace/sampleRepository.ts';
import { sqliteFailure, withSentences } from '#core/workspace/sqliteFailure.ts';
import { trialRepository, type TrialRepository } from '#core/workspace/trialRepository.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';
import { unitRepository, type UnitRepository } from '#core/workspace/unitRepository.ts';
import { variantRepository, type VariantRepository } from '#core/workspace/variantRepository.ts';
import { collectOrphans, type GarbageReport } from '#core/workspace/collectOrphans.ts';
import { verifyWorkspace, type ContentHashes, type WorkspaceCheck } from '#core/workspace/verifyWorkspace.ts';
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
  /** Recomputes every checksum, with `hashes` also those that the engine makes. */
  readonly verify: (hashes?: ContentHashes) => Promise<WorkspaceCheck>;
  /** Removes what no row refers to. A program that only does this uses `collectGarbage`. */
  readonly collectGarbage: (dryRun: boolean) => Promise<GarbageReport>;
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
  await requireOurs(join(root, 'workspace.db'), root, migrations.at(-1)?.version ?? 0);
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
      throw sqliteFailure(error, join(root, 'workspace.db'), true);
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

  const removals = oneAtATime(async (runId: string): Promise<void> => {
    if (!runs.deleting().includes(runId)) return; // another call has done it
    // The folder first: its manifest must not outlive what it lists.
    await removeFolder(pathInside(root, 'runs', runId));
    // A large run in pieces, between which calls are answered. The intent is on disk: what is left goes at the next start.
    while (unitOfWork(db, () => runs.removeSome(runId), 'soon')) await breathe();
    await artifacts.releaseRun(runId, () => runs.remove(runId));
  });
  const finishRemovals = async (): Promise<void> => {
    for (const runId of runs.deleting()) await removals(runId);
  };
  await tidyUp([
    // What a killed process was writing. The folder itself may hold other things of the user's, so not below it.
    () => sweepTemporaryFiles(root, false),
    ...PARTS.map((part) => () => sweepTemporaryFiles(join(root, part), true)),
    finishRemovals, // what it was deleting
    () => artifacts.sweep(),
  ]);
  const interrupted = runs.markInterrupted(now().toISOString()); // what it was running

  const trials = guard(trialRepository(db));
  const units = guard(unitRepository(db, blocks));
  const store = guard(datasetStore({ datasets, samples, runs, artifacts, now }));
  const all = { root, living: true, db, store: artifacts.store, artifacts, runs, units, trials, datasets: store };
  return {
    folder: root,
    name: basename(root),
    interrupted,
    artifacts,
    datasets: {
      ...store,
      async remove(id) {
        await finishRemovals(); // a run whose removal was stopped is not seen, and must not stand in the way
        await store.remove(id);
      },
    },
    pipelines: guard(pipelineRepository(db)),
    runs,
    variants,
    predictions,
    chains: guard(chainRepository(db)),
    units,
    trials,
    events: guard(eventRepository(db)),
    preferences: guard(preferenceRepository(db)),
    ...guard({
      transaction: <T>(work: () => T, durable: 'now' | 'soon' = 'now'): T => unitOfWork(db, work, durable),
      results: (runId: string, level: ResultLevel, top?: number) =>
        resultRows({ runs, variants, predictions, trials }, runId, level, top),
      removeRun: async (runId: string): Promise<void> => {
        runs.markDeleting(runId);
        await removals(runId);
      },
      verify: (hashes: ContentHashes | null = null) => verifyWorkspace(all, hashes),
      collectGarbage: (dryRun: boolean) => collectOrphans(all, dryRun),
    }),
    path: (relative) => pathInside(root, ...relative.split('/')),
    close,
  };
}

/**
 * A file that cannot be deleted now (open in another program, of another user) must not keep the workspace from being
 * opened: it waits for the next opening. Failures of the database go on.
 */
async function tidyUp(work: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const one of work)
    try {
      await one();
    } catch (error) {
      if (!isEngineError(error) || !CAN_WAIT.has(error.code)) throw error;
    }
}

const CAN_WAIT: ReadonlySet<string> = new Set(['workspace.read-only', 'workspace.file-busy', 'workspace.file-failed']);

/** Calls wait for each other, however each of them ends. */
function oneAtATime<A>(work: (argument: A) => Promise<void>): (argument: A) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (argument) => {
    const next = last.then(() => work(argument));
    last = Promise.allSettled([next]);
    return next;
  };
}
