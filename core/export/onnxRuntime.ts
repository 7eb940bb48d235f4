import type { Matrix } from '#core/numerics/matrix.ts';

/** A loaded model. Ask `close` when done: it holds native memory. */
export interface OnnxSession {
  /** Columns of the input, or null when the model leaves them free. */
  readonly inputCols: number | null;
  /** Names of further inputs, each one text a spectrum. */
  readonly columns: readonly string[];
  /** The text entries that the file carries. */
  readonly metadata: ReadonlyMap<string, string>;
  /** The outputs that are tables of numbers, in the model's order. */
  readonly outputs: readonly { readonly name: string; readonly integer: boolean }[];
  /**
   * Runs n spectra through the model; answers every one of `outputs`, flattened, rows first. `columns`: n texts for each
   * of the session's columns.
   */
  run(x: Matrix, columns?: ReadonlyMap<string, readonly string[]>): Promise<Float64Array[]>;
  close(): Promise<void>;
}

/** The ONNX runtime as the exporter needs it: one implementation for Node, others for tests. */
export interface OnnxRuntime {
  /**
   * Opens a model in a session of its own. `file` is the name for error sentences.
   * @throws predict.model-unreadable, predict.model-output
   */
  load(bytes: Uint8Array, file: string): Promise<OnnxSession>;
}
