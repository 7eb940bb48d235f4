import type { BranchStep, MergeStep, ModelStep, StepNode } from '#core/pipeline/stepNode.ts';

/** A branch with what closes it, or a merge that closes none, as they stand in one list of opened steps. */
export interface Join {
  readonly branch: BranchStep | null;
  readonly merge: MergeStep | null;
  /** What each lane goes through between the branch and its merge (or the end). */
  readonly tail: readonly StepNode[];
  /** In the list, before the branch (or the merge without one). */
  readonly before: readonly StepNode[];
}

/** All branches and merges of a pipeline, those inside lanes too. */
export function joinsOf(steps: readonly StepNode[]): Join[] {
  const closed = new Set<number>();
  return steps.flatMap((step, at): Join[] => {
    const before = steps.slice(0, at);
    if (step.kind === 'merge') return closed.has(at) ? [] : [{ branch: null, merge: step, tail: [], before }];
    if (step.kind !== 'branch') return [];
    const end = closingMerge(steps, at);
    const merge = end < 0 ? undefined : steps[end];
    closed.add(end);
    const join: Join = {
      branch: step,
      merge: merge?.kind === 'merge' ? merge : null,
      tail: end < 0 ? steps.slice(at + 1) : steps.slice(at + 1, end),
      before,
    };
    return [join, ...step.lanes.flatMap((lane) => joinsOf(lane.steps))];
  });
}

/** The place of the merge that closes the branch at a place: those of branches between belong to them. -1: none. */
function closingMerge(steps: readonly StepNode[], at: number): number {
  let open = 0;
  for (let index = at; index < steps.length; index++) {
    const kind = steps[index]?.kind;
    if (kind === 'branch') open++;
    if (kind === 'merge' && --open === 0) return index;
  }
  return -1;
}

/** The models whose predictions are there at the end of opened steps, those at their beginning (`before`) included. */
export function endModels(steps: readonly StepNode[], before: readonly ModelStep[] = []): ModelStep[] {
  let models = [...before];
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (step?.kind === 'model') models.push(step);
    else if (step?.kind === 'merge') models = [];
    else if (step?.kind === 'branch') {
      const end = closingMerge(steps, at);
      // Lanes share what follows, so it is looked at once and not lane by lane.
      const inner = step.lanes.flatMap((lane) => endModels(lane.steps));
      if (end < 0) {
        models = inner;
        continue;
      }
      // Separated samples are put together with their predictions; other merges make features of them.
      models = step.by === 'duplication' ? [] : endModels(steps.slice(at + 1, end), inner);
      at = end;
    }
  }
  return models;
}

/** True for a merge that makes features of predictions. */
export const takesPredictions = ({ what }: MergeStep): boolean =>
  what === 'predictions' || what === 'mixed' || what === 'all';
