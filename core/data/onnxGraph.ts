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
  /** Adds a node with one output and returns the output's name. Attributes: number = int, number[] = ints. */
  node(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, number | readonly number[]>>,
  ): string;
}
