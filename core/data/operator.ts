import type { z } from 'zod';
import type { CancelToken } from '#core/base/cancellation.ts';
import type { Axis } from '#core/data/axis.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

export type OperatorKind = 'transform' | 'splitter' | 'model';
/** The palette's groups. */
export type OperatorGroup = 'scatter' | 'smooth' | 'baseline' | 'scale' | 'axis' | 'reduce' | 'split' | 'model';

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
  /** For operators that draw random numbers and have no `random_state` parameter. */
  readonly seed: number;
  readonly cancel: CancelToken;
  /** Numerical trouble that leaves a usable result: a sentence for the run's warnings. */
  notice(sentence: string): void;
}

/** A transform of X (columns may change, rows never do) or, when `target` is true, also of y. */
export interface TransformDefinition<P = Record<string, unknown>, S extends State = State> extends OperatorInfo<P> {
  readonly kind: 'transform';
  /** True when the fitted state depends on the samples, so that fitting belongs inside the fold. */
  readonly stateful: boolean;
  /** May stand in `y_processing`; then `invert` exists. */
  readonly target: boolean;
  /** Learns from X (n × p). Throws EngineError on unusable input. */
  fit(x: Matrix, params: P, context: FitContext): S;
  /** Returns a new matrix; never writes to x. */
  apply(x: Matrix, state: S, params: P): Matrix;
  /** The axis of the output; the input's own axis when absent. */
  outputAxis?(axis: Axis, state: S, params: P): Axis;
  /** The exact inverse, for targets: a matrix n × q back in the original unit. */
  invert?(y: Matrix, state: S, params: P): Matrix;
  /** Writes `apply` into a graph. */
  onnx(graph: OnnxGraph, input: OnnxValue, state: S, params: P): OnnxValue;
  /** Writes `invert` into a graph. */
  onnxInvert?(graph: OnnxGraph, input: OnnxValue, state: S, params: P): OnnxValue;
}

/** Linear models report their regression vector in the units of their input. */
export interface LinearForm {
  /** Length p. */
  readonly coef: Float64Array;
  readonly intercept: number;
}

export interface ModelDefinition<P = Record<string, unknown>, S extends State = State> extends OperatorInfo<P> {
  readonly kind: 'model';
  readonly task: 'regression' | 'classification';
  /**
   * When one fit yields the models for many values of one parameter (PLS: all component counts), its name and that fit.
   * `fit` returns one state for each value asked, in the order asked, each equal to what `fit` gives for it;
   * null where the data's rank does not allow it (with a notice that names the component).
   */
  readonly path?: {
    readonly param: string;
    fit(x: Matrix, y: Float64Array, params: P, values: readonly number[], context: FitContext): (S | null)[];
  };
  /** x: n × p, y: n. */
  fit(x: Matrix, y: Float64Array, params: P, context: FitContext): S;
  /** Returns n predictions. */
  predict(x: Matrix, state: S, params: P): Float64Array;
  /** Smaller is simpler; breaks ties in selection (n_components, or −alpha …). */
  complexity(params: P): number;
  linear?(state: S, params: P): LinearForm;
  onnx(graph: OnnxGraph, input: OnnxValue, state: S, params: P): OnnxValue;
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
  readonly y: Float64Array;
  /** Metadata columns by name, one value a row, for grouped and predefined splits. */
  readonly metadata: Readonly<Record<string, readonly string[]>>;
  readonly cancel: CancelToken;
}

export interface SplitterDefinition<P = Record<string, unknown>> extends OperatorInfo<P> {
  readonly kind: 'splitter';
  /** For the final record, for example `KFold(5)`. */
  describe(params: P): string;
  /** Number of folds when the parameters alone tell it, else null (it depends on the data). */
  countFolds(params: P): number | null;
  split(input: SplitInput, params: P): Fold[];
}

// The registries hold definitions of every parameter type side by side, so their element types erase P and S.
// `defineX` is the one place where that happens: it checks the definition against its own P and S first.
export type AnyTransform = TransformDefinition;
export type AnyModel = ModelDefinition;
export type AnySplitter = SplitterDefinition;
export type AnyOperator = AnyTransform | AnyModel | AnySplitter;

export const defineTransform = <P extends object, S extends State>(
  definition: Omit<TransformDefinition<P, S>, 'kind'>,
): AnyTransform => ({ kind: 'transform', ...definition }) as unknown as AnyTransform;

export const defineModel = <P extends object, S extends State>(
  definition: Omit<ModelDefinition<P, S>, 'kind'>,
): AnyModel => ({ kind: 'model', ...definition }) as unknown as AnyModel;

export const defineSplitter = <P extends object>(definition: Omit<SplitterDefinition<P>, 'kind'>): AnySplitter =>
  ({ kind: 'splitter', ...definition }) as unknown as AnySplitter;
