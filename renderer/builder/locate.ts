import type { DocPath } from '#core/pipeline/located.ts';
import { isWithin, lanesOf, samePath } from '#renderer/builder/stepView.ts';
import type { LaneView, StepsView, StepView } from '#renderer/builder/stepView.ts';

/** A lane, the branch that it belongs to, and the list in which that branch stands. */
export interface LanePlace {
  readonly list: StepsView;
  readonly branchAt: number;
  readonly branch: StepView;
  readonly lane: LaneView;
  readonly laneAt: number;
}

/** The innermost card that a path lies in, or null. */
export interface StepPlace {
  readonly list: StepsView;
  readonly index: number;
  readonly step: StepView;
  /** The lanes around it, outermost first. */
  readonly lanes: readonly LanePlace[];
}

/** Finds the card that a path belongs to: the step itself, one of its parts, or of its lanes. */
export function locateStep(list: StepsView, path: DocPath, around: readonly LanePlace[] = []): StepPlace | null {
  const index = list.steps.findIndex((step) => isWithin(path, step.path));
  const step = list.steps[index];
  if (!step) return null;
  const laneAt = lanesOf(step).findIndex((lane) => isWithin(path, lane.stepsPath));
  const lane = lanesOf(step)[laneAt];
  if (lane) {
    const place = { list, branchAt: index, branch: step, lane, laneAt };
    const inner = locateStep(lane, path, [...around, place]);
    if (inner) return inner;
  }
  return { list, index, step, lanes: around };
}

/** The lane that stands exactly at a path, or null. */
export function locateLane(list: StepsView, path: DocPath): LanePlace | null {
  for (const [branchAt, branch] of list.steps.entries())
    for (const [laneAt, lane] of lanesOf(branch).entries()) {
      // A lane without a list around it stands where its one step stands: the path means the step.
      if (
        lane.stepsPath.length === path.length &&
        isWithin(path, lane.stepsPath) &&
        (lane.isList || lane.steps.length === 0)
      )
        // prettier-ignore
        return { list, branchAt, branch, lane, laneAt };
      if (isWithin(path, lane.stepsPath)) return locateLane(lane, path);
    }
  return null;
}

/** The list that stands at a path: of the document or of a lane. */
export function listAt(list: StepsView, path: DocPath): StepsView | null {
  if (list.stepsPath.length === path.length && isWithin(path, list.stepsPath)) return list;
  for (const step of list.steps)
    for (const lane of lanesOf(step)) {
      const found = isWithin(path, lane.stepsPath) ? listAt(lane, path) : null;
      if (found) return found;
    }
  return null;
}

/** How many lanes lie around a list: 0 for the document itself. */
export function depthOf(view: StepsView, list: StepsView): number {
  const [first] = list.steps;
  if (samePath(view.stepsPath, list.stepsPath)) return 0;
  const around = first ? locateStep(view, first.path)?.lanes.length : undefined;
  const lane = locateLane(view, list.stepsPath);
  return around ?? (lane?.branch.body.kind === 'branch' ? lane.branch.body.branch.depth : 1);
}
