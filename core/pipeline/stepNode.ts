import type { FieldKind } from '#core/pipeline/fieldNames.ts';
import type { DocPath } from '#core/pipeline/located.ts';

/** An operator as a document calls it. */
export interface OperatorCall {
  /** As written: `SNV`, `sklearn.cross_decomposition.PLSRegression`. */
  readonly name: string;
  /** The catalog's id, or null for an operator that this version does not run. */
  readonly id: string | null;
  /** Null for a name that nobody in this field uses. */
  readonly kind: FieldKind | null;
  /** As written. */
  readonly written: Readonly<Record<string, unknown>>;
  /** Checked, with defaults; equal to `written` for an operator that this version does not run. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly path: DocPath;
}

export type BranchKind = 'duplication' | 'metadata' | 'tag' | 'filter' | 'source';
export interface Lane {
  /** The key of a named lane, or null. */
  readonly name: string | null;
  readonly steps: readonly StepNode[];
}

export type MergeKind = 'features' | 'predictions' | 'mixed' | 'all' | 'concat' | 'sources';

interface At {
  readonly path: DocPath;
}

export interface TransformStep extends At {
  readonly kind: 'transform';
  readonly call: OperatorCall;
  readonly fitOnAll: boolean;
}
export interface ModelStep extends At {
  readonly kind: 'model';
  readonly call: OperatorCall;
  readonly name: string | null;
  /** Written as `meta_model`, or an operator that only makes sense on predictions. */
  readonly meta: boolean;
  readonly trainParams: Readonly<Record<string, unknown>>;
  readonly refitParams: Readonly<Record<string, unknown>>;
  readonly finetuneParams: Readonly<Record<string, unknown>> | null;
}
/** Target processing: a chain, applied in order and inverted on predictions. */
export interface TargetStep extends At {
  readonly kind: 'target';
  readonly calls: readonly OperatorCall[];
}
export interface SplitterStep extends At {
  readonly kind: 'splitter';
  /** Null for folds from a file or a metadata column. */
  readonly call: OperatorCall | null;
  readonly file: string | null;
  readonly column: string | null;
  readonly group: string | null;
}
export interface FilterStep extends At {
  readonly kind: 'filter';
  readonly keyword: 'tag' | 'exclude';
  readonly calls: readonly OperatorCall[];
  /** `any`: one filter is enough to remove a sample. */
  readonly mode: 'any' | 'all';
  /** Tags: the metadata column of each filter; null where the document names none. */
  readonly names: readonly (string | null)[];
}
export interface AugmentationStep extends At {
  readonly kind: 'augmentation';
  readonly calls: readonly OperatorCall[];
  readonly count: number;
  readonly selection: 'random' | 'all';
  readonly seed: number | null;
  /** Fill classes up instead of making `count` of every sample. */
  readonly balance: {
    readonly by: string;
    readonly targetSize: number | null;
    readonly maxFactor: number | null;
  } | null;
}
/** Several transforms side by side, or repetition groups as sources or views. */
export interface ViewsStep extends At {
  readonly kind: 'views';
  readonly keyword: 'feature_augmentation' | 'concat_transform' | 'rep_to_sources' | 'rep_to_pp';
  /** What the views do with those that are there; `concat` for concat_transform. */
  readonly action: 'extend' | 'add' | 'replace' | 'concat';
  /** One lane each: a transform, or a sequence of them. */
  readonly steps: readonly StepNode[];
}
export interface BranchStep extends At {
  readonly kind: 'branch';
  readonly by: BranchKind;
  /** The metadata column or tag that separates; null for duplication, sources and filters. */
  readonly column: string | null;
  /** `by_filter`: the filter; samples that it keeps are the group "pass", the others "fail". */
  readonly filter: OperatorCall | null;
  /**
   * Named groups of values of the column (`values: {north: [A, B], south: [C]}`); null: every value is a group of its
   * own. A value in no group is unknown to the model.
   */
  readonly groups: readonly { readonly name: string; readonly values: readonly string[] }[] | null;
  /** Groups with fewer training samples are refused; 1 without the setting. */
  readonly minSamples: number;
  /** A separation may have one unnamed lane for all groups, lanes named by group, or none: the steps after it are meant. */
  readonly lanes: readonly Lane[];
}

/** A lane by its 0-based place or its name. */
export type LaneRef = number | string;
/** Which models of a lane are meant: all, the best, the k best, or those with these names. */
export type ModelChoice = 'all' | 'best' | { readonly topK: number } | { readonly explicit: readonly string[] };
/** `separate`: a column (or one a class) for each model. */
export type Aggregation = 'separate' | 'mean' | 'weighted_mean' | 'proba_mean';

/** Out-of-fold predictions that a lane contributes. */
export interface PredictionSource {
  /** Null: every lane, with these settings. */
  readonly lane: LaneRef | null;
  readonly select: ModelChoice;
  /** By which `select` and `weighted_mean` compare; null: the run's own. */
  readonly metric: string | null;
  readonly aggregate: Aggregation;
}

export interface MergeStep extends At {
  readonly kind: 'merge';
  readonly what: MergeKind;
  /** Lanes whose spectra go on; null: none. */
  readonly features: 'all' | readonly LaneRef[] | null;
  /** Empty: none. */
  readonly predictions: readonly PredictionSource[];
  /** How sources go on: one wide matrix, or one view each. */
  readonly sources: 'concat' | 'stack' | 'dict' | null;
  /** The spectra before the branch go on beside what is merged. */
  readonly includeOriginal: boolean;
  readonly outputAs: 'features' | 'sources' | 'dict';
  /** A lane without the predictions that are wanted, or samples without an out-of-fold one. */
  readonly onMissing: 'error' | 'warn' | 'skip';
  /** Lanes with different numbers of columns where equal ones are needed. */
  readonly onShapeMismatch: 'error' | 'allow' | 'pad' | 'truncate';
}
/** A nested list: a sub-pipeline. */
export interface SequenceStep extends At {
  readonly kind: 'sequence';
  readonly steps: readonly StepNode[];
}
/** A step that stands for several: its generators were not expanded. */
export interface GeneratorStep extends At {
  readonly kind: 'generator';
  readonly count: bigint;
  /** Enough of its outcomes to see every alternative once; null is "no step". */
  readonly alternatives: readonly (StepNode | null)[];
}
/** Something that could not be read; a problem says why. */
export interface InvalidStep extends At {
  readonly kind: 'invalid';
}

export type StepNode =
  | TransformStep
  | ModelStep
  | TargetStep
  | SplitterStep
  | FilterStep
  | AugmentationStep
  | ViewsStep
  | BranchStep
  | MergeStep
  | SequenceStep
  | GeneratorStep
  | InvalidStep;

/** A step of an expanded variant: no generators left. */
export type ConcreteStep = Exclude<StepNode, GeneratorStep>;
