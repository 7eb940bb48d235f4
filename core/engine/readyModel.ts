import type { Axis } from '#core/data/axis.ts';
import type { FittedSource } from '#core/data/fittedChain.ts';
import type { RowFacts } from '#core/data/operator.ts';
import type { Predicted } from '#core/data/predictChain.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** A model that is ready to predict, wherever it came from. */
export interface ReadyModel {
  readonly name: string;
  readonly target: {
    readonly name: string;
    readonly unit: string | null;
    /** Names of the classes by code; null in regression. */
    readonly classes: readonly string[] | null;
  };
  /** Null for a foreign model, which says nothing about its axis. */
  readonly axis: Axis | null;
  /** The sources that it takes out of its columns, where there are several. */
  readonly sources?: readonly FittedSource[];
  /** Reference values of the calibration; null in classification. */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** Metadata columns that new spectra must come with, because they decide how a sample is predicted. */
  readonly columns: readonly string[];
  /** x: n × p on the model's axis; `rows`: what is known of them. */
  predict(x: Matrix, rows: RowFacts): Promise<Predicted>;
}
