import type { Axis } from '#core/data/axis.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** A model that is ready to predict, wherever it came from. */
export interface ReadyModel {
  readonly name: string;
  readonly target: { readonly name: string; readonly unit: string | null };
  /** Null for a foreign model, which says nothing about its axis. */
  readonly axis: Axis | null;
  /** Reference values of the calibration. */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** x: n × p on the model's axis. */
  predict(x: Matrix): Promise<Float64Array>;
}
