import type { Arena } from '#core/kernels/arena.ts';
import { doublesAt, type Place } from '#core/kernels/kernels.ts';

/** A matrix in the kernels' memory, row-major: spectra, a Gram matrix or a cross-product. */
export interface PlacedMatrix {
  readonly at: Place;
  readonly rows: number;
  readonly cols: number;
}

/** One fold, as a column of the computation that serves all folds: which rows train, how much each counts, on what. */
export interface FoldColumn {
  /** Rows of the shared matrix. The other rows are predicted and never looked at otherwise. */
  readonly train: Int32Array;
  /** Not negative, one for each training row; null: all count alike. */
  readonly weights: Float64Array | null;
  /** M responses, each with a value for every training row. */
  readonly responses: readonly Float64Array[];
}

/** What all fold models say of every row. */
export interface FoldPredictions {
  /** `values[(a · M + m) · N + i]`: response m of row i, with the (a + 1)-th model of the path. */
  readonly values: Float64Array;
}

/** The columns of a computation in the kernels' memory: C folds, M responses, N rows. */
export interface PlacedColumns {
  readonly count: number;
  readonly rows: number;
  readonly responses: number;
  /** C × N: 0 for rows that do not train. */
  readonly weights: Place;
  /** Sum of the weights of each fold. */
  readonly totals: readonly number[];
  /** Weighted mean (and scale) of each response in each fold, `[c][m]`. */
  readonly means: readonly (readonly number[])[];
  readonly scales: readonly (readonly number[])[];
  /** (C · M) × N: weight × (response − mean) / scale, 0 for rows that do not train. */
  readonly targets: Place;
}

/** @param scale divide each response by its standard deviation (ddof 1) in the fold */
export function placeColumns(columns: readonly FoldColumn[], rows: number, scale: boolean, room: Arena): PlacedColumns {
  const responses = columns[0]?.responses.length ?? 0;
  const weights = room.zeros(columns.length * rows);
  const targets = room.zeros(columns.length * responses * rows);
  const totals: number[] = [];
  const means: number[][] = [];
  const scales: number[][] = [];
  columns.forEach((column, c) => {
    const { train } = column;
    const w = doublesAt(room.kernels, weights + c * rows * 8, rows);
    let total = 0;
    train.forEach((row, k) => {
      w[row] = column.weights?.[k] ?? 1;
      total += w[row];
    });
    totals.push(total);
    const own = column.responses.map((y) => centre(y, column, total, scale));
    means.push(own.map(({ mean }) => mean));
    scales.push(own.map(({ deviation }) => deviation));
    column.responses.forEach((y, m) => {
      const u = doublesAt(room.kernels, targets + (c * responses + m) * rows * 8, rows);
      const { mean, deviation } = own[m];
      train.forEach((row, k) => {
        u[row] = (w[row] * (y[k] - mean)) / deviation;
      });
    });
  });
  return { count: columns.length, rows, responses, weights, totals, means, scales, targets };
}

/** Doubles that `placeColumns` takes. */
export const columnDoubles = (count: number, rows: number, responses: number): number =>
  count * (responses + 1) * (rows + 2);

function centre(y: Float64Array, { weights }: FoldColumn, total: number, scale: boolean) {
  let sum = 0;
  for (let k = 0; k < y.length; k++) sum += (weights?.[k] ?? 1) * y[k];
  const mean = sum / total;
  if (!scale) return { mean, deviation: 1 };
  let squares = 0;
  for (let k = 0; k < y.length; k++) squares += (weights?.[k] ?? 1) * (y[k] - mean) ** 2;
  const rounding = y.length * Math.abs(mean) * Number.EPSILON;
  return { mean, deviation: total > 1 && squares / total > rounding * rounding ? Math.sqrt(squares / (total - 1)) : 1 };
}

/** An even number of columns, as the narrow products want. */
export const even = (count: number): number => count + (count % 2);

/**
 * Calls `work` for blocks of rows of a matrix with `cols` columns that stay in the second-level cache, so that two
 * kernels which read the same rows fetch them once. Sums do not depend on where a block ends.
 */
export function eachBlock(rows: number, cols: number, work: (from: number, count: number) => void): void {
  const size = blockRows(cols);
  for (let from = 0; from < rows; from += size) work(from, Math.min(size, rows - from));
}

/** Rows of one block. */
export const blockRows = (cols: number): number => Math.max(4, Math.min(512, Math.floor(BLOCK_DOUBLES / cols / 4) * 4));

const BLOCK_DOUBLES = 1 << 16;
