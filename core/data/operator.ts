import type { z } from 'zod';
import type { CancelToken } from '#core/base/cancellation.ts';
import type { RandomState } from '#core/base/randomState.ts';
import type { Axis } from '#core/data/axis.ts';
import type { LossCurve, TrainingRound } from '#core/data/lossCurve.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { FoldsAtOnce } from '#core/numerics/folds/foldsAtOnce.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export type OperatorKind = 'transform' | 'splitter' | 'filter' | 'augmentation' | 'model';
/** The palette's groups. */
export type OperatorGroup =
  | 'scatter'
  | 'smooth'
  | 'baseline'
  | 'signal'
  | 'scale'
  | 'axis'
  | 'reduce'
  | 'orthogonal'
  | 'target'
  | 'split'
  | 'filter'
  | 'augment'
  | 'regression'
  | 'classification';

export type Task = 'regression' | 'classification';
/** Metadata columns by name, one text a row ('' where missing). */
export type Metadata = Readonly<Record<string, readonly string[]>>;

/** Plain, serialisable, learned state: numbers, strings, booleans, typed arrays, and arrays and records of them. */
export type State = Readonly<Record<string, StateValue>>;
export type StateValue =
  | number
  | string
  | boolean
  | null
  | Float64Array
  | Int32Array
  | readonly StateValue[]
  | { readonly [key: string]: StateValue };

/** What every operator declares. Forms, validation, help, the palette and cache keys derive from it. */
export interface OperatorInfo<P> {
  /** The name in pipeline documents, for example `SNV`. */
  readonly id: string;
  /** Part of every identity: raise it when the numbers change. */
  readonly version: number;
  readonly title: string;
  readonly group: OperatorGroup;
  /** One line: what it does. */
  readonly summary: string;
  readonly whenToUse: string;
  readonly whenNotToUse: string;
  /** Papers or textbook sections. */
  readonly references: readonly string[];
  /** Other spellings, Python class paths included, for example `sklearn.model_selection.KFold`. */
  readonly aliases: readonly string[];
  /**
   * A strict zod object in which every parameter has a default. Each parameter carries
   * `.meta({ title, description, unit?, step? })`; ranges come from the schema itself.
   */
  readonly params: z.ZodType<P>;
}

/** What fitting may use besides the data. */
export interface FitContext {
  /** The axis of the matrix that is being fitted or transformed. */
  readonly axis: Axis;
  /** For operators that draw random numbers and have no `random_state` parameter, or leave it null. */
  readonly seed: number;
  /**
   * Target of the rows that are fitted, in the scale that the model sees; class codes in classification. Null where
   * there is none (a preview of spectra alone).
   */
  readonly y: Float64Array | null;
  /** Number of classes K when the target holds class codes 0 … K − 1; 0 in regression. */
  readonly classCount: number;
  /** Names of the classes by code, where they have names. */
  readonly classNames?: readonly string[];
  /** Metadata of the rows that are fitted. */
  readonly metadata: Metadata;
  readonly cancel: CancelToken;
  /** Numerical trouble that leaves a usable result: a sentence for the run's warnings. */
  notice(sentence: string): void;
  /** Models trained by iteration: the state of the same model, fitted on other rows, from which training goes on. */
  readonly warmStart?: State;
  /** Models trained by iteration report every round here. */
  trained?(round: TrainingRound): void;
}

/** What is known of the rows that a transform is applied to; absent for new spectra that come without metadata. */
export interface RowFacts {
  readonly metadata: Metadata;
}

/**
 * Every operator that a deployed model contains either writes itself into an ONNX graph or says why it cannot:
 * exactly one of `onnx` and `noOnnx` is there (held by the contract tests).
 */
export interface OnnxForm<P, S> {
  /**
   * Transforms: the output matrix. Regression: n × 1. Classification: n × K, the probabilities where the model has them,
   * else scores of which the largest wins (of equals the first); a row of −∞ alone is "none of the classes".
   */
  onnx?(graph: OnnxGraph, input: OnnxValue, state: S, params: P): OnnxValue;
  /** Why there is no ONNX form, and what to use instead: a sentence for the person who exports. */
  readonly noOnnx?: string;
  /** Largest relative difference of the ONNX form where ONNX has the operator in single precision only; else 1e-9. */
  readonly onnxTolerance?: number;
}

/** A transform of X (columns may change, rows never do) or, when `target` is true, also of y. */
export interface TransformDefinition<P = Record<string, unknown>, S extends State = State>
  extends OperatorInfo<P>, OnnxForm<P, S> {
  readonly kind: 'transform';
  /** True when the fitted state depends on the samples, so that fitting belongs inside the fold. */
  readonly stateful: boolean;
  /** True when fitting needs the target (`context.y`): variable selection, OSC, PLS scores. */
  readonly supervised?: boolean;
  /** May stand in `y_processing`; then `invert` exists. */
  readonly target: boolean;
  /** False for a transform of the target alone (a discretiser), which makes no sense on spectra. */
  readonly spectral?: boolean;
  /** True when fitting or applying looks at metadata columns (instrument, sample): then `rows` is passed to `apply`. */
  readonly readsMetadata?: boolean;
  /**
   * Whether it only gives each spectrum a factor and an offset of its own (x̃ᵢ = aᵢ xᵢ + bᵢ): products of spectra after
   * it then follow from those before it.
   */
  rowAffine?(params: P): boolean;
  /** Learns from X (n × p). Throws EngineError on unusable input. */
  fit(x: Matrix, params: P, context: FitContext): S;
  /** Returns a new matrix; never writes to x. Every row's result depends on that row alone. */
  apply(x: Matrix, state: S, params: P, rows?: RowFacts): Matrix;
  /** The axis of the output; the input's own axis when absent. */
  outputAxis?(axis: Axis, state: S, params: P): Axis;
  /** The exact inverse, for targets: a matrix n × q back in the original unit. Discretisers: the middle of the class. */
  invert?(y: Matrix, state: S, params: P): Matrix;
  /** Names of the classes, for a target transform whose output is class codes 0 … K − 1. */
  classNames?(state: S, params: P): string[];
  /** Writes `invert` into a graph. */
  onnxInvert?(graph: OnnxGraph, input: OnnxValue, state: S, params: P): OnnxValue;
}

/** Linear models report their regression vector in the units of their input. */
export interface LinearForm {
  /** Length p. */
  readonly coef: Float64Array;
  readonly intercept: number;
}

export interface ModelDefinition<P = Record<string, unknown>, S extends State = State>
  extends OperatorInfo<P>, OnnxForm<P, S> {
  readonly kind: 'model';
  readonly task: Task;
  /** True for class models that can learn from samples of one class alone (SIMCA, DD-SIMCA). */
  readonly oneClass?: boolean;
  /**
   * When one fit yields the models for many values of one parameter (PLS: all component counts), its name and that fit.
   * `fit` returns one state for each value asked, in the order asked, each equal to what `fit` gives for it;
   * null where the data's rank does not allow it (with a notice that names the component).
   */
  readonly path?: {
    readonly param: string;
    fit(x: Matrix, y: Float64Array, params: P, values: readonly number[], context: FitContext): (S | null)[];
  };
  /**
   * What its training needs for itself: models that name the same resource are trained one after another, never two at
   * once, whichever family they are of. Absent: the processor cores, which the worker pool shares out.
   */
  readonly resource?: 'gpu';
  /** Models trained by iteration: the losses of the training that led to this state. */
  lossCurve?(state: S, params: P): LossCurve;
  /** True when `fit` goes on from `context.warmStart`. */
  readonly warmStarts?: boolean;
  /** Regression: how all folds of a cross-validation are computed together, where the algebra allows it. */
  readonly folds?: FoldsAtOnce<P>;
  /** x: n × p, y: n values, or n class codes 0 … context.classCount − 1 (a fold may lack a class). */
  fit(x: Matrix, y: Float64Array, params: P, context: FitContext): S;
  /** Returns n predictions; in classification n class codes, −1 for "none of the classes" (one-class models). */
  predict(x: Matrix, state: S, params: P): Float64Array;
  /** Classification: class probabilities, n × K, every row sums to 1. Absent for models that have none. */
  probabilities?(x: Matrix, state: S, params: P): Matrix;
  /** Smaller is simpler; breaks ties in selection (n_components, or −alpha …). */
  complexity(params: P): number;
  /** Null where this state is not linear in its input (an SVR with another kernel). */
  linear?(state: S, params: P): LinearForm | null;
}

/** One fold: row numbers of what the splitter was given. */
export interface Fold {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

export interface SplitInput {
  readonly n: number;
  /** Spectra at the splitter's place in the pipeline (n × p). */
  readonly x: Matrix;
  /** Target values, or class codes when `classCount` is not 0. */
  readonly y: Float64Array;
  /** K when y holds class codes 0 … K − 1, else 0. */
  readonly classCount: number;
  /** The group of each row (rows of one group stay together), or null when the step names no group column. */
  readonly groups: readonly string[] | null;
  /** Metadata columns by name, for predefined splits. */
  readonly metadata: Metadata;
  readonly cancel: CancelToken;
}

export interface SplitterDefinition<P = Record<string, unknown>> extends OperatorInfo<P> {
  readonly kind: 'splitter';
  /** `required`: refuses without groups. Absent: groups are kept together by the engine, which splits groups as rows. */
  readonly groups?: 'required' | 'optional';
  /** True when the folds depend on the spectra; else the preprocessing before it need not run for it. */
  readonly usesSpectra?: boolean;
  /** Folds keep the proportions of classes (or of bins of the target). */
  readonly stratified?: boolean;
  /** For the final record, for example `KFold(5)`. */
  describe(params: P): string;
  /** Number of folds when the parameters alone tell it, else null (it depends on the data). */
  countFolds(params: P): number | null;
  split(input: SplitInput, params: P): Fold[];
}

/** Samples as filters see them: spectra at the filter's place in the pipeline, target (or codes), metadata. */
export interface FilterInput {
  readonly x: Matrix;
  readonly axis: Axis;
  /** Length n; null where there is no target. */
  readonly y: Float64Array | null;
  readonly metadata: Metadata;
}

/** Finds samples that do not belong to the rest. `exclude` removes them from training, `tag` only names them. */
export interface FilterDefinition<P = Record<string, unknown>, S extends State = State> extends OperatorInfo<P> {
  readonly kind: 'filter';
  /** True when it judges by the target, so that it cannot run on new spectra. */
  readonly needsTarget: boolean;
  /** Metadata columns that it looks at; none when absent. */
  columns?(params: P): readonly string[];
  /** Learns the limits from training samples. */
  fit(input: FilterInput, params: P, context: FitContext): S;
  /** One byte a sample: 1 keep, 0 remove. Every sample is judged on its own. */
  keep(input: FilterInput, state: S, params: P): Uint8Array;
}

export interface AugmentationContext {
  readonly axis: Axis;
  /** Seeded by the run, the step and the round, so that the same run draws the same spectra. */
  readonly random: RandomState;
  readonly classCount: number;
  readonly cancel: CancelToken;
  notice(sentence: string): void;
}

/** Makes one synthetic sample from each row that it is given. Never sees validation or test samples. */
export interface AugmentationDefinition<P = Record<string, unknown>> extends OperatorInfo<P> {
  readonly kind: 'augmentation';
  /**
   * n × p in, n × p out on the same axis; y changes only where samples are mixed. Never writes to its input. Where
   * samples are mixed, `partners` says which row of the input went into each: a fold that holds it out does not get it.
   */
  augment(
    input: { readonly x: Matrix; readonly y: Float64Array },
    params: P,
    context: AugmentationContext,
  ): { readonly x: Matrix; readonly y: Float64Array; readonly partners?: Int32Array };
}

// The registries hold definitions of every parameter type side by side, so their element types erase P and S.
// `defineX` is the one place where that happens: it checks the definition against its own P and S first.
export type AnyTransform = TransformDefinition;
export type AnyModel = ModelDefinition;
export type AnySplitter = SplitterDefinition;
export type AnyFilter = FilterDefinition;
export type AnyAugmentation = AugmentationDefinition;
export type AnyOperator = AnyTransform | AnyModel | AnySplitter | AnyFilter | AnyAugmentation;

export const defineTransform = <P extends object, S extends State>(
  definition: Omit<TransformDefinition<P, S>, 'kind'>,
): AnyTransform => ({ kind: 'transform', ...definition }) as unknown as AnyTransform;

export const defineModel = <P extends object, S extends State>(
  definition: Omit<ModelDefinition<P, S>, 'kind'>,
): AnyModel => ({ kind: 'model', ...definition }) as unknown as AnyModel;

export const defineSplitter = <P extends object>(definition: Omit<SplitterDefinition<P>, 'kind'>): AnySplitter =>
  ({ kind: 'splitter', ...definition }) as unknown as AnySplitter;

export const defineFilter = <P extends object, S extends State>(
  definition: Omit<FilterDefinition<P, S>, 'kind'>,
): AnyFilter => ({ kind: 'filter', ...definition }) as unknown as AnyFilter;

export const defineAugmentation = <P extends object>(
  definition: Omit<AugmentationDefinition<P>, 'kind'>,
): AnyAugmentation => ({ kind: 'augmentation', ...definition }) as unknown as AnyAugmentation;
