import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { parseRow, parseRows } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

/** Why a content is kept. A content goes with its last use. */
export interface ArtifactUse {
  /** What it is: `matrix`, `transform`, `model`, `chain` … */
  readonly kind: string;
  /** What it is for, for example `spectra` or `fitted-chain`. */
  readonly role: string;
  readonly runId?: string;
  readonly variant?: number;
  readonly phase?: 'cv' | 'refit';
  readonly foldId?: string;
  readonly chainPathHash?: string;
  readonly inputDataHash?: string;
  /** Transient uses (fold models, fold transforms) end when all refits of the dataset have succeeded. */
  readonly transient: boolean;
}

export interface ArtifactRow {
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: string;
  readonly refCount: number;
}

const Row = z
  .strictObject({ sha256: z.string(), bytes: z.int(), kind: z.string(), ref_count: z.int() })
  .transform(({ ref_count, ...row }): ArtifactRow => ({ ...row, refCount: ref_count }));
const ShaRow = z.strictObject({ sha256: z.string() });

/** Every SQL statement about contents and their uses. The files are the artifact keeper's. */
export function artifactRepository(db: Database) {
  const insert = db.prepare(
    'INSERT INTO artifacts (sha256, bytes, kind, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const insertUse = db.prepare(
    `INSERT INTO artifact_uses
       (sha256, run_id, variant, role, phase, fold_id, chain_path_hash, input_data_hash, transient)
     SELECT @sha256, @runId, @variant, @role, @phase, @foldId, @chainPathHash, @inputDataHash, @transient
     WHERE NOT EXISTS (SELECT 1 FROM artifact_uses WHERE sha256 = @sha256 AND run_id IS @runId AND variant IS @variant
       AND role = @role AND phase IS @phase AND fold_id IS @foldId AND transient = @transient AND deleting = 0)`,
  );
  const all = db.prepare('SELECT sha256, bytes, kind, ref_count FROM artifacts ORDER BY sha256');
  const one = db.prepare('SELECT sha256, bytes, kind, ref_count FROM artifacts WHERE sha256 = ?');
  const ofRun = db.prepare(
    `SELECT DISTINCT sha256, bytes, kind, ref_count FROM artifacts JOIN artifact_uses USING (sha256)
     WHERE run_id = ? AND deleting = 0 ORDER BY sha256`,
  );
  const markTransient = db.prepare('UPDATE artifact_uses SET deleting = 1 WHERE run_id = ? AND transient = 1');
  const transient = db.prepare(
    'SELECT EXISTS (SELECT 1 FROM artifact_uses WHERE run_id = ? AND transient = 1 AND deleting = 0)',
  );
  const markUnfinished = db.prepare(
    `UPDATE artifact_uses SET deleting = 1 WHERE role = 'fitted-chain' AND deleting = 0 AND NOT EXISTS
       (SELECT 1 FROM chains c WHERE c.run_id = artifact_uses.run_id AND c.variant = artifact_uses.variant
         AND c.fold_id = artifact_uses.fold_id AND c.phase = artifact_uses.phase)`,
  );
  const markRun = db.prepare('UPDATE artifact_uses SET deleting = 1, run_id = NULL WHERE run_id = ?');
  const unused = db.prepare(
    `SELECT sha256 FROM artifacts a WHERE
       NOT EXISTS (SELECT 1 FROM artifact_uses u WHERE u.sha256 = a.sha256 AND u.deleting = 0)
       AND NOT EXISTS (SELECT 1 FROM datasets d WHERE d.x_sha256 = a.sha256)`,
  );
  const dropUses = db.prepare('DELETE FROM artifact_uses WHERE deleting = 1');
  const drop = db.prepare('DELETE FROM artifacts WHERE sha256 = ? AND ref_count = 0');

  return {
    /** Notes a content whose file is on disk. */
    add(sha256: string, bytes: number, kind: string, createdAt: string): void {
      insert.run(sha256, bytes, kind, createdAt);
    },
    /** Notes why a content is kept; the same reason counts once, however often a killed run says it again. */
    addUse(sha256: string, use: ArtifactUse): void {
      insertUse.run({
        sha256,
        runId: use.runId ?? null,
        variant: use.variant ?? null,
        role: use.role,
        phase: use.phase ?? null,
        foldId: use.foldId ?? null,
        chainPathHash: use.chainPathHash ?? null,
        inputDataHash: use.inputDataHash ?? null,
        transient: use.transient ? 1 : 0,
      });
    },
    list: (): ArtifactRow[] => parseRows('artifacts', Row, all.all()),
    find(sha256: string): ArtifactRow | null {
      const row = one.get(sha256);
      return row === undefined ? null : parseRow('artifacts', Row, row);
    },
    /** The contents that a run uses. */
    ofRun: (runId: string): ArtifactRow[] => parseRows('artifacts', Row, ofRun.all(runId)),
    hasTransient: (runId: string): boolean => transient.pluck().get(runId) === 1,
    /** Marks uses as ending; nothing is deleted yet. */
    markTransient: (runId: string): void => void markTransient.run(runId),
    /** Marks the contents of chains that nobody finished: a chain's row follows its contents. */
    markUnfinished: (): void => void markUnfinished.run(),
    markRun: (runId: string): void => void markRun.run(runId),
    /** Contents that nothing uses any more, apart from uses that are ending. */
    unused: (): string[] => parseRows('artifacts', ShaRow, unused.all()).map((row) => row.sha256),
    /** Deletes the ending uses, and the rows of the contents whose files are gone. */
    forget(gone: readonly string[]): void {
      unitOfWork(db, () => {
        dropUses.run();
        for (const sha256 of gone) drop.run(sha256);
      });
    },
  };
}
export type ArtifactRepository = ReturnType<typeof artifactRepository>;
