/** The course of a trial as pruners see it: its loss after each fold, smaller is better. */
export interface Course {
  readonly number: number;
  readonly complete: boolean;
  /** `losses[s]` is the mean loss of folds 0 … s. */
  readonly losses: readonly number[];
}

export interface PrunerInput {
  /** The other trials, finished. */
  readonly others: readonly Course[];
  /** The trial in question. */
  readonly number: number;
  readonly losses: readonly number[];
  /** Folds of a whole trial. */
  readonly folds: number;
  readonly seed: number;
}

/** Whether to give the trial up after the folds that it has done. */
export type Pruner = (input: PrunerInput) => boolean;
