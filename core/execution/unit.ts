import type { AxisUnit } from '#core/data/axis.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';
import type { Fold } from '#core/data/operator.ts';

/** A step as the planner leaves it: an operator of the catalog with checked, complete parameters. */
export interface PlannedStep {
  /** 'target' is a transform that stands in `y_processing`. */
  readonly role: 'transform' | 'target' | 'splitter' | 'model';
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What workers hold of a dataset while a run lasts. `x` lies on shared memory: every worker sees the same bytes. */
export interface UnitData {
  /** Content hash and target: a worker keeps the data of one key at a time. */
  readonly key: string;
  readonly rows: number;
  readonly cols: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly axis: { readonly values: Float64Array; readonly unit: AxisUnit };
  readonly signal: 'absorbance' | 'reflectance' | 'transmittance' | 'unknown';
  readonly targetName: string;
  readonly targetUnit: string | null;
  readonly metadata: Readonly<Record<string, readonly string[]>>;
  /** Rows for training and selection, and rows for the final score only. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Ask for the folds: the steps before the splitter run on all training rows, then the splitter splits what they give. */
export interface SplitUnit {
  readonly kind: 'split';
  readonly steps: readonly PlannedStep[];
  readonly splitterIndex: number;
  readonly seed: number;
}

/** Fit a chain on one fold (or, for the refit, on everything) and predict. Folds number the training rows from 0. */
export interface FitUnit {
  readonly kind: 'fit';
  readonly steps: readonly PlannedStep[];
  /** −1 without a splitter. Steps before it are fitted on all training rows, as the language has it. */
  readonly splitterIndex: number;
  readonly fold: Fold;
  /** Values of the model's path parameter that share this fit, or null. */
  readonly pathValues: readonly number[] | null;
  readonly seed: number;
  /** Return the fitted chain of the only path value too. */
  readonly keepChain: boolean;
}

export interface UnitPredictions {
  /** In the original unit of the target; lengths: fold.train, fold.validation, data.test. */
  readonly train: Float64Array;
  readonly validation: Float64Array;
  readonly test: Float64Array;
}

export interface FitResult {
  /** One entry a path value (one without a path); null where the data's rank did not allow it. */
  readonly predictions: readonly (UnitPredictions | null)[];
  readonly notices: readonly string[];
  readonly chain: FittedChain | null;
  /** Mean training spectrum as it reaches the model, and the axis there; only with `keepChain`. */
  readonly modelInput: { readonly mean: Float64Array; readonly axis: Float64Array; readonly unit: AxisUnit } | null;
  readonly milliseconds: number;
}
