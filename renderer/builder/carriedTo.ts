import type { Gap } from '#renderer/builder/laneEdits.ts';
import { locateStep } from '#renderer/builder/locate.ts';
import { lanesOf } from '#renderer/builder/stepView.ts';
import type { StepsView, StepView } from '#renderer/builder/stepView.ts';

/**
 * Where a card goes by keyboard. Up and down: one place, and at the end of a lane out of the branch. Left and right: to
 * the lane beside its own; a card at a branch goes into its nearest end. Null where there is nothing to go to.
 */
export function carriedTo(
  view: StepsView,
  step: StepView,
  direction: 'up' | 'down' | 'left' | 'right' | 'into',
): Gap | null {
  const place = locateStep(view, step.path);
  if (!place) return null;
  const { list, index, lanes } = place;
  const around = lanes.at(-1);
  if (direction === 'up' || direction === 'down') {
    const edge = direction === 'up' ? index === 0 : index === list.steps.length - 1;
    if (edge && around) return { list: around.list, gap: around.branchAt + (direction === 'up' ? 0 : 1) };
    return edge ? null : { list, gap: direction === 'up' ? index - 1 : index + 2 };
  }
  if (around && direction !== 'into') {
    const beside = lanesOf(around.branch)[around.laneAt + (direction === 'left' ? -1 : 1)];
    return beside ? { list: beside, gap: Math.min(index, beside.steps.length) } : null;
  }
  if (direction === 'left') return null;
  const next = list.steps[index + 1];
  const [below] = next ? lanesOf(next) : [];
  if (below) return { list: below, gap: 0 };
  const above = list.steps[index - 1];
  const [first] = above ? lanesOf(above) : [];
  return first ? { list: first, gap: first.steps.length } : null;
}
