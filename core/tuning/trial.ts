import type { ChosenSampler } from '#core/tuning/finetuneSettings.ts';
import type { Params } from '#core/tuning/dimension.ts';
import type { Point } from '#core/tuning/searchSpace.ts';

/** `pruned`: given up after some folds. `failed`: it could not be computed. */
export type TrialState = 'complete' | 'pruned' | 'failed';

/** A trial to compute. */
export interface Suggestion {
  /** 0, 1, … in the study. */
  readonly number: number;
  readonly phase: number;
  readonly sampler: ChosenSampler | 'forced';
  readonly point: Point;
  /** Parameters of the model: what was drawn, and the fixed ones, nested as in the document. */
  readonly modelParams: Params;
  /** The same for the training. */
  readonly trainParams: Params;
}

/** What became of a trial. */
export interface TrialOutcome {
  readonly state: TrialState;
  /** Score of each fold that was computed, in order and in the unit of the metric; null for a fold that failed. */
  readonly values: readonly (number | null)[];
}

/** A finished trial, as it is stored. */
export interface Trial {
  readonly number: number;
  readonly phase: number;
  readonly sampler: ChosenSampler | 'forced';
  readonly point: Point;
  readonly state: TrialState;
  readonly values: readonly (number | null)[];
  /** The score of all folds together; null unless the trial is complete. */
  readonly value: number | null;
}
