import type { ParamValue } from '#core/tuning/dimension.ts';
import type { SearchSpace } from '#core/tuning/searchSpace.ts';

/** How the next trial is chosen, as asked; `auto` chooses by the space and the number of trials. */
export const samplerNames = ['auto', 'grid', 'random', 'tpe', 'cmaes', 'binary'] as const;
export type SamplerName = (typeof samplerNames)[number];
export type ChosenSampler = Exclude<SamplerName, 'auto'>;

/** When a trial is given up after some of its folds. */
export const prunerNames = ['none', 'median', 'successive_halving', 'hyperband'] as const;
export type PrunerName = (typeof prunerNames)[number];

/** One study for all, one for each preprocessing, or one for each fold. */
export const approachNames = ['single', 'grouped', 'individual'] as const;
export type Approach = (typeof approachNames)[number];

/** How the scores of the folds become one (see aggregateFolds). */
export const evalModeNames = ['best', 'mean', 'robust_best'] as const;
export type EvalMode = (typeof evalModeNames)[number];

export const directions = ['minimize', 'maximize'] as const;
export type Direction = (typeof directions)[number];

/** Some trials with one sampler. Every sampler sees the trials of the phases before. */
export interface Phase {
  readonly nTrials: number;
  readonly sampler: ChosenSampler;
}

/** `finetune_params` of a model step, read and complete. Plain data: a study is this and its trials. */
export interface FinetuneSettings {
  /** Most trials of all phases together. A study ends earlier when its space holds no other point. */
  readonly nTrials: number;
  /** As asked; what it chose stands in `phases`. */
  readonly sampler: SamplerName;
  /** At least one. */
  readonly phases: readonly Phase[];
  readonly pruner: PrunerName;
  readonly approach: Approach;
  readonly evalMode: EvalMode;
  /** Null: the metric of the run. */
  readonly metric: string | null;
  /** Null: what the metric says. */
  readonly direction: Direction | null;
  /** Null: the seed of the run. */
  readonly seed: number | null;
  /** Values for the first trial, by the names of the dimensions; the others are drawn. Null: none. */
  readonly forceParams: Readonly<Record<string, ParamValue>> | null;
  /** Parameters of the model. */
  readonly space: SearchSpace;
  /** Parameters of the training; names of its dimensions begin with `train_`. */
  readonly trainSpace: SearchSpace;
}
