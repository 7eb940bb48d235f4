import type { AxisUnit } from '#core/data/axis.ts';
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
