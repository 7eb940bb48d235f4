import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { newCall, newStep } from '#renderer/builder/newStep.ts';
import { stepPath } from '#renderer/builder/edits.ts';
import { samePath } from '#renderer/builder/stepView.ts';
import type { StepRole, StepView } from '#renderer/builder/stepView.ts';

/** What can stand beside the steps of a role: as an alternative, or as one more part of the same step. */
export const entriesFor = (entries: readonly PaletteEntry[], role: StepRole | undefined): PaletteEntry[] =>
  entries.filter(({ group, operator }) => {
    if (role === 'target') return group === 'target';
    if (group === 'target' || group === 'combine') return false;
    switch (role) {
      case 'model':
      case 'splitter':
      case 'filter':
        return operator.kind === role;
      case 'augmentation':
        return operator.kind === 'augmentation';
      default:
        return operator.kind === 'transform';
    }
  });

/** A new alternative of a step: a whole step, or the operator alone where the choice stands under a keyword. */
export const choiceOf = (step: StepView | undefined, entry: PaletteEntry): unknown => {
  const underKeyword =
    step?.body.kind === 'alternatives' && !samePath(step.body.choicePath, stepPath(step)) && step.keyword !== null;
  return underKeyword ? newCall(entry) : newStep(entry);
};

/** Whether "none" makes sense as one more alternative. */
export const canLeaveOut = (step: StepView | undefined): boolean =>
  step !== undefined &&
  step.role !== 'model' &&
  !(step.body.kind === 'alternatives' && step.body.options.some(({ kind }) => kind === 'none'));
