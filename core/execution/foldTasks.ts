import type { CancelToken } from '#core/base/cancellation.ts';
import { fitTargetChain } from '#core/execution/targetChain.ts';
import type { UnitContext } from '#core/execution/runSteps.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { UnitData } from '#core/execution/unit.ts';
import { arena } from '#core/kernels/arena.ts';
import type { Held } from '#core/kernels/kernelHeap.ts';
import type { Kernels, Place } from '#core/kernels/kernels.ts';
import type { PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';
import type { FoldScene } from '#core/numerics/folds/foldsAtOnce.ts';
import { placeRows, symmetricTiles, type SpectraSource } from '#core/numerics/folds/sharedProducts.ts';
import { baseSums, derivedGram, type GramBase } from '#core/numerics/folds/derivedGram.ts';
import { rowAffine } from '#core/numerics/folds/rowAffine.ts';
import { takeValues, type Matrix } from '#core/numerics/matrix.ts';

/** Copy some rows of the spectra into the kernels' memory. */
export interface PlaceTask {
  readonly source: SpectraSource;
  readonly x: PlacedMatrix;
  /** Of the shift, length p. */
  readonly shift: Place;
  readonly range: readonly [from: number, to: number];
}

/** Make tiles of X X' or X'X until none is left; several workers share one counter. */
export interface TilesTask {
  readonly x: PlacedMatrix;
  readonly product: PlacedMatrix;
  readonly byColumns: boolean;
  /** Tiles handed out so far. */
  readonly counter: Int32Array;
  readonly room: Place;
}

/** The vectors from which Gram matrices of row-affine steps are derived. */
export interface SumsTask {
  readonly x: PlacedMatrix;
  readonly shift: Float64Array;
  readonly base: GramBase;
  readonly room: Held;
}

/** The Gram matrix of spectra that differ from those of the base by a factor and an offset each. */
export interface DeriveTask {
  readonly base: GramBase;
  readonly from: Matrix;
  readonly to: Matrix;
  /** The dataset's rows in the order of the base's rows. */
  readonly rows: Int32Array;
  readonly out: PlacedMatrix;
  readonly room: Held;
}

/** Fit and predict several folds at once. */
export interface SolveTask {
  readonly steps: readonly PlannedStep[];
  readonly seed: number;
  /** Null: the one value of the parameters. */
  readonly pathValues: readonly number[] | null;
  readonly scene: FoldScene;
  /** The dataset's rows in the order of the scene's rows. */
  readonly rows: Int32Array;
  readonly folds: readonly FoldRows[];
  /** Counts pieces of work, so that whoever waits sees it go on. */
  readonly progress: Int32Array;
  /** Rows of the test partition stand behind this many training rows. */
  readonly training: number;
  readonly room: Held;
}

/** One fold in rows of the scene. */
export interface FoldRows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/** What a solved fold predicts, in the target's own unit. */
export interface SolvedFold {
  /** For each path value the training, validation and test rows, one behind the other; on shared memory. */
  readonly predicted: Float64Array;
  readonly notices: readonly string[];
}

/** False where a value is not finite. */
export const place = (kernels: Kernels, { source, x, shift, range }: PlaceTask, cancel: CancelToken): boolean =>
  placeRows(kernels, source, x, shift, range, cancel);

export function tiles(kernels: Kernels, task: TilesTask, cancel: CancelToken): void {
  const next = () => Atomics.add(task.counter, 0, 1);
  symmetricTiles(kernels, task.x, task.product, task.byColumns, task.room, next, cancel);
}

export function sums(kernels: Kernels, { x, shift, base, room }: SumsTask): void {
  baseSums(x, shift, base, arena(kernels, room));
}

/** The sizes of its rows; null where the spectra differ by more. */
export function derive(kernels: Kernels, { base, from, to, rows, out, room }: DeriveTask): Float64Array | null {
  const affine = rowAffine(from, to, rows);
  return affine === null ? null : derivedGram(base, affine, out, arena(kernels, room));
}

/** Null for a fold that has to be fitted by itself. */
export function solve(kernels: Kernels, data: UnitData, task: SolveTask, context: UnitContext): (SolvedFold | null)[] {
  const model = task.steps.at(-1);
  const folds = model?.role === 'model' ? context.lookup.model(model.id).folds : undefined;
  if (model?.role !== 'model' || folds === undefined) throw new Error('This model is fitted fold by fold.');
  const notices = task.folds.map((): string[] => []);
  const chains = task.folds.map(({ train }, f) =>
    fitTargetChain(data, task.steps, datasetRows(task.rows, train), task.seed, notices[f], context),
  );
  const columns = task.folds.map(({ train }, f) => ({
    train,
    weights: null,
    responses: [chains[f].forward(takeValues(data.y, datasetRows(task.rows, train)))],
  }));
  const values = task.pathValues ?? [folds.value(model.params)];
  const solved = folds.solve(
    task.scene,
    columns,
    model.params,
    values,
    arena(kernels, task.room),
    counting(context.cancel, task.progress),
  );
  const test = Int32Array.from({ length: task.rows.length - task.training }, (_, i) => task.training + i);
  return solved.map((byValue, f) => {
    if (byValue?.every((own) => own.every(Number.isFinite)) !== true) return null;
    const { train, validation } = task.folds[f];
    const size = train.length + validation.length + test.length;
    const predicted = new Float64Array(new SharedArrayBuffer(byValue.length * size * 8));
    byValue.forEach((own, k) => {
      let at = k * size;
      for (const part of [train, validation, test]) {
        predicted.set(chains[f].back(takeValues(own, part)), at);
        at += part.length;
      }
    });
    return { predicted, notices: notices[f] };
  });
}

const datasetRows = (rows: Int32Array, own: Int32Array): Int32Array => own.map((row) => rows[row]);

/** Whoever computes asks often whether to stop: that tells how far it is. */
const counting = (cancel: CancelToken, progress: Int32Array): CancelToken => ({
  get cancelled() {
    return cancel.cancelled;
  },
  check() {
    Atomics.add(progress, 0, 1);
    cancel.check();
  },
});
