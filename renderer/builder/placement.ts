import type { OperatorDescriptor } from '#core/contract/operators.ts';
import { isPredictionMerge } from '#renderer/builder/mergeForm.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { DEEPEST_BRANCH, lanesOf } from '#renderer/builder/stepView.ts';
import type { StepRole, StepView } from '#renderer/builder/stepView.ts';

/** Where a list of steps stands: 0 in the document, 1 in a lane of one of its branches … */
export type Depth = number;

/**
 * Where a new step goes when nobody says where: so that what is learned from data stays inside the folds. A splitter
 * goes before the first step that learns, target steps and transforms before the model (after the selected step, when
 * that is allowed), a model to the end.
 *
 * @returns the index that the new step will have
 */
export function placeFor(entry: PaletteEntry, steps: readonly StepView[], selected: number | null): number {
  const model = steps.findIndex(models);
  const beforeModel = model < 0 ? steps.length : model;
  if (entry.operator.kind === 'model') return steps.length;
  if (entry.operator.kind === 'splitter') {
    const learner = steps.findIndex(learns);
    return learner < 0 ? beforeModel : Math.min(learner, beforeModel);
  }
  const after = selected === null ? beforeModel : selected + 1;
  return Math.min(after, beforeModel);
}

/**
 * The entries that make sense at a place: nothing is transformed or split behind the model, one splitter is enough and
 * stands outside of lanes, and branches are nested to a depth that can be overlooked.
 */
export function validAt(
  entries: readonly PaletteEntry[],
  steps: readonly StepView[],
  index: number,
  depth: Depth = 0,
): PaletteEntry[] {
  const { before, inside, behind, start } = stretchAt(steps, index);
  const model = inside.findIndex(({ role }) => role === 'model');
  const hasSplitter = steps.some(({ role, enabled }) => role === 'splitter' && enabled);
  // Lanes with models of their own go on by themselves until a merge joins them.
  if (before?.role === 'branch' && lanesOf(before).some((lane) => lane.steps.some(models))) return [];
  return entries.filter(({ key, operator, group }) => {
    if (operator.kind === 'model')
      return (
        model < 0 && behind?.role !== 'branch' && !inside.slice(index - start).some(({ role }) => role !== 'other')
      );
    if (model >= 0 && index - start > model) return false;
    if (key === 'combine:stack' && model >= 0) return false;
    if (group === 'combine') return depth < DEEPEST_BRANCH && before?.role !== 'branch' && behind?.role !== 'merge';
    return operator.kind !== 'splitter' || (!hasSplitter && depth === 0);
  });
}

/** Why a step must not go to a place, as the key of a sentence under `builder.refused`; null where it may. */
export type Refusal = 'model' | 'splitter' | 'deep' | 'merge';
export function refusalAt(
  role: StepRole | OperatorDescriptor['kind'],
  steps: readonly StepView[],
  index: number,
  depth: Depth,
  levels = 1,
): Refusal | null {
  const { before, inside, behind } = stretchAt(steps, index);
  if (role === 'splitter') return depth > 0 ? 'splitter' : null;
  if (role === 'branch') return depth + levels > DEEPEST_BRANCH ? 'deep' : null;
  if (role === 'merge') return before?.role === 'branch' && behind?.role !== 'merge' ? null : 'merge';
  if (role !== 'model' || before?.body.kind !== 'merge' || !isPredictionMerge(before.body.merge.kind)) return null;
  return inside.some((step) => step.role === 'model') ? 'model' : null;
}

/** How many levels of branches a step holds. */
export const levelsIn = (step: StepView): number =>
  step.body.kind === 'branch'
    ? 1 + Math.max(0, ...step.body.branch.lanes.flatMap((lane) => lane.steps.map(levelsIn)))
    : 0;

/** The steps around a gap from one branch or merge to the next. */
function stretchAt(steps: readonly StepView[], index: number) {
  const isJoint = ({ role }: StepView): boolean => role === 'branch' || role === 'merge';
  const start = steps.slice(0, index).findLastIndex(isJoint) + 1;
  const length = steps.slice(index).findIndex(isJoint);
  const end = length < 0 ? steps.length : index + length;
  return { before: steps[start - 1], inside: steps.slice(start, end), behind: steps[end], start };
}

/** A model, or a branch with models in its lanes. */
const models = (step: StepView): boolean =>
  step.role === 'model' || lanesOf(step).some((lane) => lane.steps.some(models));

const learns = ({ role, body, enabled }: StepView): boolean => {
  if (!enabled) return false;
  if (role === 'target' || role === 'model') return true;
  const stateful = (descriptor: OperatorDescriptor | null): boolean =>
    descriptor?.kind === 'transform' && descriptor.stateful;
  if (body.kind === 'operator') return stateful(body.operator.descriptor);
  if (body.kind === 'alternatives')
    return body.options.some((option) => option.kind === 'operator' && stateful(option.operator.descriptor));
  return body.kind === 'branch' || body.kind === 'deep';
};
