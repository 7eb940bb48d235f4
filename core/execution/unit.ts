import type { AxisUnit } from '#core/data/axis.ts';
import type { FittedChain, FittedTransform, RouteKey } from '#core/data/fittedChain.ts';
import type { Fold, Metadata, State } from '#core/data/operator.ts';
import type { PlannedStep, UnitSource } from '#core/execution/stepPlans.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** What workers hold of a dataset while a run lasts. `x` lies on shared memory: every worker sees the same bytes. */
export interface UnitData {
  /** Content hash and target: a worker keeps the data of one key at a time. */
  readonly key: string;
  readonly rows: number;
  readonly cols: number;
  readonly x: Float64Array;
  /** Values of the target, or codes of the classes. */
  readonly y: Float64Array;
  /** Names of the classes 0 … K − 1; null in regression. */
  readonly classes: readonly string[] | null;
  readonly axis: { readonly values: Float64Array; readonly unit: AxisUnit };
  /** Which columns belong to which source, side by side in this order; one entry for ordinary data. */
  readonly sources: readonly UnitSource[];
  readonly signal: 'absorbance' | 'reflectance' | 'transmittance' | 'unknown';
  readonly targetName: string;
  readonly targetUnit: string | null;
  readonly metadata: Metadata;
  /** Rows for training and selection, and rows for the final score only. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** One view of the spectra at a place of the pipeline, with the fitted steps that lead there from the raw spectra. */
export interface StageBlock<X> {
  readonly x: X;
  readonly axis: { readonly values: Float64Array; readonly unit: AxisUnit };
  readonly lane: readonly FittedTransform[];
  /** The source that the view is of, in data with several sources. */
  readonly source?: string;
}

/** Synthetic samples: a matrix a block, their target values, and the dataset row from which each was made. */
export interface Synthetic {
  readonly x: readonly Matrix[];
  readonly y: Float64Array;
  readonly origins: Int32Array;
  /** Dataset rows that were mixed into each, a list a block; the origin itself where nothing was mixed. */
  readonly partners: readonly Int32Array[];
}

/** The spectra after a step that sees all rows alike: before the splitter, or stateless. Immutable and shared. */
export interface DatasetStage {
  readonly level: 'dataset';
  /** Matrices with all rows of the dataset. */
  readonly blocks: readonly StageBlock<Matrix>[];
  /** Training rows of the dataset that were not excluded. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly synthetic: Synthetic | null;
  /** Columns that `tag` steps wrote, for all rows of the dataset. */
  readonly tags: Metadata;
  /** The filters behind the tags, as they were fitted. */
  readonly judges: Judges;
  /** Why a fold may have no training samples here. */
  readonly limitedTo?: { readonly kind: 'group'; readonly group: string } | { readonly kind: 'predicted' };
}

/** Fitted filters by the column that they wrote. */
export type Judges = Readonly<Record<string, Extract<RouteKey, { kind: 'filters' }>>>;

export interface FoldMatrices {
  /** The fold's training rows, then its synthetic ones. */
  readonly train: Matrix;
  readonly validation: Matrix;
  readonly test: Matrix;
}

/** The spectra of one fold after a step behind the splitter. */
export interface FoldStage {
  readonly level: 'fold';
  readonly blocks: readonly StageBlock<FoldMatrices>[];
  /** Rows of the dataset, synthetic ones not among them. */
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
  readonly testRows: Int32Array;
  readonly syntheticY: Float64Array;
  readonly syntheticOrigins: Int32Array;
  readonly tags: Metadata;
  readonly judges: Judges;
}
export type Stage = DatasetStage | FoldStage;

/** The cache layers that answer for the fit of a transform. */
export type FitLayer = 'checkBeforeFit' | 'fitOnAll' | 'stateless';

/** One transform that was (or need not be) fitted on the way to a stage. */
export interface StepRecord {
  /** Operator chain and data, as the registry names it. */
  readonly key: string;
  readonly layer: FitLayer;
  /** Of each block, in order; nested views in the order of their lanes. */
  readonly states: readonly State[];
  readonly notices: readonly string[];
  readonly fitMs: number;
  readonly applyMs: number;
  /** True when the fitted states were given and only applied. */
  readonly reused: boolean;
}

/** Where a unit begins: nothing (raw spectra), or the stage after the first `steps` steps of its pipeline. */
export interface StageInput {
  readonly steps: number;
  readonly stage: Stage;
}

/** Fitted states that are known already, by registry key. */
export type KnownStates = Readonly<Record<string, readonly State[]>>;

/** Run the steps from `input` up to (not including) step `end`; the stage goes back on shared memory. */
export interface PrepareUnit {
  readonly kind: 'prepare';
  readonly steps: readonly PlannedStep[];
  readonly splitterIndex: number;
  readonly end: number;
  /** Null while everything sees all rows alike. */
  readonly fold: Fold | null;
  readonly input: StageInput | null;
  readonly known: KnownStates;
  readonly seed: number;
}
export interface PrepareResult {
  readonly stage: Stage;
  readonly records: readonly StepRecord[];
  /** What steps other than transforms told. */
  readonly notices: readonly string[];
  /** Of the stage's matrices. */
  readonly bytes: number;
}

/** Ask for the folds from the spectra as they reach the splitter. */
export interface SplitUnit {
  readonly kind: 'split';
  readonly steps: readonly PlannedStep[];
  readonly splitterIndex: number;
  readonly input: StageInput | null;
  readonly seed: number;
}

export interface SplitResult {
  /** In numbers of the data's training rows, from 0. */
  readonly folds: readonly Fold[];
  /** What the data say about the folds: samples that leak from training to validation or test. */
  readonly warnings: readonly string[];
}

/** Fit a chain on one fold (or, for the refit, on everything) and predict. Folds number the training rows from 0. */
export interface FitUnit {
  readonly kind: 'fit';
  readonly steps: readonly PlannedStep[];
  /** −1 without a splitter. Steps before it are fitted on all training rows, as the language has it. */
  readonly splitterIndex: number;
  readonly fold: Fold;
  readonly input: StageInput | null;
  readonly known: KnownStates;
  /** Values of the model's path parameter that share this fit, or null. */
  readonly pathValues: readonly number[] | null;
  readonly seed: number;
  /** Return the fitted chains too, one a path value. */
  readonly keepChains: boolean;
  /** The state of the same model, fitted on other rows, from which an iterative model goes on. */
  readonly warmStart?: State;
}

export interface PartPredictions {
  /** In the original unit of the target; class codes in classification. */
  readonly predicted: Float64Array;
  /** n × K, row-major; null in regression and for models without probabilities. */
  readonly probabilities: Float64Array | null;
}
export interface UnitPredictions {
  readonly train: PartPredictions;
  readonly validation: PartPredictions;
  readonly test: PartPredictions;
}

export interface FitResult {
  /** Rows of the dataset behind the predictions; fewer than the fold's where a filter removed training samples. */
  readonly rows: { readonly train: Int32Array; readonly validation: Int32Array; readonly test: Int32Array };
  /** One entry a path value (one without a path); null where the data's rank did not allow it. */
  readonly predictions: readonly (UnitPredictions | null)[];
  readonly notices: readonly string[];
  /** As `predictions`; null without `keepChains`. */
  readonly chains: readonly (FittedChain | null)[] | null;
  /** Fitted filters by the column that they wrote; only with `keepChains`. */
  readonly judges: Judges;
  /** Mean training spectrum as it reaches the model, and the axis there; only with `keepChains`. */
  readonly modelInput: { readonly mean: Float64Array; readonly axis: Float64Array; readonly unit: AxisUnit } | null;
  /** Transforms of this unit alone. */
  readonly records: readonly StepRecord[];
  readonly milliseconds: number;
}
