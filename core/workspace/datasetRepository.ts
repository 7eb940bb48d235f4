import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { bytesToDoubles, doublesToBytes } from '#core/artifacts/littleEndian.ts';
import { EngineError } from '#core/base/errors.ts';
import { AxisUnit, Signal, TargetSummary, type DatasetSummary } from '#core/contract/datasets.ts';
import { DataReport, ImportOptions, SourceReport } from '#core/contract/imports.ts';
import type { Axis } from '#core/data/axis.ts';
import { sliceAxis } from '#core/data/axis.ts';
import type { Dataset, SourceColumns, Target } from '#core/data/dataset.ts';
import { sideBySide, sourceReports, sourcesOf, type SourcePart } from '#core/data/sources.ts';
import { Bytes, Flag, json, parseRow, parseRows, realOrNull } from '#core/workspace/rows.ts';
import { targetStatistics } from '#core/workspace/targetStatistics.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

/** A dataset on its way into the workspace. */
export interface NewDataset {
  readonly id: string;
  readonly dataset: Dataset;
  /** Over everything in the dataset. */
  readonly contentHash: string;
  /** How it was imported (null: generated or shipped with the application) and what the import found. */
  readonly options: ImportOptions | null;
  readonly report: DataReport;
  readonly warnings: number;
}

/** All of a dataset but its spectra, which lie in the artifact `xSha256`. */
export interface StoredDataset {
  readonly summary: DatasetSummary;
  readonly axis: Axis;
  /** Where there are several. */
  readonly sources: readonly SourceColumns[] | null;
  readonly sourceName: string;
  readonly xSha256: string;
  readonly hasSplit: boolean;
}

const Row = z.strictObject({
  id: z.string(),
  name: z.string(),
  content_hash: z.string(),
  n: z.int(),
  p: z.int(),
  source_name: z.string(),
  signal: Signal,
  axis: Bytes,
  axis_unit: AxisUnit,
  x_sha256: z.string(),
  metadata_names: json(z.array(z.string())),
  has_split: Flag,
  files: json(z.array(z.string())),
  warnings: z.int(),
  created_at: z.string(),
  sources: json(z.array(SourceReport)).nullable(),
});
const TargetRow = z.strictObject({ ...TargetSummary.omit({ n: true }).shape });
// Apart from the rest: a list need not read them, and stays readable when a newer import reports other things.
const ImportRow = z.strictObject({ options: json(ImportOptions.nullable()), report: json(DataReport) });
const SplitRow = z.strictObject({ label: z.string(), samples: z.int() });
const ValuesRow = z.strictObject({ name: z.string(), unit: z.string().nullable(), value_bytes: Bytes });

const COLUMNS =
  'id, name, content_hash, n, p, source_name, signal, axis, axis_unit, x_sha256, metadata_names, has_split, files, warnings, created_at';

/** Several sources lie in the report, their axes one after another in `axis`; the axis of the whole counts columns. */
const READ = `${COLUMNS}, json_extract(report, '$.sources') AS sources`;

/** Every SQL statement about datasets and their targets; samples have a repository of their own. */
export function datasetRepository(db: Database) {
  const one = db.prepare(`SELECT ${READ} FROM datasets WHERE id = ?`);
  const byHash = db.prepare(`SELECT ${READ} FROM datasets WHERE content_hash = ? ORDER BY seq LIMIT 1`);
  const all = db.prepare(`SELECT ${READ} FROM datasets ORDER BY seq DESC`);
  const insert = db.prepare(
    `INSERT INTO datasets (${COLUMNS}, options, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const targets = db.prepare(
    'SELECT name, unit, missing, min, max, mean, sd FROM dataset_targets WHERE dataset_id = ? ORDER BY position',
  );
  const values = db.prepare(
    'SELECT name, unit, value_bytes FROM dataset_targets WHERE dataset_id = ? ORDER BY position',
  );
  const insertTarget = db.prepare(
    `INSERT INTO dataset_targets (dataset_id, position, name, unit, missing, min, max, mean, sd, value_bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertSample = db.prepare(
    'INSERT INTO samples (dataset_id, row, sample_id, split, metadata) VALUES (?, ?, ?, ?, ?)',
  );
  const imported = db.prepare('SELECT options, report FROM datasets WHERE id = ?');
  const splits = db.prepare(
    'SELECT split AS label, count(*) AS samples FROM samples WHERE dataset_id = ? GROUP BY split ORDER BY min(row)',
  );
  const rename = db.prepare('UPDATE datasets SET name = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM datasets WHERE id = ?');

  const toDataset = (raw: unknown): StoredDataset => {
    const row = parseRow('datasets', Row, raw);
    const stored: Axis = { values: bytesToDoubles(row.axis), unit: row.axis_unit };
    const whole = row.sources === null ? null : sideBySide(sourceParts(row.sources, stored));
    const axis = whole?.axis ?? stored;
    const summary: DatasetSummary = {
      id: row.id,
      name: row.name,
      samples: row.n,
      wavelengths: row.p,
      axis: { from: axis.values.at(0) ?? 0, to: axis.values.at(-1) ?? 0, unit: axis.unit },
      signal: row.signal,
      ...(row.sources === null ? {} : { sources: row.sources }),
      targets: parseRows('dataset_targets', TargetRow, targets.all(row.id)).map((t) => ({
        ...t,
        n: row.n - t.missing,
      })),
      metadata: row.metadata_names,
      split: row.has_split ? parseRows('samples', SplitRow, splits.all(row.id)) : null,
      contentHash: row.content_hash,
      files: row.files,
      createdAt: row.created_at,
      warnings: row.warnings,
    };
    return {
      summary,
      axis,
      sources: whole?.sources ?? null,
      sourceName: row.source_name,
      xSha256: row.x_sha256,
      hasSplit: row.has_split,
    };
  };

  return {
    /** Adds the rows of a dataset whose spectra are stored already. */
    add({ id, dataset, contentHash, options, report, warnings }: NewDataset, xSha256: string, createdAt: string): void {
      const { source, sampleIds, metadata, split } = dataset;
      unitOfWork(db, () => {
        insert.run(
          id,
          dataset.name,
          contentHash,
          source.x.rows,
          source.x.cols,
          source.name,
          source.signal,
          doublesToBytes(Float64Array.from(sourcesOf(dataset).flatMap(({ axis }) => [...axis.values]))),
          source.axis.unit,
          xSha256,
          JSON.stringify(metadata.map((column) => column.name)),
          split === null ? 0 : 1,
          JSON.stringify(dataset.files),
          warnings,
          createdAt,
          JSON.stringify(options),
          JSON.stringify({ ...report, sources: sourceReports(dataset) }),
        );
        dataset.targets.forEach((t, position) => {
          const s = targetStatistics(t.values);
          const bytes = doublesToBytes(t.values);
          const figures = [s.min, s.max, s.mean, s.sd].map(realOrNull);
          insertTarget.run(id, position, t.name, t.unit, s.missing, ...figures, bytes);
        });
        sampleIds.forEach((sampleId, row) => {
          const own = JSON.stringify(metadata.map((column) => column.values[row] ?? ''));
          insertSample.run(id, row, sampleId, split === null ? null : (split[row] ?? ''), own);
        });
      });
    },
    /** Throws `workspace.not-found`. */
    get(id: string): StoredDataset {
      const row = one.get(id);
      if (row === undefined) throw new EngineError('workspace.not-found', { what: 'dataset', id });
      return toDataset(row);
    },
    find(id: string): StoredDataset | null {
      const row = one.get(id);
      return row === undefined ? null : toDataset(row);
    },
    /** The first dataset with this content, if it was imported before. */
    findByHash(contentHash: string): StoredDataset | null {
      const row = byHash.get(contentHash);
      return row === undefined ? null : toDataset(row);
    },
    /** The newest first. */
    list: (): DatasetSummary[] => all.all().map((row) => toDataset(row).summary),
    /** How it was imported, and what the import found. Throws `workspace.not-found`. */
    importOf(id: string): z.output<typeof ImportRow> {
      const row = imported.get(id);
      if (row === undefined) throw new EngineError('workspace.not-found', { what: 'dataset', id });
      return parseRow('datasets', ImportRow, row);
    },
    targets: (id: string): Target[] =>
      parseRows('dataset_targets', ValuesRow, values.all(id)).map((row) => ({
        name: row.name,
        unit: row.unit,
        values: bytesToDoubles(row.value_bytes),
      })),
    rename(id: string, name: string): void {
      if (rename.run(name, id).changes === 0) throw new EngineError('workspace.not-found', { what: 'dataset', id });
    },
    /** Removes the rows; who may do that, and what becomes of the spectra, is decided elsewhere. */
    remove: (id: string): void => void remove.run(id),
  };
}

/** The sources with their pieces of the axis values. */
function sourceParts(sources: readonly SourceReport[], all: Axis): SourcePart[] {
  let at = 0;
  return sources.map(({ name, columns, unit, signal }) => {
    const values = sliceAxis(all, at, at + columns).values;
    at += columns;
    return { name, axis: { values, unit }, signal };
  });
}
export type DatasetRepository = ReturnType<typeof datasetRepository>;
