import type { AxisUnit } from '#core/data/axis.ts';
import type { FittedChain, FittedTransform, RouteKey } from '#core/data/fittedChain.ts';
import type { Fold, Metadata, State } from '#core/data/operator.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** An operator with checked, complete parameters. */
export interface PlannedOperator {
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Changes the spectra. */
export interface TransformPlan extends PlannedOperator {
  readonly role: 'transform';
  /** Fitted on training and test spectra together (`fit_on_all`). */
  readonly fitOnAll?: boolean;
}
/** A transform that stands in `y_processing`. */
export interface TargetPlan extends PlannedOperator {
  readonly role: 'target';
}
export interface SplitterPlan extends PlannedOperator {
  readonly role: 'splitter';
  /** The metadata column whose rows stay together, or null. */
  readonly group?: string | null;
  /** Folds that still have to be read from this file; gone before anything runs. */
  readonly file?: string;
}
/** `exclude` removes samples from training, `tag` writes a metadata column. */
export interface FilterPlan {
  readonly role: 'filter';
  readonly keyword: 'exclude' | 'tag';
  /** `any`: one filter is enough to remove a sample. */
  readonly mode: 'any' | 'all';
  /** The metadata column of a tag. */
  readonly name: string;
  readonly filters: readonly PlannedOperator[];
}
/** Synthetic training samples, each made from one training sample by one transformer. */
export interface AugmentationPlan {
  readonly role: 'augmentation';
  /** Augmentations; transforms are taken too, fitted on the training samples. */
  readonly transformers: readonly PlannedOperator[];
  /** Synthetic samples for each sample; ignored with `balance`. */
  readonly count: number;
  /** Fill classes (of the target `y`, or of a metadata column) up to a size; null: `count` for every sample. */
  readonly balance: {
    readonly by: string;
    /** Samples in each class afterwards; null: as many as the largest class has. */
    readonly targetSize: number | null;
    /** A class grows at most to this multiple of its size. */
    readonly maxFactor: number | null;
  } | null;
  /** Which transformer makes a synthetic sample: drawn at random, or one after another. */
  readonly selection: 'random' | 'all';
  readonly seed: number | null;
}
/** Several views of the spectra: see `action` in pipeline.md; `concat` joins them into one block. */
export interface ViewsPlan {
  readonly role: 'views';
  readonly action: 'extend' | 'add' | 'replace' | 'concat';
  /** Each lane is a chain of transforms; an empty lane passes its input on. */
  readonly lanes: readonly (readonly (TransformPlan | ViewsPlan)[])[];
}
export interface ModelPlan extends PlannedOperator {
  readonly role: 'model';
}
/** Lets only some samples through: those whose metadata column (or tag) has one of these values. */
export interface SelectPlan {
  readonly role: 'select';
  readonly column: string;
  readonly values: readonly string[];
}
/** Lets only the spectra of one source through. */
export interface SourcePlan {
  readonly role: 'source';
  readonly name: string;
}
/** Predictions of the models of one lane. */
export interface PredictionPlan {
  /** The lane's name. */
  readonly lane: string;
  /** Numbers of the variants that stand for the models. */
  readonly models: readonly number[];
  readonly select: ModelChoice;
  /** By which `select` and `weighted_mean` compare; null: the run's own. */
  readonly metric: string | null;
  readonly aggregate: Aggregation;
}
/** Which models of a lane are meant: all, the best, the k best, or those with these names. */
export type ModelChoice = 'all' | 'best' | { readonly topK: number } | { readonly explicit: readonly string[] };
/** `separate`: a column (or one a class) for each model. */
export type Aggregation = 'separate' | 'mean' | 'weighted_mean' | 'proba_mean';
/** Where lanes come together: spectra of lanes and predictions of models, side by side. */
export interface JoinPlan {
  readonly role: 'join';
  /** Steps of each lane from here on; an empty lane passes the spectra on. */
  readonly features: readonly (readonly PlannedStep[])[];
  readonly predictions: readonly PredictionPlan[];
  readonly onMissing: 'error' | 'warn' | 'skip';
  /** What is joined stays a view of its own. */
  readonly separate: boolean;
  /** The views have to have equally many columns. */
  readonly equal: boolean;
}
/** Predictions that are at hand: one row for every row of the dataset, NaN where there is none. */
export interface Given {
  /** Names what was predicted by what: equal for equal predictions. */
  readonly key: string;
  /** On shared memory. */
  readonly x: Matrix;
}
/** A join whose models have predicted: what workers get. */
export interface ReadyJoin {
  readonly role: 'ready-join';
  readonly features: readonly (readonly PlannedStep[])[];
  readonly given: readonly Given[];
  readonly separate: boolean;
  readonly equal: boolean;
}
/** The end of a separated chain: each sample goes to the model of its own group. Nothing is fitted here. */
export interface RoutePlan {
  readonly role: 'route';
  readonly column: string;
  /** `model`: number of the variant that stands for it. */
  readonly lanes: readonly { readonly name: string; readonly values: readonly string[]; readonly model: number }[];
}
export type PlannedStep =
  | TransformPlan
  | TargetPlan
  | SplitterPlan
  | FilterPlan
  | AugmentationPlan
  | ViewsPlan
  | ModelPlan
  | SelectPlan
  | SourcePlan
  | JoinPlan
  | ReadyJoin
  | RoutePlan;

/** Columns from … to − 1 of the data, with their own axis. */
export interface UnitSource {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly axis: { readonly values: Float64Array; readonly unit: AxisUnit };
}

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
