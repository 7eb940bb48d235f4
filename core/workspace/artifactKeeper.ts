import type { Database } from 'better-sqlite3';
import type { ArtifactStore } from '#core/artifacts/artifactStore.ts';
import type { Content, Written } from '#core/artifacts/atomicWrite.ts';
import { artifactRepository, type ArtifactRow, type ArtifactUse } from '#core/workspace/artifactRepository.ts';
import { unitOfWork, type Durable } from '#core/workspace/unitOfWork.ts';

/** Contents with the reasons why they are kept: files first, rows after them; in deleting, the other way round. */
export interface ArtifactKeeper {
  readonly store: ArtifactStore;
  /**
   * Stores a content and notes why; the note is on disk with the next write that must be (the row of a chain follows its
   * contents). `note` may add rows of its own to the same transaction.
   */
  keep(content: Content, use: ArtifactUse, note?: (written: Written) => void): Promise<Written>;
  /** The same for a content that another row refers to (the spectra of a dataset). */
  keepFor(put: () => Promise<Written>, kind: string, note: (written: Written) => void): Promise<Written>;
  /**
   * Ends a run's transient uses, together with `note` in one transaction, and deletes what nothing else needs. Resolves
   * to the number of deleted contents.
   */
  releaseTransient(runId: string, note?: () => void): Promise<number>;
  /** Ends all uses of a run, together with `alsoRemove` in one transaction, and deletes what nothing else needs. */
  releaseRun(runId: string, alsoRemove: () => void): Promise<number>;
  /** Does `remove` and deletes the contents that nothing needs any more, also those of an interrupted deletion. */
  release(remove?: () => void): Promise<number>;
  /** Deletes what a killed process left: its interrupted deletions, and the contents of chains without a row. */
  sweep(): Promise<number>;
  /** Does `work` while nothing is stored or deleted. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  ofRun(runId: string): ArtifactRow[];
  list(): ArtifactRow[];
  /** Contents whose deletion has begun, or that nothing uses: their files may be gone already. */
  unused(): string[];
}

export function artifactKeeper(db: Database, store: ArtifactStore, now: () => Date): ArtifactKeeper {
  const rows = artifactRepository(db);
  const { keeping, deleting } = gate();

  const stored = (put: () => Promise<Written>, kind: string, note: (written: Written) => void, durable: Durable) =>
    keeping(async () => {
      const written = await put();
      const work = () => {
        rows.add(written.sha256, written.bytes, kind, now().toISOString());
        note(written);
      };
      unitOfWork(db, work, durable);
      return written;
    });
  const release = (mark: () => void, needed = () => true): Promise<number> =>
    deleting(async () => {
      if (!needed()) return 0;
      unitOfWork(db, mark);
      const unused = rows.unused();
      for (const sha256 of unused) await store.remove(sha256);
      rows.forget(unused);
      return unused.length;
    });

  return {
    store,
    keep: (content, use, note) =>
      stored(
        () => store.put(content),
        use.kind,
        (written) => {
          rows.addUse(written.sha256, use);
          note?.(written);
        },
        'soon',
      ),
    keepFor: (put, kind, note) => stored(put, kind, note, 'now'),
    releaseTransient: (runId, note) =>
      release(
        () => {
          rows.markTransient(runId);
          note?.();
        },
        // After most runs there is nothing that would be worth waiting for the disk.
        () => note !== undefined || rows.hasTransient(runId),
      ),
    releaseRun: (runId, alsoRemove) =>
      release(() => {
        rows.markRun(runId);
        alsoRemove();
      }),
    release: (remove = () => undefined) => release(remove),
    sweep: () => release(() => rows.markUnfinished()),
    alone: (work) => deleting(work),
    ofRun: (runId) => rows.ofRun(runId),
    list: () => rows.list(),
    unused: () => rows.unused(),
  };
}

/**
 * Keeping and deleting must not overlap: a content that is stored again in the moment in which its last use ends would
 * get a row without a file. Contents are kept side by side; a deletion waits for all that began before it, and what comes
 * after it waits for the deletion.
 */
function gate() {
  let kept: Promise<unknown> = Promise.resolve();
  let deleted: Promise<unknown> = Promise.resolve();
  // The caller has the failure; the next piece must not inherit it.
  const settled = (work: readonly Promise<unknown>[]): Promise<void> => Promise.allSettled(work).then(() => undefined);
  return {
    keeping<T>(work: () => Promise<T>): Promise<T> {
      const result = deleted.then(work);
      kept = settled([kept, result]);
      return result;
    },
    deleting<T>(work: () => Promise<T>): Promise<T> {
      const result = settled([kept, deleted]).then(work);
      deleted = settled([result]);
      return result;
    },
  };
}
