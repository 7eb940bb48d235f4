import { laneName } from '#core/pipeline/laneNames.ts';
import type { BranchStep, StepNode } from '#core/pipeline/stepNode.ts';

/** One way through a pipeline: before each branch, one of its lanes, and on. Branches and merges stay as marks. */
export interface LanePath {
  readonly steps: readonly StepNode[];
  /** The last lane that no merge closed with others, or null. */
  readonly lane: { readonly branch: BranchStep; readonly name: string; readonly index: number } | null;
  /** The steps that stand inside a lane. */
  readonly inside: ReadonlySet<StepNode>;
}

/** Sub-pipelines opened, in lanes too. */
export const openSequences = (steps: readonly StepNode[]): StepNode[] =>
  steps.flatMap((step): StepNode[] => {
    if (step.kind === 'sequence') return openSequences(step.steps);
    if (step.kind !== 'branch') return [step];
    return [{ ...step, lanes: step.lanes.map((lane) => ({ ...lane, steps: openSequences(lane.steps) })) }];
  });

/**
 * Enough ways through opened steps to pass every lane once: of branches in a row the lanes advance together, so that
 * their number is that of the lanes and not of their combinations.
 */
export function lanePaths(steps: readonly StepNode[]): LanePath[] {
  const parts = steps.map((step): LanePath[] => {
    if (step.kind === 'merge') return [{ steps: [step], lane: null, inside: new Set() }];
    if (step.kind !== 'branch' || step.lanes.length === 0) return [{ steps: [step], lane: null, inside: new Set() }];
    return step.lanes.flatMap((lane, index) =>
      lanePaths(lane.steps).map((inner): LanePath => ({
        steps: [step, ...inner.steps],
        lane: inner.lane ?? { branch: step, name: laneName(lane, index), index },
        inside: new Set(inner.steps),
      })),
    );
  });
  const most = Math.min(MOST_PATHS, Math.max(1, ...parts.map((part) => part.length)));
  return Array.from({ length: most }, (_, at) => joined(parts.flatMap((part) => part[at % part.length] ?? [])));
}

function joined(parts: readonly LanePath[]): LanePath {
  let lane: LanePath['lane'] = null;
  for (const part of parts) {
    const [first] = part.steps;
    // Groups that are put together again stay what they were.
    if (first?.kind === 'merge' && first.what !== 'concat') lane = null;
    else lane = part.lane ?? lane;
  }
  return {
    steps: parts.flatMap((part) => part.steps),
    lane,
    inside: new Set(parts.flatMap((part) => [...part.inside])),
  };
}

const MOST_PATHS = 400;
