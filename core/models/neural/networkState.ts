import type { LossCurve } from '#core/data/lossCurve.ts';

/** What every trained network keeps besides its own settings. */
export interface NetworkState extends Readonly<Record<string, Int32Array | Float64Array | number | null>> {
  /** Channels, units of the hidden dense layers, outputs. */
  readonly sizes: Int32Array;
  /** Layer after layer: weights (units × inputs), then biases. */
  readonly parameters: Float64Array;
  /** For a warm start: mean squared gradients in short (`shortened`), empty without adam, and the steps taken. */
  readonly squares: Float64Array;
  readonly steps: number;
  /** Mean training loss of each epoch. */
  readonly losses: Float64Array;
  /** Loss on the part set aside; null without one. */
  readonly validation: Float64Array | null;
}

/** Classes that the training samples had; the others have the probability 0. */
export interface NetworkClasses {
  /** Their codes, ascending. */
  readonly present: Int32Array;
  readonly classCount: number;
}

export const networkLosses = ({ losses, validation }: Pick<NetworkState, 'losses' | 'validation'>): LossCurve => ({
  training: losses,
  validation,
});
