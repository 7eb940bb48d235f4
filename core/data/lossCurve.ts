/** Where an iterative model stands after one epoch (or one boosting round). */
export interface TrainingRound {
  /** From 1. */
  readonly epoch: number;
  /** The most there can be. */
  readonly epochs: number;
  /** The loss that is minimised, over the training rows. */
  readonly loss: number;
  /** The same over the part of the training rows that is set aside for early stopping; null without one. */
  readonly validationLoss: number | null;
}

/** The losses of a finished training, one value a round. */
export interface LossCurve {
  readonly training: Float64Array;
  /** Null without a part set aside. */
  readonly validation: Float64Array | null;
}
