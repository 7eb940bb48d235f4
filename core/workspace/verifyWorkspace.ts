import type { Database } from 'better-sqlite3';
import { join } from 'node:path';
import type { ArtifactStore } from '#core/artifacts/artifactStore.ts';
import { errorReport, isEngineError } from '#core/base/errors.ts';
import type { Dataset } from '#core/data/dataset.ts';
import type { ArtifactKeeper } from '#core/workspace/artifactKeeper.ts';
import type { DatasetStore } from '#core/workspace/datasetStore.ts';
import { databaseProblems, readable } from '#core/workspace/databaseProblems.ts';
import { findOrphans, type Orphan } from '#core/workspace/findOrphans.ts';
import type { RunRepository } from '#core/workspace/runRepository.ts';
import type { TrialRepository } from '#core/workspace/trialRepository.ts';
import type { UnitRepository } from '#core/workspace/unitRepository.ts';
import { verifyRun, type KnownContent } from '#core/workspace/verifyRun.ts';

/** What `refract workspace verify --json` prints. Paths are relative to the workspace, with forward slashes. */
export interface WorkspaceCheck {
  /** Nothing is missing, altered or damaged. Orphans are harmless and do not count. */
  readonly sound: boolean;
  /** How many of each were read and compared with their checksums. */
  readonly checked: {
    readonly artifacts: number;
    readonly manifests: number;
    readonly datasets: number;
    /** Fits of one model on one fold, with their predictions. */
    readonly units: number;
    readonly trials: number;
  };
  readonly missing: readonly string[];
  readonly altered: readonly string[];
  /** What is wrong inside `workspace.db`, a sentence each. */
  readonly database: readonly string[];
  /** Left by a process that was killed; `refract workspace gc` removes them. */
  readonly orphaned: readonly Orphan[];
}

/** Hashes that the engine makes of what it stores; each answers all that are right, where there are several formats. */
export interface ContentHashes {
  dataset(dataset: Dataset): Promise<readonly string[]>;
  pipeline(text: string): string;
}

export interface VerifyParts {
  readonly root: string;
  /** Others may be writing meanwhile: a temporary file may be one of theirs, and is no orphan. */
  readonly living: boolean;
  readonly db: Database;
  readonly store: ArtifactStore;
  readonly artifacts: Pick<ArtifactKeeper, 'list' | 'unused' | 'alone'>;
  readonly datasets: Pick<DatasetStore, 'list' | 'load' | 'spectraSha256'>;
  readonly runs: Pick<RunRepository, 'list' | 'allIds'>;
  readonly units: Pick<UnitRepository, 'check'>;
  readonly trials: Pick<TrialRepository, 'check'>;
}

/** Recomputes every checksum. Changes nothing. Without `hashes` the contents of datasets are believed where they can be read. */
export function verifyWorkspace(parts: VerifyParts, hashes: ContentHashes | null): Promise<WorkspaceCheck> {
  return parts.artifacts.alone(() => verify(parts, hashes));
}

async function verify(parts: VerifyParts, hashes: ContentHashes | null): Promise<WorkspaceCheck> {
  const { root, db, artifacts, runs } = parts;
  const path = join(root, 'workspace.db');
  const database = databaseProblems(db, path);
  const missing = new Set<string>();
  const altered = new Set<string>();
  const contents = new Map<string, KnownContent>();
  let manifests = 0;
  let checkedUnits = 0;
  let orphaned: readonly Orphan[] = [];

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // What a row cannot tell is a finding; what a drive cannot do is the end of the check.
      if (!isEngineError(error) || !OF_DATABASE.has(error.code)) throw error;
      database.push(errorReport(error).message);
    }
  };

  await attempt(async () => {
    const unused = new Set(artifacts.unused());
    for (const { sha256, bytes } of artifacts.list()) {
      if (unused.has(sha256)) continue;
      const state = await parts.store.check(sha256);
      const file = parts.store.relativePath(sha256);
      contents.set(file, { sha256, bytes, state });
      if (state === 'missing') missing.add(file);
      if (state === 'altered') altered.add(file);
    }
    orphaned = await findOrphans(root, {
      contents: new Set(artifacts.list().map(({ sha256 }) => sha256)),
      runs: new Set(runs.allIds()),
      living: parts.living,
    });
  });
  await attempt(async () => {
    for (const run of runs.list()) {
      const found = await verifyRun(root, run, contents);
      if (found.manifest) manifests++;
      for (const one of found.missing) missing.add(one);
      for (const one of found.altered) altered.add(one);
      if (hashes !== null && hashes.pipeline(run.pipeline) !== run.pipelineHash)
        database.push(`runs: the pipeline of the run ${run.id} is not the one that was stored.`);
    }
  });
  database.push(
    ...readable(path, () => {
      const { checked, altered: units } = parts.units.check();
      checkedUnits = checked;
      return units.map(
        ({ runId, variant, fold }) =>
          `predictions: those of the run ${runId}, variant ${variant + 1}, ${fold} are not those that were written.`,
      );
    }),
  );
  let checkedTrials = 0;
  database.push(
    ...readable(path, () => {
      const { checked, altered: studies } = parts.trials.check();
      checkedTrials = checked;
      return studies.map(
        (study) => `trials: some of the study ${study.slice(0, 12)}… are not those that were written.`,
      );
    }),
  );
  let datasets = 0;
  if (hashes !== null)
    await attempt(async () => {
      for (const { id, name, contentHash } of parts.datasets.list())
        await attempt(async () => {
          const spectra = contents.get(parts.store.relativePath(parts.datasets.spectraSha256(id)));
          if (spectra?.state !== 'intact') return; // that is in the lists above
          datasets++;
          if (!(await hashes.dataset(await parts.datasets.load(id))).includes(contentHash))
            database.push(`datasets: the samples or targets of "${name}" are not those that were imported.`);
        });
    });
  return {
    sound: missing.size + altered.size + database.length === 0,
    checked: { artifacts: contents.size, manifests, datasets, units: checkedUnits, trials: checkedTrials },
    missing: [...missing].sort(),
    altered: [...altered].sort(),
    database,
    orphaned,
  };
}

const OF_DATABASE: ReadonlySet<string> = new Set([
  'workspace.bad-row',
  'workspace.damaged',
  'workspace.shape-mismatch',
  'workspace.bad-artifact-id',
]);
