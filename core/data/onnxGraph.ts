/** An ONNX value of a graph under construction: its name and its number of columns (rows are the batch, n). */
export interface OnnxValue {
  readonly name: string;
  readonly cols: number;
}

/**
 * What an operator needs to write itself into a double precision ONNX graph. Values are matrices n × cols.
 * Implemented by the exporter; operators only describe themselves.
 */
export interface OnnxGraph {
  /** A constant tensor of doubles; shape [] is a scalar. Returns its name. */
  constant(data: Float64Array, shape: readonly number[]): string;
  /** A constant tensor of 64-bit integers. Returns its name. */
  integers(data: readonly number[]): string;
  /** Adds a node with one output and returns the output's name. */
  node(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    domain?: OnnxDomain,
  ): string;
  /** Adds a node with several outputs and returns their names. */
  nodes(
    op: string,
    inputs: readonly string[],
    outputs: number,
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    domain?: OnnxDomain,
  ): string[];
}

/** '' is ai.onnx itself; `ai.onnx.ml` has trees and support vectors. */
export type OnnxDomain = '' | 'ai.onnx.ml';

/** A number is an int, a list of numbers ints; everything else says what it is. */
export type OnnxAttribute =
  | number
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly doubles: Float64Array; readonly shape: readonly number[] };
