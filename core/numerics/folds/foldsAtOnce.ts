import type { CancelToken } from '#core/base/cancellation.ts';
import type { Arena } from '#core/kernels/arena.ts';
import type { FoldColumn, PlacedMatrix } from '#core/numerics/folds/foldColumns.ts';

/**
 * What all folds start from: the Gram matrix X X' of all rows, the spectra themselves, or the spectra with the
 * cross-product X'X of the training rows.
 */
export type FoldForm = 'gram' | 'spectra' | 'crossProduct';

export interface FormChoice {
  readonly form: FoldForm;
  readonly nanoseconds: number;
}

/** Size of a cross-validation: all rows (training and test), channels, folds. */
export interface FoldShape {
  readonly rows: number;
  readonly cols: number;
  readonly folds: number;
  /** Other variants use the same Gram matrix. */
  readonly shared: boolean;
}

/** The shared matrices in the kernels' memory. */
export interface FoldScene {
  readonly form: FoldForm;
  /** N × p, less `shift`; null where the Gram matrix was derived from that of other spectra. */
  readonly x: PlacedMatrix | null;
  /** What the form names; null for the spectra alone. */
  readonly product: PlacedMatrix | null;
  /** Of a derived Gram matrix: what the rounding errors of each row are relative to (squared lengths). */
  readonly sizes: Float64Array | null;
  /** What was subtracted from every row of x; length p. */
  readonly shift: Float64Array;
  /** Rows over which X'X was summed. */
  readonly base: Int32Array;
}

/** How a model serves all folds of a cross-validation without one fit a fold. One response. */
export interface FoldsAtOnce<P> {
  /** The value of the path parameter in these parameters. */
  value(params: P): number;
  /**
   * What of the values asked for together the numbers of each depend on, in their last bits: part of their identity. A
   * fold that is too hard for one form at its last component is computed from another, the first ones included.
   */
  kind(values: readonly number[]): string;
  /**
   * The form that is fastest at this size, and about how many nanoseconds it takes on one thread; null where a fit a
   * fold is faster. Depends on nothing else, so that the numbers do not either: `values` are the path values asked for
   * (or the one value of the parameter).
   */
  form(shape: FoldShape, params: P, values: readonly number[]): FormChoice | null;
  /** Doubles of room that `solve` needs for this many folds. */
  doubles(form: FoldForm, shape: Pick<FoldShape, 'rows' | 'cols'>, folds: number, values: readonly number[]): number;
  /**
   * Predictions of every row by the models of every fold, one list of N a value; null for a fold that has to be fitted
   * by itself (its rank is at an end, or rounding might show). A fold's numbers do not depend on the other folds.
   */
  solve(
    scene: FoldScene,
    columns: readonly FoldColumn[],
    params: P,
    values: readonly number[],
    room: Arena,
    cancel: CancelToken,
  ): (readonly Float64Array[] | null)[];
}

/** Floating-point operations a nanosecond of the kernels on one thread: symmetric products, narrow products. */
export const SYMMETRIC_RATE = 20;
export const NARROW_RATE = 17;
