import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { PipelineSummary } from '#core/contract/pipelines.ts';
import { parseRow, parseRows } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

/** One saved state of a document. */
export interface PipelineVersion {
  readonly version: number;
  readonly name: string;
  readonly text: string;
  readonly savedAt: string;
}

const Row = z.strictObject({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  version: z.int(),
  updated_at: z.string(),
});
const toSummary = (row: z.output<typeof Row>): PipelineSummary => ({
  id: row.id,
  name: row.name,
  text: row.text,
  updatedAt: row.updated_at,
  version: row.version,
});
const VersionRow = z
  .strictObject({ version: z.int(), name: z.string(), text: z.string(), saved_at: z.string() })
  .transform((row): PipelineVersion => ({
    version: row.version,
    name: row.name,
    text: row.text,
    savedAt: row.saved_at,
  }));

const COLUMNS = 'id, name, text, version, updated_at';

/** The library of pipeline documents. Every save that changes something is kept as a version. */
export function pipelineRepository(db: Database) {
  const one = db.prepare(`SELECT ${COLUMNS} FROM pipeline_documents WHERE id = ?`);
  const all = db.prepare(`SELECT ${COLUMNS} FROM pipeline_documents ORDER BY updated_at DESC, id`);
  const insert = db.prepare(
    'INSERT INTO pipeline_documents (id, name, text, version, created_at, updated_at) VALUES (?, ?, ?, 1, ?, ?)',
  );
  const update = db.prepare(
    'UPDATE pipeline_documents SET name = ?, text = ?, version = version + 1, updated_at = ? WHERE id = ?',
  );
  const insertVersion = db.prepare(
    `INSERT INTO pipeline_versions (document_id, version, name, text, saved_at)
     SELECT id, version, name, text, updated_at FROM pipeline_documents WHERE id = ?`,
  );
  const versions = db.prepare(
    'SELECT version, name, text, saved_at FROM pipeline_versions WHERE document_id = ? ORDER BY version DESC',
  );
  const remove = db.prepare('DELETE FROM pipeline_documents WHERE id = ?');

  const get = (id: string): PipelineSummary => {
    const row = one.get(id);
    if (row === undefined) throw new EngineError('workspace.not-found', { what: 'pipeline', id });
    return toSummary(parseRow('pipeline_documents', Row, row));
  };

  return {
    /** Throws `workspace.not-found`. */
    get,
    /** The last saved first. */
    list: (): PipelineSummary[] => parseRows('pipeline_documents', Row, all.all()).map(toSummary),
    add(id: string, name: string, text: string, at: string): PipelineSummary {
      return unitOfWork(db, () => {
        insert.run(id, name, text, at, at);
        insertVersion.run(id);
        return get(id);
      });
    },
    /** Saving what is there already makes no new version. Throws `workspace.not-found`. */
    save(id: string, name: string, text: string, at: string): PipelineSummary {
      return unitOfWork(db, () => {
        const before = get(id);
        if (before.name === name && before.text === text) return before;
        update.run(name, text, at, id);
        insertVersion.run(id);
        return get(id);
      });
    },
    /** The newest first, the present one included. */
    versions: (id: string): PipelineVersion[] => parseRows('pipeline_versions', VersionRow, versions.all(id)),
    remove(id: string): void {
      if (remove.run(id).changes === 0) throw new EngineError('workspace.not-found', { what: 'pipeline', id });
    },
  };
}
export type PipelineRepository = ReturnType<typeof pipelineRepository>;
