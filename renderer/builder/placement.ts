import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import type { StepView } from '#renderer/builder/stepView.ts';

/**
 * Where a new step goes when nobody says where: so that what is learned from data stays inside the folds. A splitter
 * goes before the first step that learns, target steps and transforms before the model (after the selected step, when
 * that is allowed), a model to the end.
 *
 * @returns the index that the new step will have
 */
export function placeFor(entry: PaletteEntry, steps: readonly StepView[], selected: number | null): number {
  const model = steps.findIndex(({ role }) => role === 'model');
  const beforeModel = model < 0 ? steps.length : model;
  if (entry.operator.kind === 'model') return steps.length;
  if (entry.operator.kind === 'splitter') {
    const learner = steps.findIndex(learns);
    return learner < 0 ? beforeModel : Math.min(learner, beforeModel);
  }
  const after = selected === null ? beforeModel : selected + 1;
  return Math.min(after, beforeModel);
}

/** The entries that make sense at a place: nothing is transformed or split behind the model, and one splitter is enough. */
export function validAt(entries: readonly PaletteEntry[], steps: readonly StepView[], index: number): PaletteEntry[] {
  const model = steps.findIndex(({ role }) => role === 'model');
  const hasSplitter = steps.some(({ role, enabled }) => role === 'splitter' && enabled);
  return entries.filter(({ operator }) => {
    if (operator.kind === 'model') return model < 0 && !steps.slice(index).some(({ role }) => role !== 'other');
    if (model >= 0 && index > model) return false;
    return operator.kind !== 'splitter' || !hasSplitter;
  });
}

const learns = ({ role, body, enabled }: StepView): boolean => {
  if (!enabled) return false;
  if (role === 'target' || role === 'model') return true;
  const stateful = (descriptor: OperatorDescriptor | null): boolean =>
    descriptor?.kind === 'transform' && descriptor.stateful;
  if (body.kind === 'operator') return stateful(body.operator.descriptor);
  if (body.kind === 'alternatives')
    return body.options.some((option) => option.kind === 'operator' && stateful(option.operator.descriptor));
  return body.kind === 'branch';
};
