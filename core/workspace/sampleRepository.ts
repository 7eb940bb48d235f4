import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { SampleRow } from '#core/contract/datasets.ts';
import type { MetadataColumn } from '#core/data/dataset.ts';
import type { DatasetRepository } from '#core/workspace/datasetRepository.ts';
import { naturalKey } from '#core/workspace/naturalKey.ts';
import { json, parseRow, parseRows } from '#core/workspace/rows.ts';

/** A page of the table of samples. `sortBy`: 'row', 'id', 'split', `target:NAME` or `metadata:NAME`. */
export interface SamplePage {
  readonly offset: number;
  readonly limit: number;
  readonly sortBy: string;
  readonly descending: boolean;
}

export interface SampleColumns {
  readonly ids: string[];
  readonly split: string[];
  readonly metadata: MetadataColumn[];
}

const Row = z.strictObject({
  row: z.int(),
  sample_id: z.string(),
  split: z.string().nullable(),
  metadata: json(z.array(z.string())),
});
const Texts = z.array(z.string());

/** The samples of a dataset: read as whole columns for computing, or as pages for looking at. */
export function sampleRepository(db: Database, datasets: DatasetRepository) {
  const all = db.prepare('SELECT row, sample_id, split, metadata FROM samples WHERE dataset_id = ? ORDER BY row');
  const one = db.prepare('SELECT row, sample_id, split, metadata FROM samples WHERE dataset_id = ? AND row = ?');
  const ids = db.prepare('SELECT sample_id AS text FROM samples WHERE dataset_id = ? ORDER BY row');
  const splits = db.prepare("SELECT coalesce(split, '') AS text FROM samples WHERE dataset_id = ? ORDER BY row");
  const metadata = db.prepare(
    "SELECT coalesce(json_extract(metadata, ?), '') AS text FROM samples WHERE dataset_id = ? ORDER BY row",
  );
  for (const column of [ids, splits, metadata]) column.pluck(); // 100,000 rows of one value each
  const texts = (values: readonly unknown[]): string[] => parseRow('samples', Texts, values);

  /** The keys of a column to sort by: numbers, or texts; missing values last. */
  const keysOf = (id: string, sortBy: string): Float64Array | string[] => {
    if (sortBy === 'id') return texts(ids.all(id)).map(naturalKey);
    if (sortBy === 'split') return texts(splits.all(id)).map(naturalKey);
    const separator = sortBy.indexOf(':');
    const [kind, name] = [sortBy.slice(0, separator), sortBy.slice(separator + 1)];
    if (kind === 'target') {
      const target = datasets.targets(id).find((t) => t.name === name);
      if (target !== undefined) return target.values;
    }
    const position = kind === 'metadata' ? datasets.get(id).summary.metadata.indexOf(name) : -1;
    if (position < 0) throw new EngineError('workspace.not-found', { what: 'column', id: sortBy });
    const column = texts(metadata.all(`$[${position}]`, id));
    const numbers = Float64Array.from(column, (text) => (text.trim() === '' ? NaN : Number(text)));
    const allNumbers = column.every((text, row) => text.trim() === '' || !Number.isNaN(numbers[row] ?? NaN));
    return allNumbers ? numbers : column.map(naturalKey);
  };

  /** The order of the last page that was asked for: scrolling through a sorted table sorts it once. */
  const last: { key: string; order: Int32Array } = { key: '', order: new Int32Array(0) };
  const orderOf = (id: string, n: number, { sortBy, descending }: SamplePage): Int32Array => {
    const key = JSON.stringify([id, sortBy, descending]); // datasets never change, so an order stays right
    if (last.key === key) return last.order;
    const rows = Int32Array.from({ length: n }, (_, row) => row);
    const order =
      sortBy === 'row' ? (descending ? rows.reverse() : rows) : sortRows(rows, keysOf(id, sortBy), descending);
    [last.key, last.order] = [key, order];
    return order;
  };

  return {
    /** Throws `workspace.not-found` for an unknown dataset or column. */
    page(id: string, page: SamplePage): { total: number; rows: SampleRow[] } {
      const { summary } = datasets.get(id);
      const order = orderOf(id, summary.samples, page).subarray(page.offset, page.offset + page.limit);
      const targets = datasets.targets(id);
      const rows = Array.from(order, (row): SampleRow => {
        const found = parseRow('samples', Row, one.get(id, row));
        const values = targets.map((t) => t.values[row] ?? NaN).map((value) => (Number.isNaN(value) ? null : value));
        return { row, id: found.sample_id, targets: values, metadata: found.metadata, split: found.split };
      });
      return { total: summary.samples, rows };
    },
    /** Everything about the samples, in file order. */
    columns(id: string): SampleColumns {
      const rows = parseRows('samples', Row, all.all(id));
      const names = datasets.get(id).summary.metadata;
      return {
        ids: rows.map((row) => row.sample_id),
        split: rows.map((row) => row.split ?? ''),
        metadata: names.map((name, k) => ({ name, values: rows.map((row) => row.metadata[k] ?? '') })),
      };
    },
    ids: (id: string): string[] => texts(ids.all(id)),
  };
}
export type SampleRepository = ReturnType<typeof sampleRepository>;

function sortRows(rows: Int32Array, keys: Float64Array | string[], descending: boolean): Int32Array {
  const missing = (row: number) => keys[row] === '' || Number.isNaN(keys[row]);
  const present = rows.filter((row) => !missing(row));
  const sign = descending ? -1 : 1;
  present.sort((a, b) => {
    const [left, right] = [keys[a] ?? 0, keys[b] ?? 0];
    return left < right ? -sign : left > right ? sign : a - b;
  });
  const order = new Int32Array(rows.length);
  order.set(present);
  order.set(rows.filter(missing), present.length);
  return order;
}
