import type { Sentences } from '#core/base/sentences.ts';

/** Failures of this area: code → details. */
export interface TuningErrors {
  /** A key of `finetune_params` (or of a phase) that does not exist. */
  'tuning.unknown-setting': { setting: string; nearest?: string; known: string };
  /** A key of `finetune_params` with a value that it cannot have. */
  'tuning.setting': { setting: string; problem: string };
  /** A parameter whose space cannot be searched. */
  'tuning.parameter': { parameter: string; problem: string };
  /** A stored trial that does not belong to this search space. */
  'tuning.history': { trial: number; problem: string };
}

export const tuningSentences: Sentences<TuningErrors> = {
  'tuning.unknown-setting': (d) =>
    `finetune_params does not know "${d.setting}". ${d.nearest === undefined ? `It knows ${d.known}.` : `Did you mean "${d.nearest}"?`}`,
  'tuning.setting': (d) => `finetune_params: ${d.setting} ${d.problem}`,
  'tuning.parameter': (d) => `finetune_params: the space of ${d.parameter} ${d.problem}`,
  'tuning.history': (d) =>
    `Trial ${d.trial + 1} of the stored study ${d.problem} The search space was changed since: start a new study.`,
};
