import type { RandomState } from '#core/base/randomState.ts';
import type { NamedDimension, Point } from '#core/tuning/searchSpace.ts';

/** A finished trial as samplers see it. */
export interface Observation {
  readonly number: number;
  readonly phase: number;
  readonly point: Point;
  /** Smaller is better; null for a trial that was pruned or failed. */
  readonly loss: number | null;
  /** What a pruned trial had when it was given up: folds computed, and its loss so far. Null for other trials. */
  readonly pruned: { readonly steps: number; readonly loss: number } | null;
}

/** What a sampler may use to choose the next point. Nothing else: the same input gives the same point. */
export interface SamplerInput {
  readonly dimensions: readonly NamedDimension[];
  /** Finished trials, in the order of their numbers. */
  readonly observations: readonly Observation[];
  readonly phase: number;
  /** Most trials of the phase. */
  readonly nTrials: number;
  /** Of the study, for what all trials share. */
  readonly seed: number;
  /** For the draws of this trial; a function of the seed and the trial's number. */
  readonly random: RandomState;
  /** The draws of another trial, to follow what it did. */
  randomOf(number: number): RandomState;
  /** Whether the point was suggested before. */
  taken(point: Point): boolean;
}

/** The next point, or null when there is none left to try. */
export type Sampler = (input: SamplerInput) => Point | null;
