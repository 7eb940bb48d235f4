import { EngineError } from '#core/base/errors.ts';
import type { ImportOptions, JoinReport } from '#core/contract/imports.ts';

/** The rows of a file beside the spectra. */
export interface JoinSide {
  readonly file: string;
  readonly rows: number;
  readonly ids: readonly string[] | null;
  readonly lines: readonly number[];
  /** The other cells of a row as one text, to tell a repeated line from a contradicting one. */
  content(row: number): string;
}

export interface RowJoin {
  /** For each spectrum the row of the file that belongs to it, or −1. */
  readonly index: Int32Array;
  readonly report: JoinReport;
  /** Why the two do not fit together; null when they do. */
  readonly problem: 'ids' | 'count' | null;
}

/**
 * Finds the row of a file for each spectrum: by sample id where both name their samples (a repeated measurement finds
 * the same row), else by order when the numbers of rows agree.
 *
 * @throws EngineError data.duplicate-id when the file states different values for one sample
 */
export function joinRows(
  spectra: { readonly ids: readonly string[] | null; readonly rows: number },
  side: JoinSide,
  mode: ImportOptions['join'],
): RowJoin {
  if (mode !== 'order' && spectra.ids && side.ids) return byId(spectra.ids, side, side.ids);
  if (spectra.rows !== side.rows || mode === 'id') return unjoined(spectra, side, mode === 'id' ? 'ids' : 'count');
  return inOrder(spectra.rows, side.file);
}

function byId(xIds: readonly string[], side: JoinSide, ids: readonly string[]): RowJoin {
  // The same ids in the same order, repetitions included: row for row.
  if (xIds.length === ids.length && xIds.every((id, i) => id === ids[i]))
    return { ...inOrder(xIds.length, side.file, 'id') };
  const rowOf = new Map<string, number>();
  ids.forEach((id, row) => {
    const first = rowOf.get(id);
    if (first === undefined) rowOf.set(id, row);
    else if (side.content(first) !== side.content(row))
      throw new EngineError('data.duplicate-id', {
        file: side.file,
        id,
        line: side.lines[row] ?? 0,
        firstLine: side.lines[first] ?? 0,
      });
  });
  const index = Int32Array.from(xIds, (id) => rowOf.get(id) ?? -1);
  const wanted = new Set(xIds);
  const without = xIds.filter((_, i) => index[i] === -1);
  const unused = [...rowOf.keys()].filter((id) => !wanted.has(id));
  const matched = xIds.length - without.length;
  return {
    index,
    problem: matched === 0 ? 'ids' : null,
    report: {
      file: side.file,
      by: matched === 0 ? 'none' : 'id',
      matched,
      spectraWithout: without.length,
      spectraWithoutIds: without.slice(0, 20),
      rowsWithout: unused.length,
      rowsWithoutIds: unused.slice(0, 20),
    },
  };
}

function inOrder(rows: number, file: string, by: 'id' | 'order' = 'order'): RowJoin {
  return {
    index: Int32Array.from({ length: rows }, (_, i) => i),
    problem: null,
    report: { file, by, matched: rows, spectraWithout: 0, spectraWithoutIds: [], rowsWithout: 0, rowsWithoutIds: [] },
  };
}

const unjoined = (spectra: { readonly rows: number }, side: JoinSide, problem: 'ids' | 'count'): RowJoin => ({
  index: new Int32Array(spectra.rows).fill(-1),
  problem,
  report: {
    file: side.file,
    by: 'none',
    matched: 0,
    spectraWithout: spectra.rows,
    spectraWithoutIds: [],
    rowsWithout: side.rows,
    rowsWithoutIds: [],
  },
});
