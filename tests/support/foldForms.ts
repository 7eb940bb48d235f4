import { neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import type { Fold } from '#core/data/operator.ts';
import { arena, type Arena } from '#core/kernels/arena.ts';
import { kernelHeap } from '#core/kernels/kernelHeap.ts';
import { doublesAt, loadKernels } from '#core/kernels/kernels.ts';
import { sharedMemory } from '#core/kernels/webAssembly.ts';
import { centredProblem } from '#core/models/centredProblem.ts';
import type { FoldColumn, FoldPredictions, PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';
import { gramPls, gramPlsDoubles } from '#core/numerics/folds/gramPls.ts';
import {
  pivotRow,
  placeRows,
  spectrumOf,
  symmetricTiles,
  tileCount,
  TILE_ROOM,
} from '#core/numerics/folds/sharedProducts.ts';
import { spectraPls, spectraPlsDoubles } from '#core/numerics/folds/spectraPls.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import { takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';

export type Form = 'gram' | 'spectra' | 'crossProduct';
export const FORMS: readonly Form[] = ['gram', 'spectra', 'crossProduct'];
/** Only these two divide channels by their deviation. */
export const formsFor = (scale: boolean): readonly Form[] => (scale ? ['spectra', 'crossProduct'] : FORMS);

const kernels = loadKernels(sharedMemory());
const heap = kernelHeap(kernels.memory);

export interface FormSettings {
  readonly components: number;
  readonly scale?: boolean;
  /** Row whose spectrum is subtracted first; of those that train in any fold where absent. */
  readonly pivot?: number;
  /** In which order the tiles are made. */
  readonly tileOrder?: (count: number) => readonly number[];
  /** Rows of X'X; those that train in any fold where absent. */
  readonly base?: Int32Array;
  readonly cancel?: CancelToken;
}

/** All folds as columns, each training on its rows of y. */
export const columnsOf = (
  folds: readonly Pick<Fold, 'train'>[],
  targets: readonly Float64Array[],
  weights: Float64Array | null = null,
): FoldColumn[] =>
  folds.map(({ train }) => ({
    train,
    weights: weights === null ? null : takeValues(weights, train),
    responses: targets.map((y) => takeValues(y, train)),
  }));

/**
 * What a form of cross-validated PLS makes of all rows, in exactly the room that it says it needs, which holds NaN before.
 * Null where the spectra cannot be placed.
 */
export function throughForm(
  form: Form,
  x: Matrix,
  columns: readonly FoldColumn[],
  { components, scale = false, cancel = neverCancelled, ...more }: FormSettings,
): (FoldPredictions | null)[] | null {
  const training = trainingRows(columns);
  const source = { blocks: [x], rows: Int32Array.from({ length: x.rows }, (_, i) => i) };
  const shift = spectrumOf(source, more.pivot ?? pivotRow(source, training));
  return inRoom(x.rows * x.cols + 8, (spectra) => {
    const placed = { at: spectra.take(x.rows * x.cols), rows: x.rows, cols: x.cols };
    const finite = inRoom(x.cols, (room) => {
      const at = room.take(x.cols);
      doublesAt(kernels, at, x.cols).set(shift);
      return placeRows(kernels, source, placed, at, [0, x.rows], cancel);
    });
    if (!finite) return null;
    const responses = columns[0]?.responses.length ?? 0;
    if (form === 'gram')
      return withProduct(placed, false, more.tileOrder, (product) =>
        inRoom(gramPlsDoubles(columns.length, x.rows, responses, components), (room) =>
          gramPls(product, columns, components, null, room, cancel),
        ),
      );
    const room = <T>(work: (room: Arena) => T): T =>
      inRoom(spectraPlsDoubles(columns.length, placed, responses, components), work);
    const settings = { components, scale, shift };
    if (form === 'spectra')
      return room((own) => spectraPls(placed, columns, { ...settings, crossProduct: null }, own, cancel));
    // The rows of X'X stand in front in a run; here they are copied there.
    const base = more.base ?? training;
    return inRoom(base.length * x.cols, (copy) => {
      const front = { at: copy.take(base.length * x.cols), rows: base.length, cols: x.cols };
      const all = doublesAt(kernels, placed.at, x.rows * x.cols);
      base.forEach((row, i) => {
        doublesAt(kernels, front.at + i * x.cols * 8, x.cols).set(all.subarray(row * x.cols, (row + 1) * x.cols));
      });
      return withProduct(front, true, more.tileOrder, (matrix) =>
        room((own) => spectraPls(placed, columns, { ...settings, crossProduct: { matrix, base } }, own, cancel)),
      );
    });
  });
}

/** X X' or (`byColumns`) X'X, in the order that is asked for. */
export function withProduct<T>(
  x: PlacedMatrix,
  byColumns: boolean,
  tileOrder: FormSettings['tileOrder'],
  work: (product: PlacedMatrix) => T,
): T {
  const n = byColumns ? x.cols : x.rows;
  return inRoom(n * n + 8, (whole) => {
    const product = { at: whole.take(n * n), rows: n, cols: n };
    const count = tileCount(n);
    const queue = [...(tileOrder?.(count) ?? Array.from({ length: count }, (_, i) => i))];
    inRoom(TILE_ROOM, (room) => {
      symmetricTiles(
        kernels,
        x,
        product,
        byColumns,
        room.take(TILE_ROOM),
        () => queue.shift() ?? count,
        neverCancelled,
      );
    });
    return work(product);
  });
}

/** So much room on kernels that several threads could share, full of NaN. */
export function inRoom<T>(doubles: number, work: (room: Arena) => T): T {
  const held = heap.take(doubles);
  if (held === null) throw new Error('The test has no memory left.');
  try {
    doublesAt(kernels, held.at, held.bytes / 8).fill(NaN);
    return work(arena(kernels, held));
  } finally {
    heap.giveBack(held);
  }
}

/** Rows that train in any fold, in their order. */
function trainingRows(columns: readonly FoldColumn[]): Int32Array {
  return Int32Array.from([...new Set(columns.flatMap(({ train }) => [...train]))].sort((a, b) => a - b));
}

/**
 * The same fold by fold with one fit each: predictions of every row for 1 … components, as many as the rank allows. An
 * integer weight w stands for w copies of the row.
 */
export function oneByOne(
  x: Matrix,
  { train, weights, responses: [y = new Float64Array()] }: FoldColumn,
  components: number,
  scale = false,
): Float64Array[] {
  const copies = [...train].flatMap((row, k) =>
    Array.from({ length: weights?.[k] ?? 1 }, (): [number, number] => [row, y[k] ?? NaN]),
  );
  const problem = centredProblem(
    'PLS',
    takeRows(
      x,
      copies.map(([row]) => row),
    ),
    Float64Array.from(copies, ([, value]) => value),
    scale,
  );
  const { coefs } = improvedKernelPls(problem.x, problem.y, components, neverCancelled);
  return coefs.map((centred) => {
    const { coef, intercept } = problem.toRaw(centred);
    return Float64Array.from({ length: x.rows }, (_, i) =>
      coef.reduce((sum, value, j) => sum + value * (x.data[i * x.cols + j] ?? NaN), intercept),
    );
  });
}

/** Response m of all rows after a + 1 components. */
export function predictionsOf(fold: FoldPredictions, rows: number, a: number, responses = 1, m = 0): Float64Array {
  const from = (a * responses + m) * rows;
  return fold.values.subarray(from, from + rows);
}

/** The pooled RMSECV of each number of components; held-out rows of overlapping folds count each time. */
export function rmsecvOf(
  folds: readonly Pick<Fold, 'validation'>[],
  y: Float64Array,
  components: number,
  predicted: (fold: number, a: number) => ArrayLike<number>,
): number[] {
  return Array.from({ length: components }, (_, a) => {
    let [sum, count] = [0, 0];
    folds.forEach(({ validation }, f) => {
      const own = predicted(f, a);
      for (const row of validation) {
        sum += ((own[row] ?? NaN) - (y[row] ?? NaN)) ** 2;
        count++;
      }
    });
    return Math.sqrt(sum / count);
  });
}
