import type { PlanNode, PlanStep } from '#core/pipeline/runPlan.ts';

/** A place of the pipeline on one of its lanes: what leads there, and the models since the last branch or merge. */
export interface OpenLane {
  readonly branchPath: readonly string[];
  /** From the raw spectra on, without models. */
  readonly steps: readonly PlanStep[];
  /** In the order of their training. */
  readonly models: readonly PlanNode[];
}

/** A lane of a branch with all that is open at its end (more than one where branches inside it compete). */
export interface BranchedLane {
  readonly name: string;
  /** The values of the samples that it is for; null where it sees all. */
  readonly values: readonly string[] | null;
  readonly open: readonly OpenLane[];
}
